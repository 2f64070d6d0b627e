using System.Diagnostics;
using EOrda.Actors;
using EOrda.Queues;
using EOrda.Queues.Names;

namespace EOrda.Peers;

/// <summary>Some claims sent to a node, and how long each took.</summary>
internal sealed class Claims(Node node, QueueKey[] queues, int first, int count)
{
    private readonly long[] latencies = new long[count];
    private readonly long started = Stopwatch.GetTimestamp();
    private readonly TimeSpan pausedBefore = GC.GetTotalPauseDuration();
    private readonly int collectedBefore = GC.CollectionCount(0);
    private readonly TaskCompletionSource answered = new();
    private int left = count;
    private int refused;

    /// <summary>Claims the place that has the application's number.</summary>
    public async Task ClaimAsync(int index, long intended)
    {
        var number = first + index;
        var answer = await node.Ask(new Reserve($"A{number}", $"S{number}", null), ClaimsBenchmark.Key(), queues[number % queues.Length]);
        latencies[index] = Stopwatch.GetTimestamp() - intended;
        if (answer is not PlacesReserved)
        {
            Interlocked.Increment(ref refused);
        }

        if (Interlocked.Decrement(ref left) == 0)
        {
            answered.SetResult();
        }
    }

    /// <summary>Done when every claim is answered.</summary>
    public Task Answered => answered.Task;

    /// <summary>Once all are answered.</summary>
    public Figures Figures()
    {
        var seconds = Stopwatch.GetElapsedTime(started).TotalSeconds;
        Array.Sort(latencies);
        return new Figures(
            latencies.Length / seconds,
            Milliseconds(0.5),
            Milliseconds(0.99),
            Milliseconds(1),
            refused,
            GC.CollectionCount(0) - collectedBefore,
            GC.GetTotalPauseDuration() - pausedBefore);
    }

    private double Milliseconds(double share) => latencies[Math.Min(latencies.Length - 1, (int)(latencies.Length * share))] * 1000.0 / Stopwatch.Frequency;
}

/// <summary>What claims came to.</summary>
internal sealed record Figures(double Rate, double Median, double P99, double Longest, int Refused, int Collections, TimeSpan Paused)
{
    public override string ToString() =>
        $"{Rate:N0} durable claims a second, p50 {Median:N1} ms, p99 {P99:N1} ms, longest {Longest:N0} ms, {Refused} refused; {Collections} collections paused it for {Paused.TotalMilliseconds:N0} ms";
}
