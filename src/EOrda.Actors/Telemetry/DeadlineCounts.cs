using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using System.Globalization;

namespace EOrda.Actors.Telemetry;

/// <summary>
/// How many deadlines reached a year of which the calendar of their locality names no date. Counted by locality and year for as many pairs as are kept;
/// those of further pairs together. Safe for use by several threads.
/// </summary>
/// <param name="most">How many pairs of a locality and a year are kept, 1 or more.</param>
internal sealed class DeadlineCounts(int most = DeadlineCounts.MostPairs)
{
    /// <summary>How many pairs are kept by default: the whole country's localities for a year.</summary>
    public const int MostPairs = 1_000;

    private readonly ConcurrentDictionary<(string Locality, int Year), long> counts = new();
    private long others;

    /// <summary>Counts a deadline. True for the first of its locality and year, if that pair is kept.</summary>
    public bool Add(string locality, int year)
    {
        // Threads that are here at once may keep a pair too many each.
        if (!counts.ContainsKey((locality, year)) && counts.Count >= most)
        {
            Interlocked.Increment(ref others);
            return false;
        }

        return counts.AddOrUpdate((locality, year), 1, (_, count) => count + 1) == 1;
    }

    /// <summary>The counts so far; what is counted together has no locality and no year.</summary>
    public IEnumerable<Measurement<long>> Read()
    {
        foreach (var ((locality, year), count) in counts)
        {
            yield return new Measurement<long>(count, new("locality", locality), new("year", year.ToString(CultureInfo.InvariantCulture)));
        }

        if (Volatile.Read(ref others) is > 0 and var together)
        {
            yield return new Measurement<long>(together);
        }
    }
}
