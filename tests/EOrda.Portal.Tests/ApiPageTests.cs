using System.Text.RegularExpressions;
using EOrda.Portal.Problems;
using EOrda.Portal.Tests.Support;
using EOrda.Queues.Rules;
using Xunit;

namespace EOrda.Portal.Tests;

/// <summary>docs/api.md says what the portal does: its routes and its problems.</summary>
public sealed class ApiPageTests(TestPortal portal) : IClassFixture<TestPortal>
{
    private const string CommandsAreUnder = "/api/queues/{locality}/{kind}/{cohort}/applications/{application}";

    private static readonly Problem[] OfThePortal =
    [
        Problem.Starting, Problem.Busy, Problem.TooManyRequests, Problem.NotRecorded, Problem.OutcomeUnknown, Problem.KeyReused, Problem.BadInput, Problem.Unauthorized,
        Problem.ForeignOrigin, Problem.NotFound, Problem.MethodNotAllowed, Problem.TooLarge, Problem.TooSlow, Problem.WrongContentType, Problem.Internal,
        .. StaffProblems.All,
    ];

    private static readonly Regex Heading = Pattern(@"^### `(?<route>(GET|POST|DELETE) [^`]+)`$");
    private static readonly Regex Row = Pattern(@"^\| (?<status>[45]\d\d) \| (?<words>[^|]+) \|");
    private static readonly Regex Word = Pattern("`(?<word>[a-z-]+)`");

    private static string Page { get; } = Docs.Read("api.md");

    [Fact]
    public async Task Every_route_of_the_document_stands_on_the_page_and_no_other()
    {
        var document = (await portal.Get("/openapi/v1.json")).Json;
        var described = document.GetProperty("paths").EnumerateObject()
            .SelectMany(path => path.Value.EnumerateObject().Select(operation => $"{operation.Name.ToUpperInvariant()} {path.Name}"));
        var written = Heading.Matches(Page).Select(m => m.Groups["route"].Value.Replace("…", CommandsAreUnder, StringComparison.Ordinal).Split('?')[0]);
        Assert.Equal(described.Order(StringComparer.Ordinal), written.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Every_reason_stands_on_the_page_beside_its_status()
    {
        var problems = Enum.GetValues<Reason>().Select(Problem.Of).Concat(OfThePortal);
        var written = Row.Matches(Page).SelectMany(row => Word.Matches(row.Groups["words"].Value).Select(word => $"{row.Groups["status"].Value} {word.Groups["word"].Value}"));
        Assert.Equal(problems.Select(p => $"{p.Status} {p.Word}").Order(StringComparer.Ordinal), written.Order(StringComparer.Ordinal));
    }

    private static Regex Pattern(string pattern) => new(pattern, RegexOptions.Multiline | RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking);
}
