using Akka.Actor;
using EOrda.Actors.Wire;

namespace EOrda.Actors.Persistence.Tests.Watching;

/// <summary>Has each message cross the wire on its way, though there is one node.</summary>
internal sealed class Crossing(IActorRef to) : UntypedActor
{
    /// <summary>The message as the other node gets it.</summary>
    public static object Over(ActorSystem system, object message)
    {
        var serializer = (EordaWireSerializer)system.Serialization.FindSerializerFor(message);
        return serializer.FromBinary(serializer.ToBinary(message), serializer.Manifest(message));
    }

    protected override void OnReceive(object message) => to.Forward(Over(Context.System, message));
}
