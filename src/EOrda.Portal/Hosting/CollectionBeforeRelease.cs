using EOrda.Actors;
using EOrda.Queues.Time;

namespace EOrda.Portal.Hosting;

/// <summary>
/// Collects garbage shortly before places become available, while nothing can be reserved anyway. A collection stops everybody, for a third of a second with
/// ten thousand browsers; what is collected before the race need not be collected in it, and memory that was given back is there to be used again.
/// </summary>
internal sealed class CollectionBeforeRelease(NodeHost host) : BackgroundService
{
    /// <summary>How long before a release it may begin, in milliseconds.</summary>
    public const long Earliest = 20_000;

    /// <summary>Nearer to a release than that it is too late, in milliseconds.</summary>
    public const long Latest = 2_000;

    /// <summary>For so long after a release a race may go on in which nobody is to be stopped, in milliseconds.</summary>
    public const long Race = 60_000;

    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(1);

    /// <summary>The release that it is time to collect before, if there is one and no other locality is in its race or just before it.</summary>
    /// <param name="directory">The localities.</param>
    /// <param name="now">The instant now.</param>
    /// <param name="last">The release before which was collected last; it is not done again for the same.</param>
    public static Moment? DueFor(CountryDirectory directory, Moment now, Moment last)
    {
        Moment? due = null;
        foreach (var locality in directory.Localities.Keys)
        {
            var schedule = directory.RulesOf(locality, now)!.Schedule;
            var (sinceLast, untilNext) = (now.UnixMilliseconds - schedule.DayOf(now).Release.UnixMilliseconds, schedule.NextRelease(now).UnixMilliseconds - now.UnixMilliseconds);
            if (sinceLast is >= 0 and < Race || untilNext < Latest)
            {
                return null;
            }

            if (untilNext <= Earliest && schedule.NextRelease(now) is var release && release != last)
            {
                due = release;
            }
        }

        return due;
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(LookEvery);
        var last = Moment.Beginning;
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
            {
                if (host.IsReady && await DueNowAsync(host.Node, last, stoppingToken) is { } release)
                {
                    last = release;
                    GC.Collect();
                }
            }
        }
        catch (OperationCanceledException)
        {
            // The portal stops.
        }
    }

    private static async ValueTask<Moment?> DueNowAsync(IQueues queues, Moment last, CancellationToken cancel)
    {
        try
        {
            return DueFor(await queues.Directory(cancel), queues.Now, last);
        }
        catch (BusyException)
        {
            // The next look is in a second.
            return null;
        }
    }
}
