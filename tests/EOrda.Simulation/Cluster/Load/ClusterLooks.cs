using EOrda.Actors;
using EOrda.Actors.Entities;
using EOrda.Actors.Queries;
using EOrda.Queues.Names;
using EOrda.Simulation.Checks;
using EOrda.Simulation.Cluster.Checks;
using EOrda.Simulation.Cluster.Nodes;
using EOrda.Simulation.Load;
using EOrda.Simulation.Worlds;

namespace EOrda.Simulation.Cluster.Load;

/// <summary>Those who look at queues: each asks a node for the order, the places, and what some applications are doing.</summary>
internal sealed class ClusterLooks(ClusterWorld world) : ILooks
{
    private const int MostApplications = 100;

    private readonly Dice dice = new(world.Seed, 9);
    private readonly List<ClusterSight> sights = [];

    /// <summary>How many looks were answered.</summary>
    public int Answered { get; private set; }

    /// <summary>What was seen of a queue since the last time, in the order of its instants.</summary>
    public IReadOnlyList<ClusterSight> TakeOf(string entity)
    {
        ClusterSight[] taken = [.. sights.Where(sight => sight.Entity == entity).OrderBy(sight => sight.At)];
        sights.RemoveAll(sight => sight.Entity == entity);
        return taken;
    }

    /// <inheritdoc/>
    public void At(QueueKey queue, Town town, bool all = false)
    {
        var node = dice.Of(world.Nodes);
        if (!node.IsUp)
        {
            return;
        }

        var names = town.Applications.Where(one => one.Queue == queue).Select(one => one.Name).ToList();
        IReadOnlyList<string> asked = [.. names.TakeLast(all ? MostApplications : 3)];
        node.Run(() => _ = Look(node, queue, asked));
    }

    private async Task Look(SimulatedNode node, QueueKey queue, IReadOnlyList<string> applications)
    {
        var entity = EntityNames.Of(queue);
        var before = world.Sharding.CertaintyOf(entity);
        try
        {
            var order = await node.Door.Query(queue, new OrderQuery(1, PageSize.Most));
            var places = await node.Door.Query(queue, new PlacesQuery(0, PageSize.Most));
            var states = applications.Count > 0 ? await node.Door.Query(queue, new StatesQuery(applications)) : null;
            world.Note($"seen {queue} by {node.Number}");

            // An instance that is not the only one may show what was.
            if (before is null || world.Sharding.CertaintyOf(entity) != before)
            {
                return;
            }

            Answered++;
            sights.Add(new ClusterSight(entity, order.At, [(ModelLines.Order(queue, order.At), AnswerLines.OfOrder(order.Applications))]));
            sights.Add(new ClusterSight(entity, places.At, [(ModelLines.Places(queue, places.At), AnswerLines.OfPlaces(places.Places))]));
            if (states is not null)
            {
                sights.Add(new ClusterSight(entity, states.At, Seen(queue, applications, states)));
            }
        }
        catch (Exception fault) when (fault is BusyException or NotRecordedException or OutcomeUnknownException)
        {
            // Whoever looks in vain looks again another time.
        }
    }

    private List<(string Question, string Seen)> Seen(QueueKey queue, IReadOnlyList<string> applications, ApplicationStates states)
    {
        var seen = new List<(string Question, string Seen)>();
        foreach (var (name, state) in applications.Zip(states.States))
        {
            if (state is null)
            {
                world.Fail("seen", $"{name} was filed in {queue} and is not seen there.");
            }
            else
            {
                seen.Add((ModelLines.Position(name, states.At), AnswerLines.Of(state)));
            }
        }

        return seen;
    }
}
