using EOrda.Model;

namespace EOrda.Cli.Tests;

/// <summary>The stated cases under tests/cases, in this process, as a process, and by the independent model.</summary>
public sealed class Cases
{
    private static readonly string Directory = Path.Combine(AppContext.BaseDirectory, "cases");

    private static IEnumerable<string> All =>
        System.IO.Directory.GetFiles(Directory, "*.expected.jsonl").Select(file => Path.GetFileName(file).Replace(".expected.jsonl", "", StringComparison.Ordinal)).Order(StringComparer.Ordinal);

    public static TheoryData<string> Names() => new(All);

    [Theory]
    [MemberData(nameof(Names))]
    public void In_process_each_line_is_answered_as_expected(string name)
    {
        var replayed = Replayed.Of(File.ReadAllBytes(Input(name)));
        Assert.Null(replayed.Fault);
        Answers.AssertEqual(Expected(name), replayed.Answers, name);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void As_a_process_each_line_is_answered_as_expected(string name)
    {
        using var eorda = new Eorda();
        var end = eorda.Run("replay", Input(name));
        Assert.Equal(0, end.ExitCode);
        Assert.All(end.Errors.Split('\n', StringSplitOptions.RemoveEmptyEntries), line => Assert.EndsWith("of which the calendar names no date", line, StringComparison.Ordinal));
        Answers.AssertEqual(Expected(name), end.Lines, name);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void The_model_answers_each_line_as_expected(string name)
    {
        var model = new NaiveModel();
        Answers.AssertEqual(Expected(name), [.. File.ReadLines(Input(name)).Select(model.Answer).OfType<string>()], name);
    }

    [Fact]
    public void There_are_cases() => Assert.Contains("examples", All);

    private static string Input(string name) => Path.Combine(Directory, $"{name}.jsonl");

    private static string[] Expected(string name) => File.ReadAllLines(Path.Combine(Directory, $"{name}.expected.jsonl"));
}
