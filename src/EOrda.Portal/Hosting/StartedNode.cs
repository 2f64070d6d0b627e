using EOrda.Actors;
using EOrda.Actors.Live;
using EOrda.Queues;
using EOrda.Queues.Names;
using EOrda.Queues.Time;

namespace EOrda.Portal.Hosting;

/// <summary>The node for those who answer requests. It is the host's to dispose, not the container's.</summary>
internal sealed class StartedNode(NodeHost host) : IQueueNode
{
    /// <inheritdoc/>
    public Moment Now => host.Node.Now;

    /// <inheritdoc/>
    public CountryDirectory Directory => host.Node.Directory;

    /// <inheritdoc/>
    public ValueTask<Answer> Ask(Command command, CommandKey key, QueueKey? queue = null, CancellationToken cancel = default) =>
        host.Node.Ask(command, key, queue, cancel);

    /// <inheritdoc/>
    public ValueTask<T> Look<T>(QueueKey queue, Func<Queue, Moment, T> look, CancellationToken cancel = default) => host.Node.Look(queue, look, cancel);

    /// <inheritdoc/>
    public ValueTask<LiveWatch> Watch(QueueKey queue, ILiveListener listener, CancellationToken cancel = default) => host.Node.Watch(queue, listener, cancel);

    /// <inheritdoc/>
    public ValueTask<LiveSnapshot> Snapshot(QueueKey queue, CancellationToken cancel = default) => host.Node.Snapshot(queue, cancel);
}
