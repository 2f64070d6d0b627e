using HdrHistogram;

namespace EOrda.Load.Measures;

/// <summary>Durations, recorded by many threads at once; to three significant digits, from a microsecond to ten minutes.</summary>
internal sealed class Times
{
    private const long MostMicroseconds = 600_000_000;
    private const int Digits = 3;

    private readonly LongConcurrentHistogram histogram = new(1, MostMicroseconds, Digits);

    /// <summary>How many were recorded.</summary>
    public long Count => histogram.TotalCount;

    /// <summary>Records a duration; a negative one (the clocks differ by less than they can be measured) counts as none.</summary>
    public void Add(double milliseconds) => histogram.RecordValue(Math.Clamp((long)(milliseconds * 1_000), 1, MostMicroseconds));

    /// <summary>A percentile in milliseconds; 0 when nothing was recorded.</summary>
    public double Percentile(double percent) => histogram.TotalCount == 0 ? 0 : histogram.GetValueAtPercentile(percent) / 1_000.0;

    /// <summary>What was recorded so far.</summary>
    public TimesView View()
    {
        // A copy: the original may go on being written to.
        var copy = new LongHistogram(1, MostMicroseconds, Digits);
        copy.Add(histogram);
        return ViewOf(copy);
    }

    /// <summary>What several recorded together.</summary>
    public static TimesView Merge(IEnumerable<TimesView> views)
    {
        var all = new LongHistogram(1, MostMicroseconds, Digits);
        foreach (var bucket in views.SelectMany(view => view.Buckets))
        {
            all.RecordValueWithCount(bucket[0], bucket[1]);
        }

        return ViewOf(all);
    }

    private static TimesView ViewOf(LongHistogram from)
    {
        if (from.TotalCount == 0)
        {
            return TimesView.None;
        }

        double At(double percent) => from.GetValueAtPercentile(percent) / 1_000.0;
        return new TimesView(
            from.TotalCount,
            from.GetMean() / 1_000,
            At(50),
            At(90),
            At(99),
            At(99.9),
            from.GetMaxValue() / 1_000.0,
            [.. from.RecordedValues().Select(value => new[] { value.ValueIteratedTo, value.CountAtValueIteratedTo })]);
    }
}

/// <summary>Durations as they are reported: milliseconds, and the histogram itself.</summary>
/// <param name="Count">How many.</param>
/// <param name="Mean">Their mean.</param>
/// <param name="P50">The median.</param>
/// <param name="P90">The 90th percentile.</param>
/// <param name="P99">The 99th percentile.</param>
/// <param name="P999">The 99.9th percentile.</param>
/// <param name="Max">The longest.</param>
/// <param name="Buckets">Microseconds and count of each value recorded, to three significant digits.</param>
internal sealed record TimesView(long Count, double Mean, double P50, double P90, double P99, double P999, double Max, IReadOnlyList<long[]> Buckets)
{
    /// <summary>Nothing recorded.</summary>
    public static readonly TimesView None = new(0, 0, 0, 0, 0, 0, 0, []);

    /// <summary>Which part of the durations was at most so long; 1 when nothing was recorded.</summary>
    public double ShareWithin(double milliseconds) =>
        Count == 0 ? 1 : Buckets.Where(b => b[0] <= milliseconds * 1_000).Sum(b => b[1]) / (double)Count;
}
