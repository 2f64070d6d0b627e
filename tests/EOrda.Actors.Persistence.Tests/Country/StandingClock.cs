using EOrda.Queues.Time;

namespace EOrda.Actors.Persistence.Tests.Country;

/// <summary>
/// A clock that moves only when told to, with its timers. A timer that came due several times on the way fires once. The time of day can be set apart
/// from the timestamps. Safe for use by many threads.
/// </summary>
internal sealed class StandingClock(DateTimeOffset start) : TimeProvider
{
    private readonly Lock guard = new();
    private readonly HashSet<Timer> timers = [];
    private long ticks;
    private long offset = start.UtcTicks;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public Moment Now => Moment.From(GetUtcNow());

    public override long GetTimestamp() => Volatile.Read(ref ticks);

    public override DateTimeOffset GetUtcNow() => new(Volatile.Read(ref offset) + GetTimestamp(), TimeSpan.Zero);

    /// <summary>Sets the time of day; timers do not notice.</summary>
    public void Step(TimeSpan by) => Interlocked.Add(ref offset, by.Ticks);

    public void Advance(TimeSpan by)
    {
        List<Timer> due;
        lock (guard)
        {
            ticks += by.Ticks;
            due = [.. timers.Where(timer => timer.Due <= ticks).OrderBy(timer => timer.Due)];
            foreach (var timer in due)
            {
                timer.Again(ticks);
            }
        }

        foreach (var timer in due)
        {
            timer.Fire();
        }
    }

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new Timer(this, callback, state);
        timer.Change(dueTime, period);
        return timer;
    }

    private sealed class Timer(StandingClock clock, TimerCallback callback, object? state) : ITimer
    {
        private TimeSpan period;

        public long Due { get; private set; }

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            lock (clock.guard)
            {
                clock.timers.Remove(this);
                this.period = period;
                if (dueTime >= TimeSpan.Zero)
                {
                    Due = clock.ticks + dueTime.Ticks;
                    clock.timers.Add(this);
                }
            }

            return true;
        }

        public void Again(long now)
        {
            if (period > TimeSpan.Zero)
            {
                Due = now + period.Ticks;
            }
            else
            {
                clock.timers.Remove(this);
            }
        }

        public void Fire() => callback(state);

        public void Dispose() => Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
