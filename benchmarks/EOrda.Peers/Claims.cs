using System.Diagnostics;
using EOrda.Actors;
using EOrda.Queues;

namespace EOrda.Peers;

/// <summary>Some claims, and how long each took.</summary>
/// <param name="ask">Claims the place that has the application's number.</param>
/// <param name="first">The number of the first application.</param>
/// <param name="count">How many claim.</param>
internal sealed class Claims(Func<int, ValueTask<Answer>> ask, int first, int count)
{
    private readonly long[] latencies = new long[count];
    private readonly long started = Stopwatch.GetTimestamp();
    private readonly TimeSpan pausedBefore = GC.GetTotalPauseDuration();
    private readonly int collectedBefore = GC.CollectionCount(0);
    private readonly TimeSpan processorBefore = Environment.CpuUsage.TotalTime;
    private readonly long allocatedBefore = GC.GetTotalAllocatedBytes();
    private readonly TaskCompletionSource answered = new();
    private int next = -1;
    private int left = count;
    private int refused;
    private int failed;

    /// <summary>A caller that claims again as soon as it is answered, until all is claimed.</summary>
    public async Task ClaimOnAsync()
    {
        for (int index; (index = Interlocked.Increment(ref next)) < latencies.Length;)
        {
            var begun = Stopwatch.GetTimestamp();
            await NoteAsync(index, begun);
        }
    }

    /// <summary>A caller that claims once.</summary>
    /// <param name="index">The number of its claim.</param>
    /// <param name="intended">When it was meant to be sent.</param>
    private async Task ClaimOnceAsync(int index, long intended)
    {
        await NoteAsync(index, intended);
        if (Interlocked.Decrement(ref left) == 0)
        {
            answered.SetResult();
        }
    }

    /// <summary>Once all are answered.</summary>
    public Figures Figures()
    {
        var seconds = Stopwatch.GetElapsedTime(started).TotalSeconds;
        var processor = Environment.CpuUsage.TotalTime - processorBefore;
        Array.Sort(latencies);
        return new Figures(
            latencies.Length / seconds,
            Milliseconds(0.5),
            Milliseconds(0.99),
            Milliseconds(1),
            refused,
            failed,
            processor / latencies.Length,
            (GC.GetTotalAllocatedBytes() - allocatedBefore) / latencies.Length,
            GC.CollectionCount(0) - collectedBefore,
            GC.GetTotalPauseDuration() - pausedBefore);
    }

    /// <summary>Claims come at a rate whatever the answers do; the time of an answer counts from when its claim was meant to be sent.</summary>
    public async Task ClaimAtRateAsync(double rate)
    {
        await Task.Factory.StartNew(
            () =>
            {
                for (var sent = 0; sent < latencies.Length; Thread.Sleep(1))
                {
                    for (var due = Math.Min(latencies.Length, (int)(Stopwatch.GetElapsedTime(started).TotalSeconds * rate)); sent < due; sent++)
                    {
                        _ = ClaimOnceAsync(sent, started + (long)(sent / rate * Stopwatch.Frequency));
                    }
                }
            },
            TaskCreationOptions.LongRunning);
        await answered.Task;
    }

    private ValueTask<Answer> Ask(int index) => ask(first + index);

    private async Task NoteAsync(int index, long begun)
    {
        try
        {
            if (await Ask(index) is not PlacesReserved)
            {
                Interlocked.Increment(ref refused);
            }
        }
        catch (Exception fault) when (fault is BusyException or NotRecordedException or OutcomeUnknownException)
        {
            Interlocked.Increment(ref failed);
        }

        latencies[index] = Stopwatch.GetTimestamp() - begun;
    }

    private double Milliseconds(double share) => latencies[Math.Min(latencies.Length - 1, (int)(latencies.Length * share))] * 1000.0 / Stopwatch.Frequency;
}

/// <summary>What claims came to.</summary>
internal sealed record Figures(double Rate, double Median, double P99, double Longest, int Refused, int Failed, TimeSpan Processor, long Allocated, int Collections, TimeSpan Paused)
{
    public override string ToString() =>
        $"{Rate:N0} durable claims a second, p50 {Median:N1} ms, p99 {P99:N1} ms, longest {Longest:N0} ms, {Refused} refused, {Failed} failed; a claim takes {Processor.TotalMicroseconds:N1} µs of a processor and allocates {Allocated:N0} bytes, {Collections} collections paused it for {Paused.TotalMilliseconds:N0} ms";
}
