using Akka.Actor;
using EOrda.Actors.Processes;

namespace EOrda.Simulation.Cluster.Nodes;

/// <summary>
/// Which node an entity lives on. Stands for cluster sharding: an entity is placed by its first message, moves, and is placed anew when its node is gone. The
/// seed may have two instances of an entity live at once for a while, as in a partition before the smaller part gives up.
/// </summary>
internal sealed class Sharding(ClusterWorld world)
{
    private readonly SortedDictionary<string, Home> homes = new(StringComparer.Ordinal);
    private int doubts;

    /// <summary>The entities that live somewhere, in the order of their names.</summary>
    public IEnumerable<string> Entities => homes.Keys;

    /// <summary>The entities that live on a node.</summary>
    public IEnumerable<string> EntitiesOn(int node) => homes.Where(one => one.Value.Node == node || one.Value.Other == node).Select(one => one.Key);

    /// <summary>Sends a message to an entity.</summary>
    public void Send(SimulatedNode from, string entity, object message, IActorRef? sender)
    {
        if ((message is AskStep ask && world.Faults.Stalls(ask.Step)) || Target(from, entity) is not { } to)
        {
            return;
        }

        world.Network.Send(from.Number, to.Number, message, sender, (node, arrived, arrivedSender) => Arrive(node, entity, arrived, arrivedSender));
    }

    /// <summary>The node on which an entity lives; null when none is known.</summary>
    public SimulatedNode? HomeOf(string entity) => homes.TryGetValue(entity, out var home) ? world.Nodes[home.Node] : null;

    /// <summary>A number that changes when an entity may have two instances; null while it may.</summary>
    public int? CertaintyOf(string entity) => world.Partition.CutOff is null && !(homes.TryGetValue(entity, out var home) && home.Other is not null) ? doubts : null;

    /// <summary>From now on an entity may have two instances for a while.</summary>
    public void Doubt() => doubts++;

    /// <summary>A message for an entity has arrived on a node; when the entity lives elsewhere it is sent on.</summary>
    public void Arrive(SimulatedNode node, string entity, object message, IActorRef? sender)
    {
        var isHere = world.Partition.CutOff == node.Number
            ? world.Partition.Keeps(entity)
            : homes.TryGetValue(entity, out var home) && (home.Node == node.Number || home.Other == node.Number);
        if (isHere)
        {
            node.Deliver(entity, message, sender);
        }
        else
        {
            Send(node, entity, message, sender);
        }
    }

    /// <summary>Has an entity move to another node.</summary>
    public void Move(string entity)
    {
        if (!homes.TryGetValue(entity, out var home) || home.MovesTo is not null || home.Other is not null || Place(not: home.Node) is not { } to)
        {
            return;
        }

        home.MovesTo = to.Number;
        world.Note($"{entity} moves from {home.Node} to {to.Number}");
        world.Nodes[home.Node].HandOff(entity);
    }

    /// <summary>An entity has stopped on a node that it leaves.</summary>
    public void HasLeft(string entity, int node)
    {
        if (!homes.TryGetValue(entity, out var home))
        {
            return;
        }

        if (home.Other == node)
        {
            home.Other = null;
        }
        else if (home.Node == node && home.MovesTo is { } to)
        {
            (home.Node, home.MovesTo) = (to, null);
        }
    }

    /// <summary>Has a second instance of an entity live on another node for a while; messages go to either.</summary>
    public void Double(string entity, TimeSpan during)
    {
        if (!homes.TryGetValue(entity, out var home) || home.MovesTo is not null || home.Other is not null || Place(not: home.Node) is not { } to)
        {
            return;
        }

        // The new instance is the one that stays.
        Doubt();
        (home.Other, home.Node) = (home.Node, to.Number);
        world.Note($"{entity} lives on {home.Other} and {home.Node}");
        world.After(during, () =>
        {
            if (home.Other is { } former)
            {
                world.Nodes[former].HandOff(entity);
            }
        });
    }

    /// <summary>The cluster has noticed that a node is gone: its entities are placed anew by their next message.</summary>
    public void NodeIsGone(int node)
    {
        foreach (var (entity, home) in homes.ToList())
        {
            if (home.Other == node)
            {
                home.Other = null;
            }

            if (home.MovesTo == node)
            {
                home.MovesTo = null;
            }

            if (home.Node == node)
            {
                homes.Remove(entity);
            }
        }
    }

    // A node that is cut off goes on with those that it has; the others place them anew.
    private SimulatedNode? Target(SimulatedNode from, string entity)
    {
        if (world.Partition.CutOff == from.Number)
        {
            return world.Partition.Keeps(entity) ? from : null;
        }

        if (!homes.TryGetValue(entity, out var home))
        {
            if (Place(not: null) is not { } first)
            {
                return null;
            }

            homes[entity] = home = new Home { Node = first.Number };
            world.Note($"{entity} is placed on {first.Number}");
        }

        return world.Nodes[home.Other is { } other && world.Faults.Dice.Chance(0.5) ? other : home.Node];
    }

    private SimulatedNode? Place(int? not)
    {
        var able = world.Nodes.Where(node => node.IsUp && node.Number != not && node.Number != world.Partition.CutOff).ToList();
        return able.Count > 0 ? world.Faults.Dice.Of(able) : null;
    }

    private sealed class Home
    {
        public int Node { get; set; }

        public int? Other { get; set; }

        public int? MovesTo { get; set; }
    }
}
