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

    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(1);

    /// <summary>The release that it is time to collect before, if there is one.</summary>
    /// <param name="directory">The localities.</param>
    /// <param name="now">The instant now.</param>
    /// <param name="last">The release before which was collected last; for an earlier one it is not done again.</param>
    public static Moment? DueFor(CountryDirectory directory, Moment now, Moment last)
    {
        foreach (var rules in directory.Localities.Values)
        {
            var release = rules[^1].Rules.Schedule.NextRelease(now);
            if (release > last && release.UnixMilliseconds - now.UnixMilliseconds is >= Latest and <= Earliest)
            {
                return release;
            }
        }

        return null;
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
                if (host.IsReady && host.Node is var node && DueFor(node.Directory, node.Now, last) is { } release)
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
}
