using System.Runtime.CompilerServices;
using EOrda.Actors;
using EOrda.Actors.Live;
using EOrda.Portal.Admission;
using EOrda.Queues;
using EOrda.Queues.Names;
using EOrda.Queues.Time;

namespace EOrda.Portal.Hosting;

/// <summary>
/// The node for those who answer requests. Whoever asks or looks has a slot under way exactly for as long as the node takes: neither while a body comes nor while
/// an answer is sent. It is the host's to dispose, not the container's.
/// </summary>
internal sealed class StartedNode(NodeHost host, WorkInFlight work) : IQueueNode
{
    private static readonly TimeSpan AskAgainAfter = TimeSpan.FromSeconds(1);

    /// <inheritdoc/>
    public Moment Now => host.Node.Now;

    /// <inheritdoc/>
    public CountryDirectory Directory => host.Node.Directory;

    /// <inheritdoc/>
    public bool Knows(QueueKey queue) => host.Node.Knows(queue);

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
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    public async ValueTask<T> Look<T>(QueueKey queue, Func<Queue, Moment, T> look, CancellationToken cancel = default)
    {
        Enter();
        try
        {
            return await host.Node.Look(queue, look, cancel);
        }
        finally
        {
            work.Leave();
        }
    }

    /// <inheritdoc/>
    public ValueTask<LiveWatch> Watch(QueueKey queue, ILiveListener listener, CancellationToken cancel = default) => host.Node.Watch(queue, listener, cancel);

    /// <inheritdoc/>
    public ValueTask<LiveSnapshot> Snapshot(QueueKey queue, CancellationToken cancel = default) => host.Node.Snapshot(queue, cancel);

    // The gate has seen to it that there was room; others may have been quicker since.
    private void Enter()
    {
        if (!work.TryEnter())
        {
            throw new BusyException("As many requests are under way as may be.", AskAgainAfter);
        }
    }
}
