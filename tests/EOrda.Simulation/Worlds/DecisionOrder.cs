using EOrda.Actors.Entities;

namespace EOrda.Simulation.Worlds;

/// <summary>
/// In which order the node's entities decided their records. Each entity's own order stands in the journal; the order between entities does not, and
/// is noted here: after each piece of work it is looked up which entities' sequences moved.
/// </summary>
internal sealed class DecisionOrder(World world)
{
    private const int RegisterShards = 64;

    private readonly Dictionary<(string Entity, long Sequence), (long Step, bool Jointly)> decided = [];
    private readonly List<Watched> watched = [];
    private readonly HashSet<string> names = [];

    /// <summary>How many pieces of work were done.</summary>
    public long Steps { get; private set; }

    /// <summary>When a record was decided: the piece of work, and whether by a joint turn at the end of another entity's.</summary>
    public (long Step, bool Jointly) Of(string entity, long sequence) => decided.GetValueOrDefault((entity, sequence));

    /// <summary>The node's names, for which queues there are.</summary>
    public void Know(IEnumerable<string> queues)
    {
        names.Add(EntityNames.Localities);
        names.UnionWith(Enumerable.Range(0, RegisterShards).Select(shard => $"register/{shard:D4}"));
        names.UnionWith(queues);
    }

    /// <summary>A process begins.</summary>
    public void Begin() => watched.Clear();

    /// <summary>The entity of a name, when it has its memory.</summary>
    public Entity? Loaded(string name) => watched.Find(one => one.Name == name)?.Entity is { IsLoaded: true } entity ? entity : null;

    /// <summary>A piece of work was done: the node's, or a caller's who may have been served at once.</summary>
    public void Observe(object? item, bool byCaller)
    {
        Steps++;
        if ((item is not Entity && !byCaller) || world.Process.Node is not { } node)
        {
            return;
        }

        if (watched.Count == 0)
        {
            watched.AddRange(names.Order(StringComparer.Ordinal).Select(name => new Watched(name)));
        }

        foreach (var one in watched)
        {
            one.Entity ??= node.FindEntity(one.Name);
            if (one.Entity is not { IsLoaded: true })
            {
                one.Memory = null;
                continue;
            }

            var memory = one.Entity.Memory;
            if (memory != one.Memory)
            {
                // Recovered since: what is on disk it has not decided anew.
                one.Memory = memory;
                one.Last = Math.Min(world.Disk.LastSequence(one.Name), memory.Sequence);
            }

            while (one.Last < memory.Sequence)
            {
                decided[(one.Name, ++one.Last)] = (Steps, item != one.Entity);
            }
        }
    }

    private sealed class Watched(string name)
    {
        public string Name { get; } = name;

        public Entity? Entity { get; set; }

        public EntityMemory? Memory { get; set; }

        public long Last { get; set; }
    }
}
