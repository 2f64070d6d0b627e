using EOrda.Actors.Entities;
using EOrda.Actors.Persistence;
using EOrda.Queues;
using EOrda.Queues.Steps;
using EOrda.Queues.Twins;
using EOrda.Simulation.Cluster.Seeded;
using EOrda.Simulation.Cluster.Stored;
using EOrda.Simulation.Worlds;

namespace EOrda.Simulation.Cluster.Worlds;

/// <summary>Does what goes wrong in a cluster, as often as the seed says, while it is switched on.</summary>
internal sealed class ClusterFaults(ClusterWorld world)
{
    private static readonly TimeSpan LongestDown = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan LongestDatabaseDown = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan LongestPartition = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan LongestTwoInstances = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan LongestSlow = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan ShortestStuck = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan LongestStuck = TimeSpan.FromSeconds(40);
    private static readonly TimeSpan NoticedAtLatest = TimeSpan.FromSeconds(8);
    private static readonly TimeSpan LongestStall = TimeSpan.FromMinutes(12);
    private static readonly TimeSpan FurthestForward = TimeSpan.FromMinutes(40);

    private readonly ClusterFaultSettings settings = world.Settings.Faults;
    private readonly SortedDictionary<string, int> done = new(StringComparer.Ordinal);
    private readonly Dictionary<Life, bool> committedThoughDead = [];
    private readonly Dictionary<CommandKey, long> stalledUntil = [];
    private long downUntil;

    /// <summary>The dice of everything that happens by itself.</summary>
    public Dice Dice { get; } = new(world.Seed, 4);

    /// <summary>True while things go wrong.</summary>
    public bool Are { get; private set; }

    /// <summary>How often each fault was done.</summary>
    public IReadOnlyDictionary<string, int> Done => done;

    /// <summary>Things begin to go wrong, for so long.</summary>
    public void Begin(TimeSpan during)
    {
        Are = true;
        Plan(settings.Restart, during, () => Do("restart", () => Dice.Of(world.Nodes).Die(TimeSpan.Zero)));
        Plan(settings.Partition, during, CutOff);
        Plan(settings.Move, during, () => WithEntity(entity => Do("move", () => world.Sharding.Move(entity))));
        Plan(settings.TwoInstances, during, () => WithEntity(entity => Do("two instances", () => world.Sharding.Double(entity, Dice.Between(TimeSpan.Zero, LongestTwoInstances)))));
        Plan(settings.DatabaseDown, during, () => Do("database down", () => downUntil = world.Ticks + Dice.Between(TimeSpan.Zero, LongestDatabaseDown).Ticks));
        Plan(settings.ClockStep, during, () => Do("clock step", () => world.StepClocks(Dice.Between(TimeSpan.FromMilliseconds(1), FurthestForward))));
    }

    /// <summary>Nothing more goes wrong; what is cut off comes back.</summary>
    public void End()
    {
        Are = false;
        downUntil = 0;
    }

    /// <summary>True so often, while things go wrong; counted.</summary>
    public bool Happens(string name, double probability)
    {
        if (!Are || !Dice.Chance(probability))
        {
            return false;
        }

        Count(name);
        return true;
    }

    /// <summary>A piece of work was done.</summary>
    public void AfterWork()
    {
        if (!Are)
        {
            return;
        }

        if (Happens("crash", settings.CrashAtWork))
        {
            Dice.Of(world.Nodes).Die(Dice.Between(TimeSpan.FromMilliseconds(1), LongestDown));
        }
        else if (Happens("entity throws", settings.Throw))
        {
            WithEntity(entity => world.Sharding.HomeOf(entity)?.Throw(entity));
        }
    }

    /// <summary>After how long the others notice that a node is gone.</summary>
    public TimeSpan NoticedAfter() => Dice.Between(TimeSpan.Zero, NoticedAtLatest);

    /// <summary>Whether a process stands still before it takes a step: for some minutes none of its steps arrives anywhere.</summary>
    public bool Stalls(ProcessStep step)
    {
        if (stalledUntil.TryGetValue(step.Key, out var until))
        {
            return Are && world.Ticks < until;
        }

        if (step is not (HoldTwins or CompleteEnrolment or KeepApplication or KeepPlace) || !Happens("process stalls", settings.ProcessStalls))
        {
            return false;
        }

        stalledUntil[step.Key] = world.Ticks + Dice.Between(TimeSpan.Zero, LongestStall).Ticks;
        return true;
    }

    /// <summary>What becomes of a transaction.</summary>
    public WriteFate FateOf(IReadOnlyList<StoredEvent> events)
    {
        var takes = Dice.Between(TimeSpan.Zero, world.Settings.WriteTime);
        if (world.Ticks < downUntil)
        {
            return new WriteFate(IsStored: false, new PageNotStoredException("The database is down."), takes, TimeSpan.Zero);
        }

        if (Happens("write refused", settings.WriteRefused))
        {
            return new WriteFate(IsStored: false, new PageNotStoredException("The database is full."), takes, TimeSpan.Zero);
        }

        if (Happens("write failed", settings.WriteFailed))
        {
            return new WriteFate(IsStored: false, new IOException("The database failed."), takes, TimeSpan.Zero);
        }

        if (Happens("write unreported", settings.WriteUnreported))
        {
            return new WriteFate(IsStored: true, new IOException("The connection broke in the commit."), takes, takes);
        }

        if (Happens("write stuck", settings.WriteStuck))
        {
            // Whoever waits hears that it failed before it is stored.
            return new WriteFate(IsStored: true, new TimeoutException("The database does not answer."), Dice.Between(ShortestStuck, LongestStuck), TimeSpan.Zero);
        }

        return new WriteFate(
            IsStored: true,
            Fault: null,
            Happens("write slow", settings.WriteSlow) ? Dice.Between(TimeSpan.Zero, LongestSlow) : takes,
            Dice.Between(TimeSpan.Zero, world.Settings.WriteTime));
    }

    /// <summary>Whether what a process had on its way when it died is committed all the same.</summary>
    public bool IsCommittedThough(Life dead)
    {
        if (!committedThoughDead.TryGetValue(dead, out var committed))
        {
            committedThoughDead[dead] = committed = Dice.Chance(0.5);
        }

        return committed;
    }

    /// <summary>How long a read takes.</summary>
    public TimeSpan ReadTakes() => Dice.Between(TimeSpan.Zero, world.Settings.ReadTime);

    /// <summary>Why a read fails; null when it does not.</summary>
    public Exception? ReadFails(string entity) =>
        world.Ticks < downUntil || Happens("read error", settings.ReadError) ? new IOException($"{entity} could not be read.") : null;

    /// <summary>Whether a snapshot is not saved or not deleted.</summary>
    public bool SnapshotFails() => world.Ticks < downUntil || Happens("snapshot error", settings.SnapshotError);

    /// <summary>Which of an entity's snapshots is found: the latest, an older one or none.</summary>
    public StoredSnapshot? SnapshotFound(IReadOnlyList<StoredSnapshot> all) => all.Count == 0
        ? null
        : !Happens("old snapshot", settings.SnapshotError) ? all[^1]
        : Dice.Chance(0.5) ? Dice.Of(all) : null;

    private void CutOff()
    {
        if (world.Nodes.Count < 3 || world.Partition.CutOff is not null)
        {
            return;
        }

        var node = Dice.Of(world.Nodes);
        if (!node.IsUp)
        {
            return;
        }

        Do("partition", () =>
        {
            world.Sharding.Doubt();
            world.Partition.Begin(node.Number, world.Sharding.EntitiesOn(node.Number));
            world.After(NoticedAfter(), () => world.Sharding.NodeIsGone(node.Number));
        });

        // The smaller part gives up: the node goes down and joins anew.
        world.After(NoticedAtLatest + Dice.Between(TimeSpan.Zero, LongestPartition), () =>
        {
            world.Note($"node {node.Number} is not cut off any more");
            node.Die(TimeSpan.Zero);
            world.Partition.End();
        });
    }

    private void WithEntity(Action<string> fault)
    {
        // Most entities are buckets of the register, of which hardly one is busy.
        var entities = world.Sharding.Entities.ToList();
        if (Dice.Chance(0.7))
        {
            entities.RemoveAll(EntityNames.IsRegister);
        }

        if (entities.Count > 0)
        {
            fault(Dice.Of(entities));
        }
    }

    private void Plan(double timesAnHour, TimeSpan during, Action fault)
    {
        if (timesAnHour > 0)
        {
            for (var at = Next(); at < during; at += Next())
            {
                world.After(at, () =>
                {
                    if (Are)
                    {
                        fault();
                    }
                });
            }
        }

        TimeSpan Next() => Dice.Between(TimeSpan.FromMilliseconds(1), TimeSpan.FromHours(2 / timesAnHour));
    }

    private void Do(string name, Action fault)
    {
        Count(name);
        world.Note(name);
        fault();
    }

    private void Count(string name) => done[name] = done.GetValueOrDefault(name) + 1;
}
