using System.Threading.Channels;
using EOrda.Actors;
using EOrda.Actors.Live;
using EOrda.Queues.Names;
using Microsoft.AspNetCore.SignalR;

namespace EOrda.Portal.Live;

/// <summary>
/// One queue's watch, shared by every browser that watches it: takes the node's updates and sends each, written once, to the group.
/// A browser joins the group first and reads the state then, so that it misses no number; what it gets twice it knows by its number.
/// </summary>
internal sealed partial class QueueFeed : ILiveListener, IAsyncDisposable
{
    /// <summary>The hub's method that browsers receive updates with.</summary>
    public const string UpdateMethod = "update";

    // A feed takes ten updates a second; a node that is this far ahead of it is caught up with by a snapshot.
    private const int MostUpdatesBehind = 256;
    private static readonly TimeSpan AskAgainAfter = TimeSpan.FromMilliseconds(200);

    private readonly Channel<LiveUpdate> updates = Channel.CreateBounded<LiveUpdate>(new BoundedChannelOptions(MostUpdatesBehind)
    {
        FullMode = BoundedChannelFullMode.DropWrite,
        SingleReader = true,
    });

    private readonly CancellationTokenSource ending = new();
    private readonly IQueueNode node;
    private readonly QueueKey queue;
    private readonly IClientProxy group;
    private readonly ILogger logger;
    private LiveWatch? watch;
    private FeedState? state;
    private Task pump = Task.CompletedTask;

    private QueueFeed(IQueueNode node, QueueKey queue, IHubClients clients, string groupName, ILogger logger)
    {
        this.node = node;
        this.queue = queue;
        this.logger = logger;
        GroupName = groupName;
        group = clients.Group(groupName);
    }

    /// <summary>The group that gets the updates; no other feed has the same.</summary>
    public string GroupName { get; }

    /// <summary>The state as it goes to a browser that has joined the group.</summary>
    public LiveMessage Snapshot => state!.Message;

    /// <summary>Begins to watch.</summary>
    public static async Task<QueueFeed> OpenAsync(IQueueNode node, QueueKey queue, IHubClients clients, string groupName, ILogger logger)
    {
        var feed = new QueueFeed(node, queue, clients, groupName, logger);
        feed.watch = await node.Watch(queue, feed);
        feed.state = new FeedState(feed.watch.Snapshot);
        feed.pump = Task.Run(feed.PumpAsync);
        return feed;
    }

    /// <inheritdoc/>
    public void Publish(LiveUpdate update) => updates.Writer.TryWrite(update);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        watch?.Dispose();
        updates.Writer.TryComplete();
        await ending.CancelAsync();
        await pump;
        ending.Dispose();
    }

    private async Task PumpAsync()
    {
        try
        {
            await foreach (var update in updates.Reader.ReadAllAsync(ending.Token))
            {
                if (update.Number > state!.Number)
                {
                    Send(state.Take(update) ?? state.Restart(await ReadAnewAsync(update.Number)));
                }
            }
        }
        catch (OperationCanceledException)
        {
            // The last browser has gone.
        }
    }

    private async Task<LiveSnapshot> ReadAnewAsync(long atLeast)
    {
        LogReadingAnew(queue, atLeast);
        while (true)
        {
            try
            {
                var snapshot = await node.Snapshot(queue, ending.Token);
                if (snapshot.Number >= atLeast)
                {
                    return snapshot;
                }
            }
            catch (Exception e) when (e is BusyException or NotRecordedException or OutcomeUnknownException)
            {
                LogNotRead(queue, e.Message);
            }

            await Task.Delay(AskAgainAfter, ending.Token);
        }
    }

    /// <summary>Sends without waiting: one slow browser must not hold the others up, and is cut off by the transport.</summary>
    private void Send(LiveMessage message)
    {
        var sending = group.SendCoreAsync(UpdateMethod, [message], ending.Token);
        if (!sending.IsCompletedSuccessfully)
        {
            _ = ObserveAsync(sending);
        }
    }

    private async Task ObserveAsync(Task sending)
    {
        try
        {
            await sending;
        }
#pragma warning disable CA1031 // A browser that could not be reached is the transport's to close.
        catch (Exception e)
#pragma warning restore CA1031
        {
            LogNotSent(queue, e.Message);
        }
    }

    [LoggerMessage(30, LogLevel.Debug, "The feed of {Queue} reads its state anew, update {Number} does not follow")]
    private partial void LogReadingAnew(QueueKey queue, long number);

    [LoggerMessage(31, LogLevel.Warning, "The feed of {Queue} could not read its state: {Reason}")]
    private partial void LogNotRead(QueueKey queue, string reason);

    [LoggerMessage(32, LogLevel.Debug, "An update of {Queue} did not reach a browser: {Reason}")]
    private partial void LogNotSent(QueueKey queue, string reason);
}
