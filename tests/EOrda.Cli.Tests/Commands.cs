namespace EOrda.Cli.Tests;

/// <summary>The program as its users meet it.</summary>
public sealed class Commands : IDisposable
{
    private const string Good = """{"at":"2026-06-01T09:00:00Z","do":"rules","locality":"almaty","timeZone":"Asia/Almaty"}""";
    private const string Answer = """{"line":1,"ok":true}""";

    private readonly Eorda eorda = new();

    public void Dispose() => eorda.Dispose();

    [Fact]
    public void A_malformed_line_ends_with_2_and_names_file_line_and_fault_after_the_answers_before_it()
    {
        var end = eorda.Run("replay", eorda.Write("morning.jsonl", Good, "# a remark", """{"at":"2026-05-01T09:00:00Z","do":"cleanup","locality":"almaty"}""", Good));
        Assert.Equal(2, end.ExitCode);
        Assert.Equal([Answer], end.Lines);
        Assert.Equal("morning.jsonl:3: at: 2026-05-01T09:00:00.000Z is earlier than 2026-06-01T09:00:00.000Z of a line before", end.Errors.TrimEnd());
    }

    [Fact]
    public void Answers_before_a_malformed_line_are_out_in_the_file_too()
    {
        var end = eorda.Run("replay", eorda.Write("morning.jsonl", Good, "{"), "--out", "answers.jsonl");
        Assert.Equal((2, ""), (end.ExitCode, end.Output));
        Assert.StartsWith("morning.jsonl:2: bad JSON", end.Errors, StringComparison.Ordinal);
        Assert.Equal($"{Answer}\n", File.ReadAllText(eorda.Path("answers.jsonl")));
    }

    [Fact]
    public void Many_answers_before_a_malformed_line_are_all_out()
    {
        var end = eorda.Run("replay", eorda.Write("morning.jsonl", [.. Enumerable.Repeat(Good, 5_000), "x"]));
        Assert.Equal(2, end.ExitCode);
        Assert.Equal(5_000, end.Lines.Count);
        Assert.StartsWith("morning.jsonl:5001: ", end.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public void A_deadline_in_a_year_that_the_calendar_does_not_know_is_named_on_standard_error_and_is_no_error()
    {
        var end = eorda.Run("replay", eorda.Write(
            "morning.jsonl",
            """{"at":"2026-12-28T05:00:00Z","do":"rules","locality":"almaty","timeZone":"Asia/Almaty","workdays":["2026-01-03"]}""",
            """{"at":"2026-12-28T05:00:00Z","do":"kindergarten","id":"k","locality":"almaty","kind":"general"}""",
            """{"at":"2026-12-28T05:00:00Z","do":"free","place":"s","kindergarten":"k","queue":"almaty/general/2022"}""",
            """{"at":"2026-12-31T05:00:00Z","do":"free","place":"t","kindergarten":"k","queue":"almaty/general/2022"}""",
            """{"at":"2027-01-01T02:00:00Z","do":"places","queue":"almaty/general/2022"}"""));
        Assert.Equal(0, end.ExitCode);
        Assert.Equal(5, end.Lines.Count);
        Assert.Equal("morning.jsonl:5: almaty: a deadline reaches 2027, of which the calendar names no date", end.Errors.TrimEnd());
    }

    [Fact]
    public void Refusals_are_results_not_errors()
    {
        var end = eorda.Run("replay", eorda.Write("morning.jsonl", Good, Good));
        Assert.Equal((0, ""), (end.ExitCode, end.Errors));
        Assert.Equal([Answer, """{"line":2,"ok":false,"reason":"duplicate-locality"}"""], end.Lines);
    }

    [Fact]
    public void Out_writes_to_a_file_in_place_of_what_was_in_it()
    {
        eorda.Write("answers.jsonl", [.. Enumerable.Repeat("something else", 100)]);
        var end = eorda.Run("replay", "--out", "answers.jsonl", eorda.Write("morning.jsonl", Good));
        Assert.Equal(new ProgramEnd(0, "", ""), end);
        Assert.Equal($"{Answer}\n", File.ReadAllText(eorda.Path("answers.jsonl")));
    }

    [Fact]
    public void Out_does_not_overwrite_the_file_that_is_replayed()
    {
        eorda.Write("morning.jsonl", Good);
        var end = eorda.Run("replay", "morning.jsonl", "--out", "morning.jsonl");
        Assert.NotEqual(0, end.ExitCode);
        Assert.Equal($"{Good}\n", File.ReadAllText(eorda.Path("morning.jsonl")));
    }

    [Fact]
    public void A_file_that_does_not_exist_is_named()
    {
        var end = eorda.Run("replay", "nowhere.jsonl", "--out", "answers.jsonl");
        Assert.NotEqual(0, end.ExitCode);
        Assert.Equal("", end.Output);
        Assert.Contains("nowhere.jsonl", end.Errors, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", end.Errors, StringComparison.Ordinal);
        Assert.False(File.Exists(eorda.Path("answers.jsonl")));
    }

    [Fact]
    public void A_directory_is_no_file()
    {
        var end = eorda.Run("replay", ".");
        Assert.NotEqual(0, end.ExitCode);
        Assert.DoesNotContain("   at ", end.Errors, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("replay")]
    [InlineData("replay", "a", "b")]
    [InlineData("replay", "a", "--nonsense")]
    [InlineData("nonsense")]
    public void Wrong_arguments_are_told_and_end_with_an_error(params string[] arguments)
    {
        var end = eorda.Run(arguments);
        Assert.NotEqual(0, end.ExitCode);
        Assert.NotEqual("", end.Errors);
        Assert.DoesNotContain("   at ", end.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_command_explains_itself()
    {
        var help = eorda.Run("--help");
        Assert.Equal((0, ""), (help.ExitCode, help.Errors));
        var commands = help.Lines.SkipWhile(line => line != "Commands:").Skip(1).TakeWhile(line => line.StartsWith("  ", StringComparison.Ordinal)).Select(line => line.Trim().Split(' ')[0]).ToList();
        Assert.Contains("replay", commands);
        foreach (var command in commands)
        {
            var end = eorda.Run(command, "--help");
            Assert.Equal((0, ""), (end.ExitCode, end.Errors));
            Assert.Contains($"eorda {command}", end.Output, StringComparison.Ordinal);
            Assert.True(end.Lines.SkipWhile(line => line != "Description:").Skip(1).First().Trim().Length > 10, end.Output);
        }
    }

    [Fact]
    public void The_help_of_the_whole_names_every_option_of_every_command() =>
        Assert.Contains("replay --out: ", eorda.Run("--help").Output, StringComparison.Ordinal);

    [Fact]
    public void Verifys_help_says_what_a_chain_without_a_key_cannot_show()
    {
        var said = string.Join(' ', eorda.Run("verify", "--help").Output.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        Assert.Contains("What this cannot show", said, StringComparison.Ordinal);
        Assert.Contains("cut its end off", said, StringComparison.Ordinal);
        Assert.Contains("write it anew as a whole", said, StringComparison.Ordinal);
    }

    [Fact]
    public void A_journal_is_verified_in_a_directory_or_on_a_server_and_not_both()
    {
        foreach (var end in new[] { eorda.Run("verify"), eorda.Run("verify", ".", "--database", "Host=127.0.0.1") })
        {
            Assert.NotEqual(0, end.ExitCode);
            Assert.Contains("Give either DIR or --database.", end.Errors, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void A_journal_without_seals_says_so_when_they_are_asked_for()
    {
        var end = eorda.Run("verify", ".", "--expect", new string('0', 64));
        Assert.Equal(2, end.ExitCode);
        Assert.Contains("holds no journal that has seals", end.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public void Replays_help_names_its_options()
    {
        var end = eorda.Run("replay", "--help");
        Assert.Contains("<FILE>", end.Output, StringComparison.Ordinal);
        Assert.Contains("--out", end.Output, StringComparison.Ordinal);
    }
}
