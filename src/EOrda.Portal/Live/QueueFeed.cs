using System.Threading.Channels;
using EOrda.Actors;
using EOrda.Actors.Live;
using EOrda.Actors.Queries;
using EOrda.Queues.Names;
using EOrda.Queues.Time;

namespace EOrda.Portal.Live;

/// <summary>
/// One queue's watch, shared by every browser that watches it: takes the node's updates and has its audience told, group after group; what has come when a
/// group's turn comes is written then, once for everybody. A browser joins the audience first and reads the state then, so that it misses no number; what it
/// gets twice it knows by its number.
/// </summary>
internal sealed partial class QueueFeed : ILiveListener, IAsyncDisposable
{
    // A feed takes ten updates a second; a node that is this far ahead of it is caught up with by a snapshot.
    private const int MostUpdatesBehind = 256;
    private static readonly TimeSpan AskAgainAfter = TimeSpan.FromMilliseconds(200);

    private readonly Channel<LiveUpdate> updates = Channel.CreateBounded<LiveUpdate>(new BoundedChannelOptions(MostUpdatesBehind)
    {
        FullMode = BoundedChannelFullMode.DropOldest,
        SingleReader = true,
    });

    private readonly CancellationTokenSource ending = new();
    private readonly IQueues queues;
    private readonly QueueKey queue;
    private readonly FanOut fanOut;
    private readonly ILogger logger;
    private readonly List<LiveUpdate> gathered = [];
    private PlacesLeft? available;
    private LiveWatch? watch;
    private FeedState? state;
    private long? missed;
    private Task pump = Task.CompletedTask;

    private QueueFeed(IQueues queues, QueueKey queue, long number, FanOut fanOut, ILogger logger)
    {
        this.queues = queues;
        this.queue = queue;
        this.fanOut = fanOut;
        this.logger = logger;
        Audience = new Audience($"{queue}#{number}");
    }

    /// <summary>Those who get the updates.</summary>
    public Audience Audience { get; }

    /// <summary>How many places are available, as far as the node has told; null before the feed is open.</summary>
    public PlacesLeft? Available => Volatile.Read(ref available);

    /// <summary>The state as it goes to a browser that has joined.</summary>
    public LiveMessage Snapshot => state!.Message;

    /// <summary>Begins to watch.</summary>
    /// <param name="queues">Where the queue is.</param>
    /// <param name="queue">The queue.</param>
    /// <param name="number">The feed's number; no other feed of the process has the same.</param>
    /// <param name="fanOut">Sends the updates.</param>
    /// <param name="logger">Where it logs.</param>
    public static async Task<QueueFeed> OpenAsync(IQueues queues, QueueKey queue, long number, FanOut fanOut, ILogger logger)
    {
        var feed = new QueueFeed(queues, queue, number, fanOut, logger);
        feed.watch = await queues.Watch(queue, feed);
        feed.state = new FeedState(number, feed.watch.Snapshot);

        // An update may have come before the snapshot and knows better.
        Interlocked.CompareExchange(ref feed.available, new PlacesLeft(feed.watch.Snapshot.Available, feed.watch.Snapshot.At), null);
        feed.pump = Task.Run(feed.PumpAsync);
        return feed;
    }

    /// <inheritdoc/>
    public void Publish(LiveUpdate update)
    {
        Volatile.Write(ref available, new PlacesLeft(update.Available, update.At));
        updates.Writer.TryWrite(update);
    }

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
            while (Audience.IsBehind || await updates.Reader.WaitToReadAsync(ending.Token))
            {
                await fanOut.SendNextAsync(Audience, TakeNews, ending.Token);
                if (missed is { } number)
                {
                    Audience.Tell(state!.Restart(await ReadAnewAsync(number)));
                    missed = null;
                }
            }
        }
        catch (OperationCanceledException)
        {
            // The last browser has gone.
        }
    }

    /// <summary>Makes one update of what has come meanwhile. While the slowest group has too much waiting already, it goes on gathering.</summary>
    private void TakeNews()
    {
        if (!Audience.HasRoom)
        {
            return;
        }

        gathered.Clear();
        while (updates.Reader.TryRead(out var update))
        {
            if (update.Number > state!.Contained)
            {
                gathered.Add(update);
            }
        }

        if (gathered.Count == 0)
        {
            return;
        }

        if (state!.Take(gathered) is { } message)
        {
            Audience.Tell(message);
        }
        else
        {
            missed = gathered[^1].Number;
        }
    }

    private async Task<LiveSnapshot> ReadAnewAsync(long atLeast)
    {
        LogReadingAnew(queue, atLeast);
        while (true)
        {
            try
            {
                var snapshot = await queues.Query(queue, new SnapshotQuery(), ending.Token);
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

    [LoggerMessage(120, LogLevel.Debug, "The feed of {Queue} reads its state anew, update {Number} does not follow")]
    private partial void LogReadingAnew(QueueKey queue, long number);

    [LoggerMessage(121, LogLevel.Warning, "The feed of {Queue} could not read its state: {Reason}")]
    private partial void LogNotRead(QueueKey queue, string reason);
}

/// <summary>How many places a queue has left.</summary>
/// <param name="Count">Available ones, in priority access or open.</param>
/// <param name="At">As of when.</param>
internal sealed record PlacesLeft(int Count, Moment At);
