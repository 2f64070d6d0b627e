namespace EOrda.Simulation.Cluster.Seeded;

/// <summary>
/// What is ready to run on all nodes: mailboxes, timers and continuations. All of it runs on the simulation's own thread, one piece at a time, in an order
/// drawn from the seed.
/// </summary>
internal sealed class SeededWork
{
    private readonly Random random;
    private readonly SeededTasks ofWorld;
    private readonly List<(Life? Life, Action Work)> ready = [];
    private readonly Thread thread = Thread.CurrentThread;
    private volatile string? leak;

    /// <summary>Nothing is ready.</summary>
    public SeededWork(int seed)
    {
        random = new Random(seed);
        ofWorld = new SeededTasks(this, life: null);
    }

    /// <summary>How many pieces of work were run.</summary>
    public long Steps { get; private set; }

    /// <summary>The process whose work runs now; null while the world's own does.</summary>
    public Life? Running { get; private set; }

    /// <summary>Where work came from a thread that is not the simulation's: then no seed repeats anything. Null while that has not happened.</summary>
    public string? Leak => leak;

    /// <summary>Adds a piece of work of a process, or of the world's own with null.</summary>
    public void Add(Life? life, Action work)
    {
        if (Thread.CurrentThread != thread)
        {
            leak ??= Environment.StackTrace;
            throw new InvalidOperationException("Work came from a thread that the simulation does not run.");
        }

        if (life is not { IsOver: true })
        {
            ready.Add((life, work));
        }
    }

    /// <summary>Runs one piece of work.</summary>
    /// <returns>False when there was none.</returns>
    public bool RunOne()
    {
        if (ready.Count == 0)
        {
            return false;
        }

        var picked = random.Next(ready.Count);
        var (life, work) = ready[picked];
        ready[picked] = ready[^1];
        ready.RemoveAt(ready.Count - 1);
        Steps++;
        Running = life;
        try
        {
            (life?.Tasks ?? ofWorld).Run(work);
        }
        finally
        {
            Running = null;
        }

        return true;
    }

    /// <summary>A process died: its work is gone.</summary>
    public void Forget(Life life) => ready.RemoveAll(one => one.Life == life);
}
