using Akka.Actor;

namespace EOrda.Actors.Persistence;

/// <summary>
/// While many pages of a node are closed, they are closed together, once in a few milliseconds: what a transaction costs grows with its pages, and in a moment
/// each entity gathers several records. Safe for use by many threads.
/// </summary>
internal sealed class Gathering : IDisposable
{
    private readonly Lock guard = new();
    private readonly ITimer timer;
    private readonly TimeProvider time;
    private readonly int atOnce;
    private readonly TimeSpan interval;
    private List<IActorRef> waiting = [];
    private long intervalBegan;
    private int closed;

    /// <summary>None is closed yet.</summary>
    /// <param name="atOnce">Pages of an interval that are closed at once; the others wait for its end.</param>
    /// <param name="interval">How long pages are gathered.</param>
    /// <param name="time">The clock.</param>
    public Gathering(int atOnce, TimeSpan interval, TimeProvider time)
    {
        this.atOnce = atOnce;
        this.interval = interval;
        this.time = time;
        timer = time.CreateTimer(_ => CloseAll(), state: null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Has the entity close its page: at once, behind what waits in its mailbox, or with the others.</summary>
    public void Close(IActorRef entity)
    {
        lock (guard)
        {
            if (waiting.Count > 0 || !MayCloseAtOnce())
            {
                waiting.Add(entity);
                if (waiting.Count == 1)
                {
                    timer.Change(interval, Timeout.InfiniteTimeSpan);
                }

                return;
            }
        }

        entity.Tell(ClosePage.Now, ActorRefs.NoSender);
    }

    /// <inheritdoc/>
    public void Dispose() => timer.Dispose();

    private bool MayCloseAtOnce()
    {
        var now = time.GetTimestamp();
        if (time.GetElapsedTime(intervalBegan, now) >= interval)
        {
            (intervalBegan, closed) = (now, 0);
        }

        return ++closed <= atOnce;
    }

    private void CloseAll()
    {
        List<IActorRef> now;
        lock (guard)
        {
            (now, waiting) = (waiting, []);
            (intervalBegan, closed) = (time.GetTimestamp(), now.Count);
        }

        foreach (var entity in now)
        {
            entity.Tell(ClosePage.Now, ActorRefs.NoSender);
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
