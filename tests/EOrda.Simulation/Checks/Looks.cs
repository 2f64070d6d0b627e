using EOrda.Actors;
using EOrda.Actors.Entities;
using EOrda.Queues;
using EOrda.Queues.Names;
using EOrda.Queues.Places;
using EOrda.Queues.Time;
using EOrda.Simulation.Load;
using EOrda.Simulation.Worlds;

namespace EOrda.Simulation.Checks;

/// <summary>What somebody saw of a queue: asked of the model at the same place in the order of decisions, it must be the same.</summary>
/// <param name="Entity">The queue's entity.</param>
/// <param name="Sequence">Its last record at that time.</param>
/// <param name="Step">The piece of work in which it was seen.</param>
/// <param name="At">The instant as of which.</param>
/// <param name="Seen">Questions, each with what was seen.</param>
internal sealed record Sight(string Entity, long Sequence, long Step, Moment At, IReadOnlyList<(string Question, string Seen)> Seen);

/// <summary>Those who look at queues.</summary>
internal sealed class Looks(World world) : ILooks
{
    private readonly List<Sight> sights = [];
    private readonly Dictionary<int, int> open = [];

    /// <summary>How many have not been answered yet by the process that there is now; a dead one answers none.</summary>
    public int Open => open.GetValueOrDefault(world.Process.Generation);

    /// <summary>What was seen since the last time, by those whose answers came.</summary>
    public IReadOnlyList<Sight> Take()
    {
        Sight[] taken = [.. sights];
        sights.Clear();
        return taken;
    }

    /// <summary>Looks at a queue: its order, its places, and some or all of the applications.</summary>
    public void At(QueueKey queue, Town town, bool all = false)
    {
        if (world.Process.Node is { } node)
        {
            var names = town.Applications.Where(one => one.Queue == queue).Select(one => one.Name).ToList();
            _ = Look(node, queue, all ? names : [.. names.TakeLast(3)]);
        }
    }

    private async Task Look(Node node, QueueKey queue, IReadOnlyList<string> applications)
    {
        var process = world.Process.Generation;
        open[process] = Open + 1;
        try
        {
            var sight = await node.Look(queue, (found, at) => See(node, found, at, applications));
            if (process == world.Process.Generation && !world.Process.IsDead)
            {
                world.Note($"seen {queue} {sight.Seen.Count}");
                sights.Add(sight);
            }
        }
        catch (Exception fault) when (fault is BusyException or NotRecordedException or OutcomeUnknownException)
        {
            // Whoever looks in vain looks again another time.
        }
        catch (Exception fault)
        {
            world.Fail("exception", $"A look at {queue}: {fault}");
        }
        finally
        {
            open[process]--;
        }
    }

    private Sight See(Node node, Queue queue, Moment at, IReadOnlyList<string> applications)
    {
        var seen = new List<(string Question, string Seen)>
        {
            (ModelLines.Order(queue.Key, at), AnswerLines.OfOrder(queue.OrderFrom(1, int.MaxValue))),
            (ModelLines.Places(queue.Key, at), AnswerLines.OfPlaces(queue.PlacesAt(at))),
        };
        foreach (var application in applications)
        {
            if (queue.Find(application) is { } state)
            {
                seen.Add((ModelLines.Position(application, at), AnswerLines.Of(state)));
            }
            else
            {
                world.Fail("seen", $"{application} was filed in {queue.Key} and is not seen there.");
            }
        }

        var name = EntityNames.Of(queue.Key);
        return new Sight(name, world.Order.Loaded(name)?.Memory.Sequence ?? 0, world.Order.Steps + 1, at, seen);
    }
}
