using EOrda.Load.Measures;

namespace EOrda.Load.Reports;

/// <summary>What each kind of hostile client did to the steady claims of everybody else.</summary>
internal static class AttackTable
{
    /// <summary>The columns.</summary>
    public static readonly string[] Head =
        ["among", "p50 before", "p50 during", "p50 after", "moved", "p99 before", "p99 during", "p99 after", "moved", "errors"];

    /// <summary>A row a kind.</summary>
    public static IEnumerable<string[]> Rows(RunReport report)
    {
        for (var i = 1; i + 1 < report.Phases.Count; i++)
        {
            var (before, during, after) = (report.Phases[i - 1], report.Phases[i], report.Phases[i + 1]);
            if (during.Among is { } kind)
            {
                yield return
                [
                    kind, .. Moved(t => t.P50), .. Moved(t => t.P99), $"{during.Measure.Errors.Values.Sum():N0}",
                ];
            }

            string[] Moved(Func<TimesView, double> value)
            {
                var (first, among, last) = (value(before.Measure.Of(Timed.Claim)), value(during.Measure.Of(Timed.Claim)), value(after.Measure.Of(Timed.Claim)));
                var quiet = (first + last) / 2;
                return [$"{first:N2}", $"{among:N2}", $"{last:N2}", quiet == 0 ? "" : $"{(among - quiet) / quiet:+0%;-0%;0%}"];
            }
        }
    }
}
