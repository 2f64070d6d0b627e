using EOrda.Actors.Telemetry;
using EOrda.Queues;
using EOrda.Queues.Time;
using EOrda.Simulation.Cluster.Checks;
using EOrda.Simulation.Cluster.Mutants;
using EOrda.Simulation.Cluster.Nodes;
using EOrda.Simulation.Cluster.Seeded;
using EOrda.Simulation.Cluster.Stored;
using EOrda.Simulation.Cluster.Worlds;
using EOrda.Simulation.Worlds;

namespace EOrda.Simulation.Cluster;

/// <summary>
/// The world that the nodes live in: one thread, one time, one database, the network between them, and what is to happen when. The world's time only goes
/// forward; the clocks that the nodes read may be set.
/// </summary>
internal sealed class ClusterWorld : IStage, IDisposable
{
    private const long MostWork = 20_000_000;

    private readonly PriorityQueue<Action, (long Ticks, long Order)> agenda = new();
    private readonly Dice dice;
    private long ordered;
    private long done;

    public ClusterWorld(int seed, ClusterSettings settings, ClusterMutant mutant, Moment start)
    {
        (Seed, Settings, Mutant, Start) = (seed, settings, mutant, start);
        dice = new Dice(seed, 3);
        Work = new SeededWork(seed);
        Stored = new StoredJournal { IsUnique = mutant.HasUniqueIndex };
        Records = new StoredRecords(this);
        Stored.Committed = Records.Committed;
        Faults = new ClusterFaults(this);
        Network = new Network(this);
        Sharding = new Sharding(this);
        Nodes = [.. Enumerable.Range(0, settings.Nodes).Select(number => new SimulatedNode(this, number))];
        LatestClock = start;
    }

    /// <inheritdoc/>
    public int Seed { get; }

    public ClusterSettings Settings { get; }

    /// <summary>The deliberate bug in this world, or none.</summary>
    public ClusterMutant Mutant { get; }

    /// <summary>The instant at which everything begins.</summary>
    public Moment Start { get; }

    public Trace Trace { get; } = new();

    public SeededWork Work { get; }

    /// <summary>What the database has.</summary>
    public StoredJournal Stored { get; }

    /// <summary>What the nodes measure; nobody looks.</summary>
    public NodeMetrics Metrics { get; } = new(() => []);

    /// <summary>What was set up and amended in the localities, for the model.</summary>
    public LocalityLines LocalityLines { get; } = new();

    /// <summary>What the database has, read record by record.</summary>
    public StoredRecords Records { get; }

    public ClusterFaults Faults { get; }

    public Network Network { get; }

    public Partition Partition { get; } = new();

    public Sharding Sharding { get; }

    public IReadOnlyList<SimulatedNode> Nodes { get; }

    /// <summary>The world's time.</summary>
    public long Ticks { get; private set; }

    /// <inheritdoc/>
    public Moment Clock => Nodes[0].Time.Now;

    /// <summary>The latest that a clock ever showed.</summary>
    public Moment LatestClock { get; private set; }

    /// <summary>The first thing found wrong.</summary>
    public Failure? Failure { get; private set; }

    /// <summary>The command that a caller meant by a key; the one that was sent may be a mutant's.</summary>
    public Func<CommandKey, Command?> RightCommand { get; set; } = _ => null;

    /// <summary>Something is wrong: the simulation ends.</summary>
    public void Fail(string check, string message)
    {
        if (Failure is null)
        {
            Failure = new Failure(check, message);
            Note($"FAILED {check}: {message}");
        }
    }

    /// <inheritdoc/>
    public void Note(string happened) => Trace.Add($"{Work.Steps} {Clock} {happened}");

    /// <inheritdoc/>
    public void After(TimeSpan span, Action action) => agenda.Enqueue(action, (Ticks + Math.Max(0, span.Ticks), ++ordered));

    /// <inheritdoc/>
    public void When(Moment at, Action action) => After(TimeSpan.FromMilliseconds(at.UnixMilliseconds - Clock.UnixMilliseconds), action);

    /// <summary>Has something happen after a while, among what else is ready then.</summary>
    public void Soon(TimeSpan span, Action action)
    {
        if (span <= TimeSpan.Zero)
        {
            Work.Add(life: null, action);
        }
        else
        {
            After(span, () => Work.Add(life: null, action));
        }
    }

    /// <summary>Sets the clocks of all nodes.</summary>
    public void StepClocks(TimeSpan by)
    {
        foreach (var node in Nodes)
        {
            node.Time.Step(by);
        }

        Note($"clocks set by {by}");
        NoteClock();
    }

    /// <summary>Lets so much time pass, with everything that happens meanwhile.</summary>
    public void RunFor(TimeSpan span) => Run(Ticks + span.Ticks, () => false);

    /// <summary>Runs until something holds.</summary>
    /// <returns>False when it does not within the time.</returns>
    public bool RunUntil(Func<bool> holds, TimeSpan atMost)
    {
        Run(Ticks + atMost.Ticks, holds);
        return holds();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Trace.Dispose();
        Metrics.Dispose();
    }

    private void Run(long end, Func<bool> isDone)
    {
        while (Failure is null && !isDone())
        {
            if (Work.Leak is { } leak)
            {
                Fail("thread", leak);
                return;
            }

            if (DoOne())
            {
                continue;
            }

            var next = agenda.TryPeek(out _, out var planned) ? Math.Min(end, planned.Ticks) : end;
            foreach (var node in Nodes)
            {
                if (node.IsUp && node.Time.UntilNextTimer() is { } timer)
                {
                    next = Math.Min(next, Ticks + timer.Ticks);
                }
            }

            var before = Ticks;
            Advance(next - Ticks);
            if (before == end)
            {
                return;
            }
        }
    }

    private bool DoOne()
    {
        if (++done > MostWork)
        {
            Fail("rest", $"There is still work after {MostWork} pieces.");
            return true;
        }

        if (agenda.TryPeek(out var planned, out var when) && when.Ticks <= Ticks)
        {
            agenda.Dequeue();
            planned();
            return true;
        }

        if (!Work.RunOne())
        {
            return false;
        }

        Faults.AfterWork();
        if (dice.Chance(Settings.TickChance))
        {
            Advance(TimeSpan.TicksPerMillisecond);
        }

        return true;
    }

    private void Advance(long ticks)
    {
        Ticks += ticks;
        foreach (var node in Nodes)
        {
            node.Time.Advance(TimeSpan.FromTicks(ticks));
        }

        NoteClock();
    }

    private void NoteClock() => LatestClock = Moment.Max(LatestClock, Clock);
}
