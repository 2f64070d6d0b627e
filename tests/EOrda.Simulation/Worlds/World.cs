using EOrda.Queues.Time;
using EOrda.Simulation.Checks;
using EOrda.Simulation.Mutants;
using EOrda.Simulation.Virtual;

namespace EOrda.Simulation.Worlds;

/// <summary>What a check found wrong.</summary>
/// <param name="Check">Which check.</param>
/// <param name="Message">What it found.</param>
internal sealed record Failure(string Check, string Message);

/// <summary>
/// The world a node lives in: one thread, one time, one disk, the processes that come and go on it, and what is to happen when.
/// The world's time only goes forward; the clock that the node reads may be set.
/// </summary>
internal sealed class World : IStage, IDisposable
{
    private const long MostWork = 5_000_000;

    private readonly PriorityQueue<Action, (long Ticks, long Order)> agenda = new();
    private readonly Dice dice;
    private long ordered;
    private long work;

    public World(int seed, Settings settings, Mutant mutant, Moment start)
    {
        Seed = seed;
        Settings = settings;
        Mutant = mutant;
        dice = new Dice(seed, 3);
        Scheduler = new SeededScheduler(seed) { AfterWork = item => AfterWork(item, byCaller: false), Loses = item => mutant.Loses(item) };
        Journalled = new Journalled(this);
        Order = new DecisionOrder(this);
        Faults = new Faults(this);
        Process = new Process(this, start);
        LatestClock = start;
    }

    public int Seed { get; }

    public Settings Settings { get; }

    /// <summary>The deliberate bug in this world, or none.</summary>
    public Mutant Mutant { get; }

    public Trace Trace { get; } = new();

    public SeededScheduler Scheduler { get; }

    public VirtualDisk Disk { get; } = new();

    public Process Process { get; }

    public Faults Faults { get; }

    /// <summary>What the disk holds, read.</summary>
    public Journalled Journalled { get; }

    /// <summary>In which order the node decided what.</summary>
    public DecisionOrder Order { get; }

    /// <summary>The world's time.</summary>
    public long Ticks { get; private set; }

    /// <summary>What the node's clock shows.</summary>
    public Moment Clock => Process.Time.Now;

    /// <summary>The latest that the clock ever showed.</summary>
    public Moment LatestClock { get; private set; }

    /// <summary>How often the clock was set.</summary>
    public int ClockSets { get; private set; }

    /// <summary>The first thing found wrong.</summary>
    public Failure? Failure { get; private set; }

    /// <summary>Something is wrong: the simulation ends.</summary>
    public void Fail(string check, string message)
    {
        if (Failure is null)
        {
            Failure = new Failure(check, message);
            Note($"FAILED {check}: {message}");
        }
    }

    /// <summary>Notes an event.</summary>
    public void Note(string happened) => Trace.Add($"{Order.Steps} {Clock} {happened}");

    /// <summary>Has something happen after a while.</summary>
    public void After(TimeSpan span, Action action) => agenda.Enqueue(action, (Ticks + Math.Max(0, span.Ticks), ++ordered));

    /// <summary>Has something happen when the clock, as it goes now, shows an instant.</summary>
    public void When(Moment at, Action action) => After(TimeSpan.FromMilliseconds(at.UnixMilliseconds - Clock.UnixMilliseconds), action);

    /// <summary>Sets the clock.</summary>
    public void StepClock(TimeSpan by)
    {
        NoteClock();
        ClockSets++;
        Process.Time.Step(by);
        Mutant.ClockStepped(this, by);
        Note($"clock set by {by}");
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

    /// <summary>Lets a piece of work be done, or a millisecond pass.</summary>
    public void Step()
    {
        if (!DoOne())
        {
            Advance(TimeSpan.TicksPerMillisecond);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Trace.Dispose();
        Scheduler.Dispose();
    }

    private void Run(long end, Func<bool> done)
    {
        while (Failure is null && !done())
        {
            if (DoOne())
            {
                Process.Follow();
                continue;
            }

            var next = agenda.TryPeek(out _, out var planned) ? Math.Min(end, planned.Ticks) : end;
            if (Process.Time.UntilNextTimer() is { } timer)
            {
                next = Math.Min(next, Ticks + timer.Ticks);
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
        if (++work > MostWork)
        {
            Fail("rest", $"There is still work after {MostWork} pieces.");
            return true;
        }

        if (agenda.TryPeek(out var planned, out var when) && when.Ticks <= Ticks)
        {
            agenda.Dequeue();
            planned();
            AfterWork(null, byCaller: true);
            return true;
        }

        if (!Scheduler.RunOne())
        {
            return false;
        }

        if (dice.Chance(Settings.TickChance))
        {
            Advance(TimeSpan.TicksPerMillisecond);
        }

        return true;
    }

    private void Advance(long ticks)
    {
        Ticks += ticks;
        Process.Time.Advance(TimeSpan.FromTicks(ticks));
        NoteClock();
    }

    private void NoteClock() => LatestClock = Moment.Max(LatestClock, Clock);

    private void AfterWork(object? item, bool byCaller)
    {
        Order.Observe(item, byCaller);
        Faults.AfterWork();
    }
}
