using EOrda.Load.Measures;
using EOrda.Load.Scenarios;
using Spectre.Console;

namespace EOrda.Load.Reports;

/// <summary>The same scenario as the portal played it and as the usual way did, as a table in Markdown.</summary>
internal static class BesideTable
{
    private const double MegaByte = 1 << 20;

    /// <summary>The table.</summary>
    public static Table Of(RunReport portal, RunReport peer)
    {
        var table = new Table().Border(TableBorder.Markdown).AddColumn(new TableColumn(Markup.Escape(portal.Scenario.Name)))
            .AddColumn(new TableColumn("portal").RightAligned()).AddColumn(new TableColumn("the usual way").RightAligned());
        foreach (var (name, value) in portal.Scenario.Kind == ScenarioKind.Ramp ? Ramp(portal, peer) : Morning())
        {
            table.AddRow(name, value(portal), value(peer));
        }

        foreach (var (name, value) in Whole())
        {
            table.AddRow(name, value(portal), value(peer));
        }

        return table;
    }

    private static IEnumerable<(string Name, Func<RunReport, string> Value)> Morning()
    {
        yield return ("places won, new ones and those that came back", r => $"{LastOf(r)?.Taken:N0}");
        yield return ("the last place won after, ms", r => $"{LastOf(r)?.DecidedAfter:N0}");
        yield return ("claims answered: half within, ms", r => $"{r.Main?.Measure.Of(Timed.Claim).P50:N1}");
        yield return ("claims answered: 99% within, ms", r => $"{r.Main?.Measure.Of(Timed.Claim).P99:N1}");
        yield return ("a reservation seen by others: half within, ms", r => $"{r.Main?.Measure.Of(Timed.Seen).P50:N0}");
        yield return ("a reservation seen by others: 99% within, ms", r => $"{r.Main?.Measure.Of(Timed.Seen).P99:N0}");
        yield return ("updates, or answers with something new", r => $"{r.Main?.Measure.Of(Count.Updates):N0}");
        yield return ("bytes of them, MB", r => $"{r.Main?.Measure.Of(Count.UpdateBytes) / MegaByte:N1}");
        yield return ("questions of browsers", r => $"{r.Main?.Measure.Of(Count.Polls):N0}");
        yield return ("processor seconds of the morning", r => $"{r.Main?.Use?.CpuSeconds:N1}");
    }

    private static IEnumerable<(string Name, Func<RunReport, string> Value)> Ramp(RunReport portal, RunReport peer)
    {
        yield return ("claims a second carried", r => $"{Steps(r).Where(s => IsCarried(s, r)).Select(s => s.Served).DefaultIfEmpty().Max():N0}");
        yield return ("claims a second served at most", r => $"{Steps(r).Select(s => s.Served).DefaultIfEmpty().Max():N0}");
        foreach (var rate in Steps(portal).Select(s => s.Offered!.Value).Intersect(Steps(peer).Select(s => s.Offered!.Value)))
        {
            yield return ($"at {rate:N0} a second: 99% answered within, ms", r => $"{At(r, rate).Measure.Of(Timed.Claim).P99:N1}");
            yield return ($"at {rate:N0} a second: processor milliseconds a claim", r => At(r, rate) is { Use: { } use } step ? $"{use.CpuSeconds * 1_000 / step.Measure.Of(Count.Answered):N2}" : "");
        }
    }

    private static IEnumerable<(string Name, Func<RunReport, string> Value)> Whole()
    {
        yield return ("memory at most, MB", r => $"{r.Memory?.MemoryPeak / MegaByte:N0}");
        yield return ("lag of the tool: 99% within, ms", r => $"{r.Main?.Measure.Of(Timed.Lag).P99:N1}");
        yield return ("errors", r => $"{r.Phases.Sum(p => p.Measure.Errors.Values.Sum()):N0}");
        yield return ("contradictions", r => $"{r.Verdict?.Contradictions.Count:N0}");
    }

    // A run that came to nothing has none.
    private static RaceReport? LastOf(RunReport report) => report.Races is [.., var last] ? last : null;

    private static IEnumerable<PhaseReport> Steps(RunReport report) => report.Phases.Where(p => p.Offered is not null);

    private static PhaseReport At(RunReport report, double rate) => Steps(report).First(s => s.Offered == rate);

    /// <summary>As the ramp itself judges a step before it takes the next.</summary>
    private static bool IsCarried(PhaseReport step, RunReport report) =>
        step.Measure.Of(Timed.Claim).P99 <= report.Scenario.Claims.LimitMilliseconds && step.Served >= step.Offered * ClaimsPlan.FollowsNoMore;
}
