using System.Text;

namespace EOrda.Cli.Tests;

/// <summary>docs/replay.md: what is a line, and what is malformed.</summary>
public sealed class Lines
{
    private const string At = "\"at\":\"2026-06-01T09:00:00Z\"";
    private const string Good = "{" + At + ",\"do\":\"rules\",\"locality\":\"almaty\",\"timeZone\":\"Asia/Almaty\"}";
    private const string Submit = "\"do\":\"submit\",\"application\":\"A\",\"queue\":\"almaty/general/2022\",\"child\":\"c\",\"born\":\"2022-01-01\",\"applicant\":\"p\",\"category\":\"general\"";

    [Theory]
    [InlineData("{", "bad JSON")]
    [InlineData("[]", "not a JSON object")]
    [InlineData("\"at\"", "not a JSON object")]
    [InlineData("nonsense", "bad JSON")]
    [InlineData("{" + At + ",}", "bad JSON")]
    [InlineData("{" + At + ",\"do\":\"order\",\"queue\":\"q\"} x", "bad JSON")]
    [InlineData("{" + At + ",\"do\":\"order\",\"queue\":\"q\"}{}", "bad JSON")]
    [InlineData("{" + At + ",\"do\":\"order\",\"queue\":\"\\ud800\"}", "bad JSON")]
    [InlineData(" # a remark after a space", "bad JSON")]
    [InlineData("{\"do\":\"order\",\"queue\":\"q\"}", "at: missing")]
    [InlineData("{" + At + ",\"queue\":\"q\"}", "do: missing")]
    [InlineData("{" + At + ",\"do\":\"dance\",\"queue\":\"q\"}", "do: unknown command 'dance'")]
    [InlineData("{" + At + ",\"do\":7}", "do: not a string")]
    [InlineData("{" + At + ",\"do\":\"order\"}", "queue: missing")]
    [InlineData("{" + At + ",\"do\":\"order\",\"queue\":\"q\",\"colour\":1}", "colour: unknown field")]
    [InlineData("{" + At + ",\"do\":\"order\",\"queue\":\"q\",\"place\":\"s\"}", "place: unknown field of this command")]
    [InlineData("{" + At + ",\"do\":\"order\",\"queue\":\"q\",\"queue\":\"q\"}", "queue: given twice")]
    [InlineData("{" + At + ",\"do\":\"order\",\"queue\":null}", "queue: wrong type")]
    [InlineData("{" + At + ",\"do\":\"order\",\"queue\":[\"q\"]}", "queue: not a string")]
    [InlineData("{" + At + ",\"do\":\"order\",\"queue\":{}}", "queue: wrong type")]
    [InlineData("{\"at\":\"2026-06-01T08:59:59.999Z\",\"do\":\"order\",\"queue\":\"q\"}", "at: 2026-06-01T08:59:59.999Z is earlier than 2026-06-01T09:00:00.000Z")]
    [InlineData("{\"at\":\"2026-06-01T13:59:59+05:00\",\"do\":\"order\",\"queue\":\"q\"}", "at: 2026-06-01T08:59:59.000Z is earlier")]
    [InlineData("{\"at\":1780300800,\"do\":\"order\",\"queue\":\"q\"}", "at: not an instant")]
    [InlineData("{\"at\":\"2026-06-01T09:00Z\",\"do\":\"order\",\"queue\":\"q\"}", "at: not an instant")]
    [InlineData("{\"at\":\"2026-06-01T09:00:00\",\"do\":\"order\",\"queue\":\"q\"}", "at: not an instant")]
    [InlineData("{\"at\":\"2026-06-01T09:00:00.0001Z\",\"do\":\"order\",\"queue\":\"q\"}", "at: not an instant")]
    [InlineData("{\"at\":\"2026-06-01T09:00:00.Z\",\"do\":\"order\",\"queue\":\"q\"}", "at: not an instant")]
    [InlineData("{\"at\":\"2026-06-01T09:00:00,5Z\",\"do\":\"order\",\"queue\":\"q\"}", "at: not an instant")]
    [InlineData("{\"at\":\"2026-06-01 09:00:00Z\",\"do\":\"order\",\"queue\":\"q\"}", "at: not an instant")]
    [InlineData("{\"at\":\"2026-06-01t09:00:00z\",\"do\":\"order\",\"queue\":\"q\"}", "at: not an instant")]
    [InlineData("{\"at\":\"2026-06-31T09:00:00Z\",\"do\":\"order\",\"queue\":\"q\"}", "at: not an instant")]
    [InlineData("{\"at\":\"2026-06-01T24:00:00Z\",\"do\":\"order\",\"queue\":\"q\"}", "at: not an instant")]
    [InlineData("{\"at\":\"2026-06-01T09:00:60Z\",\"do\":\"order\",\"queue\":\"q\"}", "at: not an instant")]
    [InlineData("{\"at\":\"2026-06-01T09:00:00+05\",\"do\":\"order\",\"queue\":\"q\"}", "at: not an instant")]
    [InlineData("{\"at\":\"2026-06-01T09:00:00+0500\",\"do\":\"order\",\"queue\":\"q\"}", "at: not an instant")]
    [InlineData("{" + At + "," + Submit + ",\"submitted\":\"2026-06-01T09:00:00.001Z\"}", "submitted: later than at")]
    [InlineData("{" + At + "," + Submit + ",\"submitted\":\"yesterday\"}", "submitted: not an instant")]
    [InlineData("{" + At + "," + Submit + ",\"review\":\"yes\"}", "review: not true or false")]
    [InlineData("{" + At + ",\"do\":\"submit\",\"application\":\"A\",\"queue\":\"q\",\"child\":\"c\",\"born\":\"2022-02-29\",\"applicant\":\"p\",\"category\":\"general\"}", "born: not a date")]
    [InlineData("{" + At + ",\"do\":\"submit\",\"application\":\"A\",\"queue\":\"q\",\"child\":\"c\",\"born\":\"2022-1-1\",\"applicant\":\"p\",\"category\":\"general\"}", "born: not a date")]
    [InlineData("{" + At + ",\"do\":\"submit\",\"application\":\"A\",\"queue\":\"q\",\"child\":\"c\",\"born\":\"2022-01-01\",\"applicant\":\"p\",\"category\":\"General\"}", "category: unknown")]
    [InlineData("{" + At + ",\"do\":\"category\",\"application\":\"A\",\"category\":\"none\"}", "category: unknown")]
    [InlineData("{" + At + ",\"do\":\"kindergarten\",\"id\":\"k\",\"locality\":\"nowhere\",\"kind\":\"private\"}", "kind: unknown")]
    [InlineData("{" + At + ",\"do\":\"free\",\"place\":\"s\",\"kindergarten\":\"k\"}", "queue, age: one of the two is needed")]
    [InlineData("{" + At + ",\"do\":\"free\",\"place\":\"s\",\"kindergarten\":\"k\",\"queue\":\"q\",\"age\":3}", "queue, age: one of the two is needed")]
    [InlineData("{" + At + ",\"do\":\"free\",\"place\":\"s\",\"kindergarten\":\"k\",\"age\":11}", "age: not from 0 to 10")]
    [InlineData("{" + At + ",\"do\":\"free\",\"place\":\"s\",\"kindergarten\":\"k\",\"age\":-1}", "age: not from 0 to 10")]
    [InlineData("{" + At + ",\"do\":\"free\",\"place\":\"s\",\"kindergarten\":\"k\",\"age\":2.5}", "age: not a whole number")]
    [InlineData("{" + At + ",\"do\":\"free\",\"place\":\"s\",\"kindergarten\":\"k\",\"age\":\"3\"}", "age: not a number")]
    [InlineData("{" + At + ",\"do\":\"reserve\",\"kindergarten\":\"k\"}", "application, applications: one of the two is needed")]
    [InlineData("{" + At + ",\"do\":\"reserve\",\"application\":\"A\",\"applications\":[\"A\"],\"kindergarten\":\"k\"}", "application, applications: one of the two is needed")]
    [InlineData("{" + At + ",\"do\":\"reserve\",\"application\":\"A\"}", "place, kindergarten: one of the two is needed")]
    [InlineData("{" + At + ",\"do\":\"reserve\",\"application\":\"A\",\"place\":\"s\",\"kindergarten\":\"k\"}", "place, kindergarten: one of the two is needed")]
    [InlineData("{" + At + ",\"do\":\"reserve\",\"applications\":[],\"kindergarten\":\"k\"}", "applications: empty")]
    [InlineData("{" + At + ",\"do\":\"reserve\",\"applications\":[\"A\",1],\"kindergarten\":\"k\"}", "applications: not a list of strings")]
    [InlineData("{" + At + ",\"do\":\"reserve\",\"applications\":\"A\",\"kindergarten\":\"k\"}", "applications: not a list")]
    [InlineData("{" + At + ",\"do\":\"reserve\",\"applications\":[\"A\"],\"place\":\"s\"}", "kindergarten: missing")]
    [InlineData("{" + At + ",\"do\":\"reserve\",\"applications\":[\"A\"],\"place\":\"s\",\"kindergarten\":\"k\"}", "place: unknown field of this command")]
    [InlineData("{" + At + ",\"do\":\"reserve\",\"applications\":[\"A\",\"\"],\"kindergarten\":\"k\"}", "applications: empty")]
    [InlineData("{" + At + ",\"do\":\"reserve\",\"application\":\"\",\"kindergarten\":\"k\"}", "application: empty")]
    [InlineData("{" + At + ",\"do\":\"reserve\",\"application\":\"A\",\"kindergarten\":\"\"}", "kindergarten: empty")]
    [InlineData("{" + At + ",\"do\":\"reserve\",\"application\":\"A\",\"place\":\"\"}", "place: empty")]
    [InlineData("{" + At + ",\"do\":\"rules\",\"locality\":\"\",\"timeZone\":\"Asia/Oral\"}", "locality: empty")]
    [InlineData("{" + At + ",\"do\":\"kindergarten\",\"id\":\"\",\"locality\":\"almaty\",\"kind\":\"general\"}", "id: empty")]
    [InlineData("{" + At + ",\"do\":\"submit\",\"application\":\"A\",\"queue\":\"q\",\"child\":\"\",\"born\":\"2022-01-01\",\"applicant\":\"p\",\"category\":\"general\"}", "child: empty")]
    [InlineData("{" + At + ",\"do\":\"transfer\",\"application\":\"A\",\"applicant\":\"\"}", "applicant: empty")]
    [InlineData("{" + At + ",\"do\":\"transfer\",\"application\":\"A\"}", "applicant: missing")]
    [InlineData("{" + At + ",\"do\":\"correct\",\"application\":\"A\",\"born\":\"2022-02-29\"}", "born: not a date")]
    [InlineData("{" + At + ",\"do\":\"correct\",\"application\":\"A\"}", "born: missing")]
    [InlineData("{" + At + ",\"do\":\"extend\",\"application\":\"A\"}", "days: missing")]
    [InlineData("{" + At + ",\"do\":\"extend\",\"application\":\"A\",\"days\":1.5}", "days: not a whole number")]
    [InlineData("{" + At + ",\"do\":\"extend\",\"application\":\"A\",\"days\":10000000000000000000000.000000000001}", "days: not a whole number")]
    [InlineData("{" + At + ",\"do\":\"extend\",\"application\":\"A\",\"days\":true}", "days: not a number")]
    [InlineData("{" + At + ",\"do\":\"review\",\"application\":\"A\"}", "approve: missing")]
    [InlineData("{" + At + ",\"do\":\"verify\",\"application\":\"A\",\"approve\":1}", "approve: not true or false")]
    [InlineData("{" + At + ",\"do\":\"rules\",\"locality\":\"oral\"}", "timeZone: missing")]
    [InlineData("{" + At + ",\"do\":\"rules\",\"locality\":\"oral\",\"timeZone\":\"Asia/Oral\",\"ratio\":\"1:3\"}", "ratio: not a list")]
    [InlineData("{" + At + ",\"do\":\"rules\",\"locality\":\"oral\",\"timeZone\":\"Asia/Oral\",\"ratio\":[\"1\",3]}", "ratio: not a list of numbers")]
    [InlineData("{" + At + ",\"do\":\"rules\",\"locality\":\"oral\",\"timeZone\":\"Asia/Oral\",\"carry\":\"true\"}", "carry: not true or false")]
    [InlineData("{" + At + ",\"do\":\"rules\",\"locality\":\"oral\",\"timeZone\":\"Asia/Oral\",\"handover\":18}", "handover: not a string")]
    [InlineData("{" + At + ",\"do\":\"amend\",\"locality\":\"oral\",\"lapsesPerDay\":\"3\"}", "lapsesPerDay: not a number")]
    [InlineData("{" + At + ",\"do\":\"amend\",\"locality\":\"oral\",\"holidays\":[[]]}", "holidays: wrong type in the list")]
    [InlineData("{" + At + ",\"do\":\"amend\",\"locality\":\"oral\",\"days\":1}", "days: unknown field of this command")]
    public void A_malformed_line_stops_the_run_and_the_fault_is_named(string line, string fault)
    {
        var replayed = Replayed.Of(Good, line, Good);
        Assert.Equal(["{\"line\":1,\"ok\":true}"], replayed.Answers);
        Assert.Equal(2, replayed.Line);
        Assert.StartsWith(fault, replayed.Fault, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\"ratio\":[1]")]
    [InlineData("\"ratio\":[1,2.5]")]
    [InlineData("\"reservationMinutes\":1.5")]
    [InlineData("\"reservationMinutes\":-1")]
    [InlineData("\"windowFactor\":0.0001")]
    [InlineData("\"windowFactor\":79228162514264337593543950335")]
    [InlineData("\"windowFactor\":1e400")]
    [InlineData("\"windowFactor\":-1e400")]
    [InlineData("\"windowFactor\":1e-400")]
    [InlineData("\"windowFactor\":1.4999999000000000000000000000000001")]
    [InlineData("\"reservationMinutes\":9.9999999000000000000000000000001")]
    [InlineData("\"windowFactor\":-1e-400")]
    [InlineData("\"windowFactor\":1.000000000000000000000000000000000001")]
    [InlineData("\"reservationMinutes\":9.999999999999999999999999999999999999")]
    [InlineData("\"ratio\":[1,3.000000000000000000000000000000000001]")]
    [InlineData("\"referralsPerMonth\":99999999999999999999999999999999999999")]
    [InlineData("\"referralsPerMonth\":0")]
    [InlineData("\"lapsesPerDay\":0")]
    [InlineData("\"handover\":\"25:00\"")]
    [InlineData("\"release\":\"7:00\"")]
    [InlineData("\"lead\":\"\"")]
    [InlineData("\"holidays\":[\"2026-02-29\"]")]
    [InlineData("\"timeZone\":\"Mars\"")]
    public void A_bad_value_of_the_right_type_in_rules_is_a_refusal(string parameter)
    {
        var timeZone = parameter.StartsWith("\"timeZone\"", StringComparison.Ordinal) ? "" : "\"timeZone\":\"Asia/Oral\",";
        var replayed = Replayed.Of("{" + At + ",\"do\":\"rules\",\"locality\":\"oral\"," + timeZone + parameter + "}");
        Assert.Equal(["{\"line\":1,\"ok\":false,\"reason\":\"bad-rules\"}"], replayed.Answers);
        Assert.Null(replayed.Fault);
    }

    [Theory]
    [InlineData("99999999999999999999")]
    [InlineData("-99999999999999999999")]
    [InlineData("3.0")]
    [InlineData("1e3")]
    [InlineData("3.00000000000000000000000000000000000")]
    [InlineData("300000000000000000000000000000000000000000000000000000000000000000000000e-70")]
    public void A_whole_number_may_be_written_as_JSON_writes_it(string days)
    {
        var replayed = Replayed.Of("{" + At + ",\"do\":\"extend\",\"application\":\"A\",\"days\":" + days + "}");
        Assert.Equal(["{\"line\":1,\"ok\":false,\"reason\":\"unknown-application\"}"], replayed.Answers);
    }

    [Fact]
    public void Blank_lines_and_remarks_are_skipped_but_counted()
    {
        var replayed = Replayed.Of("# a remark", "", Good, "   \t", "#", "#{", "{" + At + ",\"do\":\"order\",\"queue\":\"almaty/general/2022\"}", "");
        Assert.Equal(["{\"line\":3,\"ok\":true}", "{\"line\":7,\"ok\":true,\"order\":[]}"], replayed.Answers);
        Assert.Equal(9, Replayed.Of("", "#", "", "", "", "", "", "", "x").Line);
    }

    [Theory]
    [InlineData("\n")]
    [InlineData("\r\n")]
    public void Lines_end_with_a_line_feed_or_both(string end)
    {
        foreach (var ended in new[] { "", end })
        {
            var replayed = Replayed.Of(Encoding.UTF8.GetBytes($"{Good}{end}{end}# remark{end}{Good}{ended}"));
            Assert.Equal(["{\"line\":1,\"ok\":true}", "{\"line\":4,\"ok\":false,\"reason\":\"duplicate-locality\"}"], replayed.Answers);
            Assert.Null(replayed.Fault);
        }
    }

    [Theory]
    [InlineData(Good, 1)]
    [InlineData("# a remark\n" + Good, 2)]
    [InlineData("\n" + Good, 2)]
    [InlineData("\r\n" + Good, 2)]
    public void A_byte_order_mark_may_begin_the_file(string text, int line)
    {
        var replayed = Replayed.Of([0xEF, 0xBB, 0xBF, .. Encoding.UTF8.GetBytes(text)]);
        Assert.Equal([$$"""{"line":{{line}},"ok":true}"""], replayed.Answers);
    }

    [Fact]
    public void A_byte_order_mark_elsewhere_is_malformed() => Assert.Equal(2, Replayed.Of(Good, "\uFEFF" + Good).Line);

    [Fact]
    public void An_empty_file_has_no_answers() => Assert.Equivalent(new Replayed([], null, null), Replayed.Of(Array.Empty<byte>()));

    [Fact]
    public void Bytes_that_are_no_text_are_malformed()
    {
        var replayed = Replayed.Of([.. "{\"at\":\"2026-06-01T09:00:00Z\",\"do\":\"order\",\"queue\":\""u8, 0xFF, .. "\"}"u8]);
        Assert.Equal(1, replayed.Line);
        Assert.StartsWith("bad JSON", replayed.Fault, StringComparison.Ordinal);
    }

    [Fact]
    public void Identifiers_are_the_files_own_texts()
    {
        const string Odd = "бала \\\"1\\\" / \\\\ 😀 <&>";
        var replayed = Replayed.Of(
            Good,
            "{" + At + "," + Submit.Replace("\"A\"", $"\"{Odd}\"", StringComparison.Ordinal) + "}",
            "{" + At + ",\"do\":\"order\",\"queue\":\"almaty/general/2022\"}");
        var order = System.Text.Json.Nodes.JsonNode.Parse(replayed.Answers[2])!["order"]!;
        Assert.Equal("бала \"1\" / \\ 😀 <&>", (string?)order[0]);
    }

    [Fact]
    public void An_empty_queue_is_a_refusal()
    {
        var replayed = Replayed.Of(
            "{" + At + ",\"do\":\"order\",\"queue\":\"\"}",
            "{" + At + "," + Submit.Replace("almaty/general/2022", "/general/2022", StringComparison.Ordinal) + "}");
        Assert.Equal(["{\"line\":1,\"ok\":false,\"reason\":\"bad-queue\"}", "{\"line\":2,\"ok\":false,\"reason\":\"unknown-locality\"}"], replayed.Answers);
    }

    [Fact]
    public void A_year_that_a_deadline_reaches_and_the_calendar_does_not_know_is_told_once_a_locality()
    {
        var replayed = Replayed.Of(
            "{\"at\":\"2026-12-28T05:00:00Z\",\"do\":\"rules\",\"locality\":\"almaty\",\"timeZone\":\"Asia/Almaty\",\"holidays\":[\"2026-12-16\"]}",
            "{\"at\":\"2026-12-28T05:00:00Z\",\"do\":\"kindergarten\",\"id\":\"k\",\"locality\":\"almaty\",\"kind\":\"general\"}",
            "{\"at\":\"2026-12-28T05:00:00Z\",\"do\":\"free\",\"place\":\"s\",\"kindergarten\":\"k\",\"queue\":\"almaty/general/2022\"}",
            "{\"at\":\"2026-12-28T05:00:00Z\",\"do\":\"free\",\"place\":\"t\",\"kindergarten\":\"k\",\"queue\":\"almaty/general/2022\"}",
            "{\"at\":\"2026-12-28T05:00:00Z\"," + Submit + "}",
            "{\"at\":\"2026-12-29T05:00:00Z\",\"do\":\"reserve\",\"application\":\"A\",\"place\":\"s\"}",
            "{\"at\":\"2026-12-29T05:00:00Z\",\"do\":\"confirm\",\"application\":\"A\"}",
            "{\"at\":\"2027-01-29T05:00:00Z\",\"do\":\"position\",\"application\":\"A\"}");
        Assert.Null(replayed.Fault);
        Assert.Equal([new EOrda.Cli.Replay.UnknownYear(7, "almaty", 2027)], replayed.UnknownYears);
    }

    [Fact]
    public void An_identifier_has_at_most_1000_characters()
    {
        Assert.Null(Replayed.Of(Line(new string('я', 1000))).Fault);
        Assert.StartsWith("application: longer than 1000", Replayed.Of(Line(new string('я', 1001))).Fault, StringComparison.Ordinal);
        Assert.StartsWith("applications: longer than 1000", Replayed.Of("{" + At + ",\"do\":\"reserve\",\"applications\":[\"" + new string('x', 1001) + "\"],\"kindergarten\":\"k\"}").Fault, StringComparison.Ordinal);

        static string Line(string application) => "{" + At + ",\"do\":\"confirm\",\"application\":\"" + application + "\"}";
    }

    [Fact]
    public void A_line_may_be_longer_than_the_readers_buffer_but_not_endless()
    {
        var spaces = new string(' ', 1 << 20);
        Assert.Equal(2, Replayed.Of("{" + spaces + Good[1..], Good).Answers.Count);
        var endless = Replayed.Of(Good, new string(' ', 1 << 25));
        Assert.Equal(2, endless.Line);
        Assert.StartsWith("longer than", endless.Fault, StringComparison.Ordinal);
        Assert.Single(endless.Answers);
    }

    [Theory]
    [InlineData("2026-06-01T09:00:00Z", "2026-06-01T09:00:00.000Z")]
    [InlineData("2026-06-01T14:00:00.5+05:00", "2026-06-01T09:00:00.500Z")]
    [InlineData("2026-06-01T03:30:00.12-05:30", "2026-06-01T09:00:00.120Z")]
    [InlineData("2026-06-01T09:00:00.999-00:00", "2026-06-01T09:00:00.999Z")]
    public void Instants_are_read_with_any_offset_and_written_in_UTC_with_milliseconds(string at, string utc)
    {
        var replayed = Replayed.Of(
            "{\"at\":\"2026-06-01T08:00:00Z\"," + Good[(At.Length + 2)..],
            "{\"at\":\"2026-06-01T08:00:00Z\",\"do\":\"kindergarten\",\"id\":\"k\",\"locality\":\"almaty\",\"kind\":\"general\"}",
            "{\"at\":\"2026-06-01T08:00:00Z\"," + Submit + "}",
            "{\"at\":\"2026-06-01T08:00:00Z\",\"do\":\"amend\",\"locality\":\"almaty\",\"priorityWorkingDays\":0,\"reservationMinutes\":0,\"release\":\"13:00\"}",
            "{\"at\":\"2026-06-01T08:00:00Z\",\"do\":\"free\",\"place\":\"s\",\"kindergarten\":\"k\",\"queue\":\"almaty/general/2022\"}",
            "{\"at\":\"" + at.Replace("06-01", "06-03", StringComparison.Ordinal) + "\",\"do\":\"reserve\",\"application\":\"A\",\"place\":\"s\"}");
        Assert.Null(replayed.Fault);
        Assert.Contains($"\"until\":\"{utc.Replace("06-01", "06-03", StringComparison.Ordinal)}\"", replayed.Answers[^1], StringComparison.Ordinal);
    }
}
