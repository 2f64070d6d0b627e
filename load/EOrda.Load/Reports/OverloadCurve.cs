using EOrda.Load.Measures;

namespace EOrda.Load.Reports;

/// <summary>What an overload came to: offered against served, turned away, and waited for.</summary>
internal static class OverloadCurve
{
    /// <summary>The columns.</summary>
    public static readonly string[] Head =
        ["load", "offered/s", "served/s", "of the peak", "busy/s", "too many/s", "errors", "p50 ms", "p99 ms", "turned away p99 ms", "lag p99 ms", "portal MB", "portal CPU"];

    /// <summary>A row a step; none where nothing was offered so.</summary>
    public static IEnumerable<string[]> Rows(RunReport report)
    {
        var steps = report.Phases.Where(p => p.IsOffered).ToList();
        var peak = steps.Select(p => p.Served).DefaultIfEmpty().Max();
        foreach (var step in steps)
        {
            var (measure, claim) = (step.Measure, step.Measure.Of(Timed.Claim));
            var seconds = Math.Max(0.001, measure.Timeline.Pressed.Count * Measure.StepMilliseconds / 1_000.0);
            yield return
            [
                step.Name, $"{step.Offered:N0}", $"{step.Served:N0}", $"{step.Served / Math.Max(1, peak):P0}", $"{measure.Of(Count.Busy) / seconds:N0}", $"{measure.Of(Count.TooMany) / seconds:N0}",
                $"{measure.Errors.Values.Sum():N0}", $"{claim.P50:N1}", $"{claim.P99:N1}", $"{measure.Of(Timed.TurnedAway).P99:N1}", $"{measure.Of(Timed.Lag).P99:N1}",
                step.Use is { } use ? $"{use.MemoryBytes / 1048576.0:N0}" : "", step.Use is { } used ? $"{used.CpuSeconds / used.Seconds:P0}" : "",
            ];
        }
    }
}
