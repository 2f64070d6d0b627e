using EOrda.Load.Measures;
using Spectre.Console;

namespace EOrda.Load.Reports;

/// <summary>Two runs side by side.</summary>
internal static class Comparison
{
    /// <summary>The numbers that two runs are compared by; nothing where one has none.</summary>
    public static IEnumerable<(string Name, double First, double Second)> Of(RunReport first, RunReport second)
    {
        foreach (var (name, value) in Values())
        {
            if (value(first) is { } one && value(second) is { } other)
            {
                yield return (name, one, other);
            }
        }
    }

    /// <summary>A table of them.</summary>
    public static Table TableOf(RunReport first, RunReport second)
    {
        var table = new Table().Border(TableBorder.Rounded).AddColumn("").AddColumn(new TableColumn(Markup.Escape($"A: {first.Scenario.Name}")).RightAligned())
            .AddColumn(new TableColumn(Markup.Escape($"B: {second.Scenario.Name}")).RightAligned()).AddColumn(new TableColumn("B against A").RightAligned());
        foreach (var (name, one, other) in Of(first, second))
        {
            table.AddRow(name, $"{one:N1}", $"{other:N1}", one == 0 ? "" : $"{(other - one) / one:+0.0%;-0.0%;0.0%}");
        }

        return table;
    }

    private static IEnumerable<(string Name, Func<RunReport, double?> Value)> Values()
    {
        yield return ("served a second", r => r.Main?.Served);
        yield return ("claim p50, ms", Claims(t => t.P50));
        yield return ("claim p99, ms", Claims(t => t.P99));
        yield return ("claim p99.9, ms", Claims(t => t.P999));
        yield return ("lag of the tool p99, ms", r => r.Main?.Measure.Of(Timed.Lag).P99);
        yield return ("places won", r => r.Races.Count == 0 ? null : r.Races.Sum(race => race.Taken));
        yield return ("all decided after, ms", r => r.Races.Count == 0 ? null : r.Races[^1].DecidedAfter);
        yield return ("updates' age p99, ms", r => r.Main is { } main && main.Measure.Of(Count.Updates) > 0 ? main.Measure.Of(Timed.UpdateAge).P99 : null);
        yield return ("bytes an update", r => r.Main is { } main && main.Measure.Of(Count.Updates) > 0 ? main.Measure.Of(Count.UpdateBytes) / (double)main.Measure.Of(Count.Updates) : null);
        yield return ("portal's memory a connection, KB", r => r.Memory is { Connections: > 0 } memory ? memory.PerConnection / 1024 : null);
        yield return ("portal's processor seconds", r => r.Main?.Use?.CpuSeconds);
        yield return ("errors", r => r.Phases.Sum(p => p.Measure.Errors.Values.Sum()));
        yield return ("contradictions", r => r.Verdict?.Contradictions.Count);
    }

    private static Func<RunReport, double?> Claims(Func<TimesView, double> value) => report => report.Main is { } main ? value(main.Measure.Of(Timed.Claim)) : null;
}
