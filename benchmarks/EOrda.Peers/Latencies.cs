using System.Diagnostics;

namespace EOrda.Peers;

/// <summary>How long each of many runs took.</summary>
internal sealed class Latencies
{
    private readonly List<long> _ticks = [];

    public int Count => _ticks.Count;

    public void Add(long startedAt) => _ticks.Add(Stopwatch.GetTimestamp() - startedAt);

    public void Add(Latencies others) => _ticks.AddRange(others._ticks);

    /// <summary>The time in milliseconds within which this share of the runs was done.</summary>
    public double Percentile(double share)
    {
        if (_ticks.Count == 0)
            return double.NaN;
        _ticks.Sort();
        return Stopwatch.GetElapsedTime(0, _ticks[Math.Min(_ticks.Count - 1, (int)(_ticks.Count * share))]).TotalMilliseconds;
    }
}
