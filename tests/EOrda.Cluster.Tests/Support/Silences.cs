using System.Diagnostics;

namespace EOrda.Cluster.Tests.Support;

/// <summary>How long no queue, or each queue, has decided anything. Safe for use by several threads.</summary>
internal sealed class Silences(IEnumerable<string> queues)
{
    private readonly Dictionary<string, Silence> all = queues.Distinct(StringComparer.Ordinal).ToDictionary(queue => queue, _ => new Silence(), StringComparer.Ordinal);

    /// <summary>Begins to measure anew.</summary>
    public void Begin()
    {
        foreach (var silence in all.Values)
        {
            silence.Begin();
        }
    }

    /// <summary>A queue has decided something.</summary>
    public void Heard(string queue) => all[queue].Heard();

    /// <summary>True when each queue has decided so much since <see cref="Begin"/>.</summary>
    public bool AllHeard(int times) => all.Values.All(silence => silence.Times >= times);

    /// <summary>True when each queue has decided something since a timestamp.</summary>
    public bool AllHeardSince(long timestamp) => all.Values.All(silence => silence.IsHeardSince(timestamp));

    /// <summary>The longest silence of each queue since <see cref="Begin"/>.</summary>
    public IReadOnlyList<TimeSpan> Longest() => [.. all.Values.Select(silence => silence.Longest())];

    private sealed class Silence
    {
        private readonly Lock gate = new();
        private long last;
        private TimeSpan longest;

        public int Times { get; private set; }

        public bool IsHeardSince(long timestamp)
        {
            lock (gate)
            {
                return Times > 0 && last > timestamp;
            }
        }

        public void Begin()
        {
            lock (gate)
            {
                (last, longest, Times) = (Stopwatch.GetTimestamp(), TimeSpan.Zero, 0);
            }
        }

        public void Heard()
        {
            lock (gate)
            {
                longest = Longest();
                last = Stopwatch.GetTimestamp();
                Times++;
            }
        }

        public TimeSpan Longest()
        {
            lock (gate)
            {
                var now = Stopwatch.GetElapsedTime(last);
                return now > longest ? now : longest;
            }
        }
    }
}
