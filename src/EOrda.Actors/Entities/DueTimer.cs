using EOrda.Queues.Time;

namespace EOrda.Actors.Entities;

/// <summary>Calls once at an instant of the node's clock, or sooner; setting it again replaces the instant.</summary>
internal sealed class DueTimer : IDisposable
{
    // Timers do not go further; one set later is called early and set again.
    private static readonly TimeSpan Furthest = TimeSpan.FromHours(12);

    // The clock is read in whole milliseconds, timestamps are finer.
    private static readonly TimeSpan Same = TimeSpan.FromMilliseconds(2);

    private readonly TimeProvider time;
    private readonly ITimer timer;
    private Moment set = Moment.Never;
    private long callsAt;
    private volatile bool isRunning;

    public DueTimer(TimeProvider time, Action call)
    {
        this.time = time;
        timer = time.CreateTimer(
            _ =>
            {
                isRunning = false;
                call();
            },
            state: null,
            Timeout.InfiniteTimeSpan,
            Timeout.InfiniteTimeSpan);
    }

    public void Set(Moment at, Moment now)
    {
        var delay = at == Moment.Never ? Timeout.InfiniteTimeSpan : Delay(at, now);
        if (at == set && (at == Moment.Never || (isRunning && CallsWithin(delay))))
        {
            return;
        }

        set = at;
        callsAt = time.GetTimestamp() + (long)(delay.TotalSeconds * time.TimestampFrequency);
        isRunning = at != Moment.Never;
        timer.Change(delay, Timeout.InfiniteTimeSpan);
    }

    public void Dispose() => timer.Dispose();

    // After the clock was set forward it would call too late.
    private bool CallsWithin(TimeSpan delay) => time.GetElapsedTime(time.GetTimestamp(), callsAt) <= delay + Same;

    private static TimeSpan Delay(Moment at, Moment now)
    {
        var milliseconds = Math.Clamp(at.UnixMilliseconds - now.UnixMilliseconds, 0, (long)Furthest.TotalMilliseconds);
        return TimeSpan.FromMilliseconds(milliseconds);
    }
}
