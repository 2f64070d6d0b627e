using EOrda.Actors;
using EOrda.Portal.Problems;
using EOrda.Queues.Names;
using EOrda.Queues.Rules;
using Microsoft.AspNetCore.SignalR;

namespace EOrda.Portal.Live;

/// <summary>Where browsers watch queues change (docs/api.md, "Live").</summary>
internal sealed class LiveHub(LiveFeeds feeds, IQueueNode node, LiveLimits limits) : Hub
{
    /// <summary>The hub's address.</summary>
    public const string Address = "/live";

    private const string WatchedItem = "watched";

    private Dictionary<QueueKey, Watched> Watches => (Dictionary<QueueKey, Watched>)Context.Items[WatchedItem]!;

    /// <inheritdoc/>
    public override Task OnConnectedAsync()
    {
        Context.Items[WatchedItem] = new Dictionary<QueueKey, Watched>();
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public override async Task OnDisconnectedAsync(Exception? exception)
    {
        foreach (var (queue, (feed, group)) in Watches)
        {
            feed.Audience.Leave(group);
            await feeds.LeaveAsync(queue);
        }
    }

    /// <summary>Begins to watch a queue, for example <c>almaty/general/2022</c>.</summary>
    /// <returns>Its numbered snapshot. Updates up to its number may come too and are to be passed over.</returns>
    public async Task<LiveMessage> Watch(string queue)
    {
        var key = KeyOf(queue);
        if (Watches.TryGetValue(key, out var watched))
        {
            return watched.Feed.Snapshot;
        }

        if (Watches.Count >= limits.WatchesPerConnection)
        {
            throw new HubException("too-many-watches");
        }

        try
        {
            var feed = await feeds.JoinAsync(key);
            var group = feed.Audience.Join();
            Watches.Add(key, new Watched(feed, group));
            await Groups.AddToGroupAsync(Context.ConnectionId, group, Context.ConnectionAborted);
            return feed.Snapshot;
        }
        catch (Exception e) when (e is BusyException or NotRecordedException or OutcomeUnknownException)
        {
            throw new HubException(Problem.Busy.Word, e);
        }
        catch (ArgumentException e)
        {
            // Nothing was ever filed in it.
            throw new HubException(Words.Of(Reason.BadQueue), e);
        }
    }

    /// <summary>Ends a watch.</summary>
    public async Task Unwatch(string queue)
    {
        if (Watches.Remove(KeyOf(queue), out var watched))
        {
            await Groups.RemoveFromGroupAsync(Context.ConnectionId, watched.Group, Context.ConnectionAborted);
            watched.Feed.Audience.Leave(watched.Group);
            await feeds.LeaveAsync(KeyOf(queue));
        }
    }

    /// <summary>A fresh snapshot of a watched queue, for a browser that missed a number.</summary>
    public LiveMessage Snapshot(string queue) =>
        Watches.TryGetValue(KeyOf(queue), out var watched) ? watched.Feed.Snapshot : throw new HubException("not-watched");

    private QueueKey KeyOf(string text) =>
        text is not null && QueueKey.TryParse(text, out var key) && node.Directory.Localities.ContainsKey(key.Locality)
            ? key
            : throw new HubException(Words.Of(Reason.BadQueue));

    private sealed record Watched(QueueFeed Feed, string Group);
}
