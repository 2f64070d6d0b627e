using EOrda.Actors;

namespace EOrda.Simulation.Virtual;

/// <summary>
/// Runs everything on the caller's thread, in an order drawn from a seed: what could run next on several threads is a set here, and one of it is picked.
/// The same seed gives the same order.
/// </summary>
public sealed class SeededScheduler(int seed) : INodeScheduler
{
    private readonly Random random = new(seed);
    private readonly List<(Action Work, object? Item)> ready = [];
    private bool dead;

    /// <summary>Called after each piece of work with what it was: the node's work item, or null for work of the simulation's own.</summary>
    public Action<object?>? AfterWork { get; set; }

    /// <summary>Says which of the node's work items get lost; none by default.</summary>
    public Predicate<IThreadPoolWorkItem>? Loses { get; set; }

    /// <summary>How many pieces of work were run.</summary>
    public long Steps { get; private set; }

    /// <summary>True when nothing is ready to run.</summary>
    public bool IsIdle => ready.Count == 0;

    /// <inheritdoc/>
    public void Run(IThreadPoolWorkItem work) => Add(work);

    /// <inheritdoc/>
    public void RunJournal(IThreadPoolWorkItem work) => Add(work);

    /// <inheritdoc/>
    /// <remarks>Here all wait for each other anyway; it is only counted.</remarks>
    public void PauseJournal(TimeSpan pause) => JournalPauses++;

    /// <summary>How often the journal would have waited for more to gather.</summary>
    public int JournalPauses { get; private set; }

    /// <summary>True between <see cref="Die"/> and <see cref="Revive"/>.</summary>
    public bool IsDead => dead;

    /// <summary>Adds work of the simulation's own.</summary>
    public void Post(Action work)
    {
        if (!dead)
        {
            ready.Add((work, null));
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
        var (work, item) = ready[picked];
        ready[picked] = ready[^1];
        ready.RemoveAt(ready.Count - 1);
        Steps++;
        work();
        AfterWork?.Invoke(item);
        return true;
    }

    /// <summary>Runs until nothing is ready.</summary>
    /// <exception cref="InvalidOperationException">It does not come to rest within so many steps.</exception>
    public void RunAll(long atMost = 10_000_000)
    {
        for (var left = atMost; RunOne(); left--)
        {
            if (left == 0)
            {
                throw new InvalidOperationException($"There is still work after {atMost} steps.");
            }
        }
    }

    /// <summary>The process dies: what was ready is gone, and what its last work still starts comes to nothing.</summary>
    public void Die()
    {
        ready.Clear();
        dead = true;
    }

    /// <summary>Another process starts.</summary>
    public void Revive() => dead = false;

    /// <inheritdoc/>
    public void Dispose()
    {
    }

    private void Add(IThreadPoolWorkItem work)
    {
        if (!dead && Loses?.Invoke(work) != true)
        {
            ready.Add((work.Execute, work));
        }
    }
}
