using System.Net;
using System.Text;
using EOrda.Load.Measures;

namespace EOrda.Load.Reports;

/// <summary>A run as one page that needs nothing else.</summary>
internal static class HtmlReport
{
    private const int MostContradictionsShown = 100;

    private const string Style =
        "body{font:15px/1.45 system-ui,sans-serif;max-width:900px;margin:2rem auto;padding:0 1rem;color:#1c2430}h1,h2{line-height:1.2}table{border-collapse:collapse;margin:.5rem 0}" +
        "td,th{padding:.2rem .7rem;border-bottom:1px solid #d5dbe3;text-align:right;font-variant-numeric:tabular-nums}td:first-child,th:first-child{text-align:left}" +
        ".good{color:#14692f}.bad{color:#a31621}svg{max-width:100%;height:auto}code{font-size:.9em}";

    /// <summary>The page.</summary>
    public static string Of(RunReport report)
    {
        var page = new StringBuilder();
        page.Append($"<!doctype html><html lang=\"en\"><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width\"><title>{Text(report.Scenario.Name)}</title><style>{Style}</style>");
        page.Append($"<h1>{Text(report.Scenario.Name)}</h1><p>{Text(report.Scenario.About)}</p><p>{report.Begun:yyyy-MM-dd HH:mm} UTC, {Text(report.Machine)}, {report.Parts} process{(report.Parts == 1 ? "" : "es")}</p>");
        AddVerdict(page, report);
        AddRaces(page, report);
        AddOverload(page, report);
        AddPhases(page, report);
        AddPlots(page, report);
        AddRefusals(page, report);
        AddFairness(page, report);
        page.Append("</html>\n");
        return page.ToString();
    }

    private static string Text(string text) => WebUtility.HtmlEncode(text);

    private static void AddVerdict(StringBuilder page, RunReport report)
    {
        page.Append($"<h2>Verdict</h2><p class=\"{(report.IsSound ? "good" : "bad")}\"><b>{(report.IsSound ? "Sound." : "Not sound.")}</b> {Text(report.Stopped ?? "")}</p>");
        if (report.Verdict is { } verdict)
        {
            page.Append($"<p>{verdict.Answers:N0} answers against {verdict.Applications:N0} applications, {verdict.Places:N0} places and {verdict.Positions:N0} followed positions: {verdict.Contradictions.Count:N0} contradictions; {verdict.Unknown:N0} applications had a question that was never answered.</p>");
            Table(
                page,
                ["rule", "subject", "told", "found"],
                verdict.Contradictions.Take(MostContradictionsShown).Select(c => new[] { c.Rule, c.Subject, c.Told, c.Found }));
        }

        if (report.Journal is { } journal)
        {
            page.Append($"<p class=\"{(journal.IsSound ? "good" : "bad")}\">Journal: {Text(journal.Says)}</p>");
        }

        if (report.Memory is { } memory)
        {
            page.Append($"<p>Portal's memory: {Megabytes(memory.MemoryBefore)} before, {Megabytes(memory.MemoryConnected)} with {memory.Connections:N0} connections ({memory.PerConnection / 1024:N1} KB each), at most {Megabytes(memory.MemoryPeak)}.</p>");
        }
    }

    private static string Megabytes(long bytes) => $"{bytes / 1048576.0:N0} MB";

    private static void AddRaces(StringBuilder page, RunReport report)
    {
        if (report.Races.Count > 0)
        {
            page.Append("<h2>The race</h2>");
            Table(
                page,
                ["morning", "new places", "won, also of those that came back", "nine tenths after, ms", "all after, ms"],
                report.Races.Select((r, i) => new[] { $"{i + 1}", $"{r.Places:N0}", $"{r.Taken:N0}", $"{r.NineTenthsAfter:N0}", $"{r.DecidedAfter:N0}" }));
        }
    }

    private static void AddPhases(StringBuilder page, RunReport report)
    {
        page.Append("<h2>Phases</h2><p>Times in milliseconds, from the instant at which a claim was meant to be sent. “Lag” is by how much the tool itself was late.</p>");
        Table(
            page,
            ["phase", "offered/s", "served/s", "pressed", "won", "errors", "p50", "p99", "p99.9", "max", "lag p99", "updates", "age p99", "bytes", "CPU s"],
            report.Phases.Select(p =>
            {
                var claim = p.Measure.Of(Timed.Claim);
                return new[]
                {
                    p.Name, p.Offered is { } offered ? $"{offered:N0}" : "", $"{p.Served:N0}", $"{p.Measure.Of(Count.Pressed):N0}", $"{p.Measure.Of(Count.Won):N0}",
                    $"{p.Measure.Errors.Values.Sum():N0}", $"{claim.P50:N1}", $"{claim.P99:N1}", $"{claim.P999:N1}", $"{claim.Max:N1}", $"{p.Measure.Of(Timed.Lag).P99:N1}",
                    $"{p.Measure.Of(Count.Updates):N0}", $"{p.Measure.Of(Timed.UpdateAge).P99:N0}", $"{BytesOfAnUpdate(p.Measure):N0}", p.Use is { } use ? $"{use.CpuSeconds:N1}" : "",
                };
            }));
    }

    private static void AddOverload(StringBuilder page, RunReport report)
    {
        if (report.Phases.Any(p => p.IsOffered))
        {
            page.Append("<h2>Overload</h2><p>Served and waited for: claims that were let in. “Busy” and “too many” were turned away with 503 and 429.</p>");
            Table(page, OverloadCurve.Head, OverloadCurve.Rows(report));
        }

        if (report.Phases.Any(p => p.Among is not null))
        {
            page.Append("<h2>Among hostile clients</h2><p>Milliseconds of everybody else's claims. “Moved”: against the mean of before and after.</p>");
            Table(page, AttackTable.Head, AttackTable.Rows(report));
        }
    }

    private static double BytesOfAnUpdate(MeasureView measure) => measure.Of(Count.Updates) == 0 ? 0 : measure.Of(Count.UpdateBytes) / (double)measure.Of(Count.Updates);

    private static void AddPlots(StringBuilder page, RunReport report)
    {
        var steps = report.Phases.Where(p => p.Offered is not null && p.Measure.Of(Count.Answered) > 0).ToList();
        if (steps.Count > 1)
        {
            page.Append("<h2>Offered and served</h2>").Append(Charts.Ramp(steps)).Append(Charts.RampTimes(steps));
        }

        if (report.Main?.Measure is not { } main)
        {
            return;
        }

        page.Append($"<h2>{Text(report.Main!.Name)}</h2>").Append(Charts.Timeline(main.Timeline));
        page.Append("<h3>Times by percentile</h3>").Append(Charts.Percentiles(
            ("claims", main.Of(Timed.Claim)),
            ("confirming and giving up", main.Of(Timed.Afterwards)),
            ("age of live updates", main.Of(Timed.UpdateAge))));
        if (main.Of(Count.Updates) > 0)
        {
            page.Append($"<h3>Live updates</h3><p>{main.Of(Timed.UpdateAge).ShareWithin(500):P2} reached their browser within 500 ms.</p>").Append(Charts.Updates(main.Timeline));
        }
    }

    private static void AddRefusals(StringBuilder page, RunReport report)
    {
        var all = MeasureView.Merge([.. report.Phases.Select(p => p.Measure)]);
        page.Append("<h2>Refusals and errors</h2>");
        Table(page, ["refused", "times"], all.Refused.OrderByDescending(r => r.Value).Select(r => new[] { r.Key, $"{r.Value:N0}" }));
        Table(page, ["error", "times"], all.Errors.OrderByDescending(r => r.Value).Select(r => new[] { r.Key, $"{r.Value:N0}" }));
    }

    private static void AddFairness(StringBuilder page, RunReport report)
    {
        if (report.Races.Count > 0)
        {
            page.Append("<h2>Fairness</h2><p>Of the parents whose first presses fell within one millisecond: wins, and wins with equal chances. A deviation beyond ±3 is hardly chance.</p>");
            Table(
                page,
                ["by", "group", "presses", "wins", "expected", "deviations"],
                report.Races.SelectMany(r => r.Fairness).Select(f => new[] { f.By, f.Group, $"{f.Presses:N0}", $"{f.Wins:N0}", $"{f.Expected:N1}", $"{f.Deviation:+0.0;-0.0;0.0}" }));
        }
    }

    private static void Table(StringBuilder page, string[] head, IEnumerable<string[]> rows)
    {
        var all = rows.ToList();
        if (all.Count == 0)
        {
            return;
        }

        page.Append("<table><tr>").AppendJoin("", head.Select(h => $"<th>{Text(h)}</th>")).Append("</tr>");
        foreach (var row in all)
        {
            page.Append("<tr>").AppendJoin("", row.Select(c => $"<td>{Text(c)}</td>")).Append("</tr>");
        }

        page.Append("</table>");
    }
}
