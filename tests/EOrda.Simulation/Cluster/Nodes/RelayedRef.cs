using Akka.Actor;

namespace EOrda.Simulation.Cluster.Nodes;

/// <summary>An address of which the simulation decides where its messages go and whether they arrive.</summary>
/// <param name="path">The address's path.</param>
/// <param name="provider">The actor system's.</param>
/// <param name="send">Sends a message with its sender.</param>
internal sealed class RelayedRef(ActorPath path, IActorRefProvider provider, Action<object, IActorRef> send) : MinimalActorRef
{
    /// <inheritdoc/>
    public override ActorPath Path { get; } = path;

    /// <inheritdoc/>
    public override IActorRefProvider Provider { get; } = provider;

    /// <inheritdoc/>
    protected override void TellInternal(object message, IActorRef sender) => send(message, sender);
}
