using System.Runtime.CompilerServices;
using EOrda.Actors;
using EOrda.Actors.Facts;
using EOrda.Actors.Live;
using EOrda.Actors.Queries;
using EOrda.Portal.Admission;
using EOrda.Queues;
using EOrda.Queues.Names;
using EOrda.Queues.Time;

namespace EOrda.Portal.Hosting;

/// <summary>
/// The node for those who answer requests. Whoever asks or looks has a slot under way exactly for as long as the node takes: neither while a body comes nor while
/// an answer is sent. It is the host's to dispose, not the container's.
/// </summary>
internal sealed class StartedNode(NodeHost host, WorkInFlight work) : IQueues
{
    private static readonly TimeSpan AskAgainAfter = TimeSpan.FromSeconds(1);

    /// <inheritdoc/>
    public Moment Now => host.Node.Now;

    /// <inheritdoc/>
    public ValueTask<CountryDirectory> Directory(CancellationToken cancel = default) => host.Node.Directory(cancel);

    /// <inheritdoc/>
    public ValueTask<bool> Knows(QueueKey queue, CancellationToken cancel = default) => host.Node.Knows(queue, cancel);

    /// <inheritdoc/>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    public async ValueTask<Answer> Ask(Command command, CommandKey key, QueueKey? queue = null, CancellationToken cancel = default)
    {
        Enter();
        try
        {
            var asked = work.Now;
            var answer = await host.Node.Ask(command, key, queue, cancel);
            work.Decided(asked);
            return answer;
        }
        finally
        {
            work.Leave();
        }
    }

    /// <inheritdoc/>
    /// <remarks>A snapshot is no request's: the feed of a queue asks for it, at most a few times a second for all who watch.</remarks>
    public ValueTask<TReply> Query<TReply>(QueueKey queue, QueueQuery<TReply> query, CancellationToken cancel = default)
        where TReply : class =>
        query is SnapshotQuery ? host.Node.Query(queue, query, cancel) : QueryInSlot(queue, query, cancel);

    /// <inheritdoc/>
    public ValueTask<LiveWatch> Watch(QueueKey queue, ILiveListener listener, CancellationToken cancel = default) => host.Node.Watch(queue, listener, cancel);

    /// <inheritdoc/>
    public ValueTask<QueueFacts> Facts(QueueKey queue, long from, int most, CancellationToken cancel = default) => host.Node.Facts(queue, from, most, cancel);

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private async ValueTask<TReply> QueryInSlot<TReply>(QueueKey queue, QueueQuery<TReply> query, CancellationToken cancel)
        where TReply : class
    {
        Enter();
        try
        {
            return await host.Node.Query(queue, query, cancel);
        }
        finally
        {
            work.Leave();
        }
    }

    // The gate has seen to it that there was room; others may have been quicker since.
    private void Enter()
    {
        if (!work.TryEnter())
        {
            throw new BusyException("As many requests are under way as may be.", AskAgainAfter);
        }
    }
}
