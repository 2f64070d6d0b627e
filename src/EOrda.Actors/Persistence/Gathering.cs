using Akka.Actor;

namespace EOrda.Actors.Persistence;

/// <summary>
/// When many entities of a node persist at once, their pages are closed together, once in a few milliseconds: what a transaction costs grows with its pages,
/// and in a moment each entity gathers several records. Safe for use by many threads.
/// </summary>
internal sealed class Gathering : IDisposable
{
    private readonly Lock guard = new();
    private readonly ITimer timer;
    private readonly int from;
    private readonly TimeSpan interval;
    private List<IActorRef> waiting = [];
    private int writing;

    /// <summary>Nothing is written yet.</summary>
    /// <param name="from">Entities that persist at once from which on pages are gathered.</param>
    /// <param name="interval">How long they are gathered.</param>
    /// <param name="time">The clock.</param>
    public Gathering(int from, TimeSpan interval, TimeProvider time)
    {
        this.from = from;
        this.interval = interval;
        timer = time.CreateTimer(_ => CloseAll(), state: null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>How many pages are on their way to the database.</summary>
    public int Writing => Volatile.Read(ref writing);

    /// <summary>A page goes to the database.</summary>
    public void Begin() => Interlocked.Increment(ref writing);

    /// <summary>A page is stored, or has failed.</summary>
    public void End() => Interlocked.Decrement(ref writing);

    /// <summary>Has the entity close its page: at once, behind what waits in its mailbox, or with the others.</summary>
    public void Close(IActorRef entity)
    {
        if (Writing < from)
        {
            entity.Tell(ClosePage.Now);
            return;
        }

        lock (guard)
        {
            waiting.Add(entity);
            if (waiting.Count == 1)
            {
                timer.Change(interval, Timeout.InfiniteTimeSpan);
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose() => timer.Dispose();

    private void CloseAll()
    {
        List<IActorRef> now;
        lock (guard)
        {
            (now, waiting) = (waiting, []);
        }

        foreach (var entity in now)
        {
            entity.Tell(ClosePage.Now);
        }
    }
}

/// <summary>Tells an entity to close its page and persist it.</summary>
internal sealed class ClosePage
{
    /// <summary>The one message.</summary>
    public static readonly ClosePage Now = new();

    private ClosePage()
    {
    }
}
