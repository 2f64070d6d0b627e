using EOrda.Actors;
using EOrda.Queues.Names;

namespace EOrda.Portal.Live;

/// <summary>The feeds of the queues that somebody watches: opened for the first browser, closed behind the last.</summary>
internal sealed class LiveFeeds(FanOut fanOut, IQueues queues, LiveLimits limits, ILogger<QueueFeed> logger)
{
    private readonly Lock gate = new();
    private readonly Dictionary<QueueKey, Shared> open = [];
    private long opened;

    /// <summary>How many queues are watched.</summary>
    public int Count
    {
        get
        {
            lock (gate)
            {
                return open.Count;
            }
        }
    }

    /// <summary>How many browsers watch, each as often as it watches queues.</summary>
    public int Watchers
    {
        get
        {
            lock (gate)
            {
                return open.Values.Sum(shared => shared.Browsers);
            }
        }
    }

    /// <summary>How many places of a queue are available, as far as those who watch it are told; null when nobody does.</summary>
    public PlacesLeft? Available(QueueKey queue)
    {
        Shared? shared;
        lock (gate)
        {
            open.TryGetValue(queue, out shared);
        }

        return shared?.Opened?.Available;
    }

    /// <summary>Counts one more browser in, and gives the queue's feed. Every join is followed by one <see cref="LeaveAsync"/>, unless it gives nothing or throws.</summary>
    /// <returns>Null when as many watch the queue as may.</returns>
    /// <exception cref="BusyException">A bound of the node is reached.</exception>
    public async Task<QueueFeed?> JoinAsync(QueueKey queue)
    {
        Shared shared;
        lock (gate)
        {
            if (!open.TryGetValue(queue, out shared!))
            {
                var number = ++opened;
                open[queue] = shared = new Shared(() => QueueFeed.OpenAsync(queues, queue, number, fanOut, logger));
            }

            if (shared.Browsers >= limits.WatchersPerQueue)
            {
                return null;
            }

            shared.Browsers++;
        }

        try
        {
            return await shared.Feed.Value;
        }
        catch
        {
            CountOut(queue, shared);
            throw;
        }
    }

    /// <summary>Counts one browser out.</summary>
    public async Task LeaveAsync(QueueKey queue)
    {
        Shared shared;
        lock (gate)
        {
            shared = open[queue];
        }

        if (CountOut(queue, shared))
        {
            await (await shared.Feed.Value).DisposeAsync();
        }
    }

    /// <summary>Counts a browser out.</summary>
    /// <returns>True when that was the last browser.</returns>
    private bool CountOut(QueueKey queue, Shared shared)
    {
        lock (gate)
        {
            if (--shared.Browsers > 0)
            {
                return false;
            }

            open.Remove(queue);
            return true;
        }
    }

    private sealed class Shared(Func<Task<QueueFeed>> open)
    {
        public Lazy<Task<QueueFeed>> Feed { get; } = new(open);

        /// <summary>The feed once it is open.</summary>
        public QueueFeed? Opened => Feed is { IsValueCreated: true, Value: { IsCompletedSuccessfully: true } opened } ? opened.Result : null;

        public int Browsers { get; set; }
    }
}
