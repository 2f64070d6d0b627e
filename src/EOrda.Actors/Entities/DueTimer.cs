using EOrda.Queues.Time;

namespace EOrda.Actors.Entities;

/// <summary>Calls once at an instant of the node's clock, or sooner; setting it again replaces the instant.</summary>
internal sealed class DueTimer : IDisposable
{
    // Timers do not go further; one set later is called early and set again.
    private static readonly TimeSpan Furthest = TimeSpan.FromHours(12);

    private readonly ITimer timer;
    private Moment set = Moment.Never;
    private volatile bool isSpent;

    public DueTimer(TimeProvider time, Action call) => timer = time.CreateTimer(
        _ =>
        {
            isSpent = true;
            call();
        },
        state: null,
        Timeout.InfiniteTimeSpan,
        Timeout.InfiniteTimeSpan);

    public void Set(Moment at, Moment now)
    {
        if (at == set && at > now && !isSpent)
        {
            return;
        }

        set = at;
        isSpent = false;
        timer.Change(at == Moment.Never ? Timeout.InfiniteTimeSpan : Delay(at, now), Timeout.InfiniteTimeSpan);
    }

    /// <summary>The clock was set: what is left until the instant must be reckoned anew.</summary>
    public void Reset() => isSpent = true;

    public void Dispose() => timer.Dispose();

    private static TimeSpan Delay(Moment at, Moment now)
    {
        var milliseconds = Math.Clamp(at.UnixMilliseconds - now.UnixMilliseconds, 0, (long)Furthest.TotalMilliseconds);
        return TimeSpan.FromMilliseconds(milliseconds);
    }
}
