using EOrda.Actors;
using EOrda.Actors.Live;
using EOrda.Actors.Queries;
using EOrda.Queues;
using EOrda.Queues.Names;
using EOrda.Queues.Time;

namespace EOrda.Portal.Tests.Support;

/// <summary>A node in whose way a test can stand: it can fail or hold a command, and it tells how many watches run.</summary>
internal sealed class WatchedNode(Node node) : IQueues, IAsyncDisposable
{
    private int watches;

    /// <summary>Stands before every command; may throw or wait.</summary>
    public Func<Command, Task> BeforeAsk { get; set; } = _ => Task.CompletedTask;

    /// <summary>Stands before every watch; may wait.</summary>
    public Func<Task> BeforeWatch { get; set; } = () => Task.CompletedTask;

    /// <summary>Stands before everything that the node tells of the country: its directory, and whether it knows a queue. May throw.</summary>
    public Action BeforeTelling { get; set; } = () => { };

    /// <summary>Told of the number of running watches whenever it changes.</summary>
    public Action<int> WatchesChanged { get; set; } = _ => { };

    /// <summary>How many watches run.</summary>
    public int Watches => Volatile.Read(ref watches);

    /// <summary>Ended when the node has been disposed.</summary>
    public TaskCompletionSource Disposed { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Moment Now => node.Now;

    public ValueTask<CountryDirectory> Directory(CancellationToken cancel = default)
    {
        BeforeTelling();
        return node.Directory(cancel);
    }

    public ValueTask<bool> Knows(QueueKey queue, CancellationToken cancel = default)
    {
        BeforeTelling();
        return node.Knows(queue, cancel);
    }

    public async ValueTask<Answer> Ask(Command command, CommandKey key, QueueKey? queue = null, CancellationToken cancel = default)
    {
        await BeforeAsk(command);
        return await node.Ask(command, key, queue, cancel);
    }

    public ValueTask<TReply> Query<TReply>(QueueKey queue, QueueQuery<TReply> query, CancellationToken cancel = default)
        where TReply : class =>
        node.Query(queue, query, cancel);

    public async ValueTask<LiveWatch> Watch(QueueKey queue, ILiveListener listener, CancellationToken cancel = default)
    {
        await BeforeWatch();
        var watch = await node.Watch(queue, listener, cancel);
        WatchesChanged(Interlocked.Increment(ref watches));
        return new LiveWatch(watch.Snapshot, () =>
        {
            watch.Dispose();
            WatchesChanged(Interlocked.Decrement(ref watches));
        });
    }

    public async ValueTask DisposeAsync()
    {
        await node.DisposeAsync();
        Disposed.SetResult();
    }
}
