using Akka.Actor;

namespace EOrda.Actors.Routing;

/// <summary>Where each kind of entity is reached: shard regions, set when the actor system is there.</summary>
internal sealed class Regions
{
    /// <summary>The queues.</summary>
    public IActorRef Queues { get; set; } = ActorRefs.Nobody;

    /// <summary>The buckets of the register.</summary>
    public IActorRef Registers { get; set; } = ActorRefs.Nobody;

    /// <summary>The localities.</summary>
    public IActorRef Localities { get; set; } = ActorRefs.Nobody;

    /// <summary>Sends a message to its entity.</summary>
    public void Tell(ToEntity message) => Of(message.To.Kind).Tell(message, ActorRefs.NoSender);

    private IActorRef Of(EntityKind kind) => kind switch
    {
        EntityKind.Queue => Queues,
        EntityKind.Register => Registers,
        _ => Localities,
    };
}
