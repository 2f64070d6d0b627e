using EOrda.Load.Measures;
using Spectre.Console;

namespace EOrda.Load.Reports;

/// <summary>What a run came to, in a few lines.</summary>
internal static class Summary
{
    private const int ContradictionsShown = 10;

    /// <summary>Writes it.</summary>
    public static void Write(IAnsiConsole console, RunReport report, string path)
    {
        var table = new Table().Border(TableBorder.Rounded);
        foreach (var column in new[] { "phase", "offered/s", "served/s", "won", "errors", "p50 ms", "p99 ms", "p99.9 ms", "lag p99", "updates", "age p99", "CPU s", "KB a claim" })
        {
            table.AddColumn(new TableColumn(column).RightAligned());
        }

        foreach (var phase in report.Phases)
        {
            var claim = phase.Measure.Of(Timed.Claim);
            table.AddRow(
                Markup.Escape(phase.Name),
                phase.Offered is { } offered ? $"{offered:N0}" : "",
                $"{phase.Served:N0}",
                $"{phase.Measure.Of(Count.Won):N0}",
                $"{phase.Measure.Errors.Values.Sum():N0}",
                $"{claim.P50:N1}",
                $"{claim.P99:N1}",
                $"{claim.P999:N1}",
                $"{phase.Measure.Of(Timed.Lag).P99:N1}",
                $"{phase.Measure.Of(Count.Updates):N0}",
                $"{phase.Measure.Of(Timed.UpdateAge).P99:N0}",
                phase.Use is { } use ? $"{use.CpuSeconds:N1}" : "",
                phase.AllocatedPerClaim is { } bytes ? $"{bytes / 1024:N1}" : "");
        }

        console.Write(table);
        Write(console, OverloadCurve.Head, OverloadCurve.Rows(report));
        Write(console, AttackTable.Head, AttackTable.Rows(report));
        foreach (var race in report.Races)
        {
            console.WriteLine($"{race.Taken:N0} places won of {race.Places:N0} new ones and those that came back, the last {race.DecidedAfter:N0} ms after the release, nine tenths {race.NineTenthsAfter:N0} ms.");
        }

        if (report.Memory is { } memory)
        {
            console.WriteLine($"Portal: {memory.PerConnection / 1024:N1} KB a connection ({memory.Connections:N0}), at most {memory.MemoryPeak / 1048576:N0} MB.");
        }

        var errors = MeasureView.Merge([.. report.Phases.Select(p => p.Measure)]).Errors;
        foreach (var (error, count) in errors.OrderByDescending(e => e.Value))
        {
            console.WriteLine($"error: {error}: {count:N0}");
        }

        if (report.Verdict is { } verdict)
        {
            console.WriteLine($"{verdict.Answers:N0} answers, {verdict.Applications:N0} applications, {verdict.Places:N0} places, {verdict.Positions:N0} positions compared: {verdict.Contradictions.Count:N0} contradictions.");
            foreach (var c in verdict.Contradictions.Take(ContradictionsShown))
            {
                console.WriteLine($"  {c.Rule}: {c.Subject}: told {c.Told}; found {c.Found}");
            }
        }

        if (report.Journal is { } journal)
        {
            console.WriteLine($"journal: {journal.Says}");
        }

        console.WriteLine($"{(report.IsSound ? "Sound" : $"NOT SOUND {report.Stopped}")}. Report: {path}.html, {path}.json");
    }

    private static void Write(IAnsiConsole console, string[] head, IEnumerable<string[]> rows)
    {
        var table = new Table().Border(TableBorder.Rounded).AddColumns([.. head.Select(h => new TableColumn(h).RightAligned())]);
        foreach (var row in rows)
        {
            table.AddRow([.. row.Select(Markup.Escape)]);
        }

        if (table.Rows.Count > 0)
        {
            console.Write(table);
        }
    }
}
