using EOrda.Actors;
using EOrda.Queues.Names;
using Microsoft.AspNetCore.SignalR;

namespace EOrda.Portal.Live;

/// <summary>
/// Where browsers watch queues change (docs/api.md, "Live"). What cannot be done is an answer (<see cref="LiveRefusal"/>) and not an exception: those SignalR logs,
/// as fast as anybody calls.
/// </summary>
internal sealed class LiveHub(LiveFeeds feeds, IQueues queues, LiveLimits limits) : Hub
{
    /// <summary>The hub's address.</summary>
    public const string Address = "/live";

    private const string WatchedItem = "watched";

    private Watches Watching => (Watches)Context.Items[WatchedItem]!;

    /// <inheritdoc/>
    public override Task OnConnectedAsync()
    {
        Context.Items[WatchedItem] = new Watches();
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public override async Task OnDisconnectedAsync(Exception? exception)
    {
        var watching = Watching;

        // A call may be under way still: SignalR does not wait for it.
        await watching.Turn.WaitAsync();
        try
        {
            watching.HaveEnded = true;
            foreach (var (queue, (feed, group)) in watching.Queues)
            {
                feed.Audience.Leave(group);
                await feeds.LeaveAsync(queue);
            }
        }
        finally
        {
            watching.Turn.Release();
        }
    }

    /// <summary>Begins to watch a queue, for example <c>almaty/general/2022</c>.</summary>
    /// <returns>Its numbered snapshot, or why there is none. Updates up to its number may come too and are to be passed over.</returns>
    public async Task<LiveMessage> Watch(string queue)
    {
        if (!TryRead(queue, out var key))
        {
            return LiveRefusal.BadQueue;
        }

        var watching = Watching;
        await watching.Turn.WaitAsync();
        try
        {
            if (watching.HaveEnded)
            {
                return LiveRefusal.NotWatched;
            }

            if (watching.Queues.TryGetValue(key, out var watched))
            {
                return watched.Feed.Snapshot;
            }

            if (!await queues.Knows(key))
            {
                return LiveRefusal.BadQueue;
            }

            if (watching.Queues.Count >= limits.WatchesPerConnection)
            {
                return LiveRefusal.TooManyWatches;
            }

            if (await feeds.JoinAsync(key) is not { } feed)
            {
                return LiveRefusal.Busy;
            }

            var group = feed.Audience.Join();
            watching.Queues.Add(key, new Watched(feed, group));
            await Groups.AddToGroupAsync(Context.ConnectionId, group, Context.ConnectionAborted);
            return feed.Snapshot;
        }
        catch (Exception e) when (IsPassing(e))
        {
            return LiveRefusal.Busy;
        }
        finally
        {
            watching.Turn.Release();
        }
    }

    /// <summary>Ends a watch; does nothing where there is none.</summary>
    public async Task Unwatch(string queue)
    {
        if (!TryRead(queue, out var key))
        {
            return;
        }

        var watching = Watching;
        await watching.Turn.WaitAsync();
        try
        {
            if (!watching.HaveEnded && watching.Queues.Remove(key, out var watched))
            {
                // First, so that whatever happens to the connection meanwhile nobody is counted who is gone.
                watched.Feed.Audience.Leave(watched.Group);
                await feeds.LeaveAsync(key);
                await Groups.RemoveFromGroupAsync(Context.ConnectionId, watched.Group, Context.ConnectionAborted);
            }
        }
        finally
        {
            watching.Turn.Release();
        }
    }

    /// <summary>A fresh snapshot of a watched queue, for a browser that missed a number.</summary>
    public async Task<LiveMessage> Snapshot(string queue)
    {
        if (!TryRead(queue, out var key))
        {
            return LiveRefusal.BadQueue;
        }

        if (Watching.Queues.TryGetValue(key, out var watched))
        {
            return watched.Feed.Snapshot;
        }

        try
        {
            return await queues.Knows(key) ? LiveRefusal.NotWatched : LiveRefusal.BadQueue;
        }
        catch (Exception e) when (IsPassing(e))
        {
            return LiveRefusal.Busy;
        }
    }

    private static bool IsPassing(Exception fault) => fault is BusyException or NotRecordedException or OutcomeUnknownException;

    private static bool TryRead(string? text, out QueueKey key)
    {
        key = null!;
        return text is not null && QueueKey.TryParse(text, out key);
    }

    private sealed record Watched(QueueFeed Feed, string Group);

    /// <summary>What one connection watches; changed by one call at a time.</summary>
    private sealed class Watches
    {
        public SemaphoreSlim Turn { get; } = new(1);

        public Dictionary<QueueKey, Watched> Queues { get; } = [];

        /// <summary>True when the connection has gone: nothing is watched any more.</summary>
        public bool HaveEnded { get; set; }
    }
}
