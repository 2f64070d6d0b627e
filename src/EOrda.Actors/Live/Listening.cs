using Akka.Actor;
using EOrda.Actors.Routing;
using EOrda.Queues.Names;

namespace EOrda.Actors.Live;

/// <summary>One watch of a listener of this node.</summary>
internal sealed class Listening(QueueKey queue, EntityAddress address, ILiveListener listener)
{
    /// <summary>The queue that is watched.</summary>
    public QueueKey Queue { get; } = queue;

    /// <summary>Where the queue is.</summary>
    public EntityAddress Address { get; } = address;

    /// <summary>Who hears the updates.</summary>
    public ILiveListener Listener { get; } = listener;
}

/// <summary>A watch begins; the reply is a <see cref="LiveSnapshot"/>, and the updates go on from its number. Never leaves the node.</summary>
/// <param name="Listening">The watch.</param>
/// <param name="Request">The number of the request that waits at the node's courier.</param>
internal sealed record BeginListening(Listening Listening, long Request) : INoSerializationVerificationNeeded;

/// <summary>A watch ends, whether it has its snapshot or not. Never leaves the node.</summary>
internal sealed record EndListening(Listening Listening) : INoSerializationVerificationNeeded;
