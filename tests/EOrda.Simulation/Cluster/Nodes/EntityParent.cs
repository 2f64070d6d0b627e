using Akka.Actor;
using Akka.Cluster.Sharding;

namespace EOrda.Simulation.Cluster.Nodes;

/// <summary>A message to an entity of the node.</summary>
/// <param name="Entity">The entity's name.</param>
/// <param name="Message">The message.</param>
internal sealed record ToEntityHere(string Entity, object Message);

/// <summary>Stop an entity of the node, because it moves.</summary>
internal sealed record HandOff(string Entity);

/// <summary>
/// The entities that live on a node, as a shard has them: started by their first message, stopped when they ask for passivation or move. What comes for one
/// that is stopping waits until it has.
/// </summary>
internal sealed class EntityParent(SimulatedNode node) : UntypedActor
{
    private const int MostBuffered = 10_000;

    private readonly Dictionary<IActorRef, string> names = [];
    private readonly Dictionary<string, List<(object Message, IActorRef Sender)>> stopping = new(StringComparer.Ordinal);
    private readonly HashSet<string> leaving = new(StringComparer.Ordinal);

    /// <inheritdoc/>
    protected override void OnReceive(object message)
    {
        switch (message)
        {
            case ToEntityHere to:
                Deliver(to.Entity, to.Message, Sender);
                break;
            case Passivate passivate when names.TryGetValue(Sender, out var entity):
                Stop(Sender, entity, passivate.StopMessage);
                break;
            case HandOff handOff:
                Leave(handOff.Entity);
                break;
            case Terminated ended:
                OnTerminated(ended.ActorRef);
                break;
            default:
                Unhandled(message);
                break;
        }
    }

    private void Deliver(string entity, object message, IActorRef sender)
    {
        if (stopping.TryGetValue(entity, out var buffer))
        {
            if (buffer.Count < MostBuffered)
            {
                buffer.Add((message, sender));
            }

            return;
        }

        var name = Uri.EscapeDataString(entity);
        var child = Context.Child(name);
        if (child.IsNobody())
        {
            child = Context.ActorOf(node.PropsOf(entity), name);
            names.Add(child, entity);
            Context.Watch(child);
        }

        if (!node.World.Mutant.Takes(child, message))
        {
            child.Tell(message, sender);
        }
    }

    private void Leave(string entity)
    {
        var child = Context.Child(Uri.EscapeDataString(entity));
        if (child.IsNobody())
        {
            node.World.Sharding.HasLeft(entity, node.Number);
            return;
        }

        leaving.Add(entity);
        Stop(child, entity, PoisonPill.Instance);
    }

    private void Stop(IActorRef child, string entity, object message)
    {
        if (stopping.TryAdd(entity, []))
        {
            child.Tell(message);
        }
    }

    private void OnTerminated(IActorRef child)
    {
        if (!names.Remove(child, out var entity))
        {
            return;
        }

        if (leaving.Remove(entity))
        {
            node.World.Sharding.HasLeft(entity, node.Number);
        }

        if (stopping.Remove(entity, out var buffer))
        {
            foreach (var (message, sender) in buffer)
            {
                node.World.Sharding.Send(node, entity, message, sender);
            }
        }
    }
}
