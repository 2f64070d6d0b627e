using EOrda.Queues.Time;

namespace EOrda.Simulation.Virtual;

/// <summary>
/// A clock that moves only when told to. Timers do not fire by themselves: <see cref="Advance"/> hands those that are due to the scheduler, in the order
/// of their instants. The time of day can be set apart from the timestamps, as an operator or a time server would.
/// </summary>
public sealed class VirtualTime(Moment start, Action<Action> schedule) : TimeProvider
{
    private readonly PriorityQueue<(Timer Timer, long Setting), (long Due, long Order)> due = new();
    private long ticks;
    private long offset = start.UnixMilliseconds * TimeSpan.TicksPerMillisecond;
    private long settings;
    private bool forgets;

    /// <inheritdoc/>
    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    /// <summary>The instant that the clock shows.</summary>
    public Moment Now => Moment.From(GetUtcNow());

    /// <inheritdoc/>
    public override long GetTimestamp() => ticks;

    /// <inheritdoc/>
    public override DateTimeOffset GetUtcNow() => DateTimeOffset.UnixEpoch.AddTicks(offset + ticks);

    /// <summary>How long until the next timer; null when none is set.</summary>
    public TimeSpan? UntilNextTimer()
    {
        while (due.TryPeek(out var next, out var when))
        {
            if (next.Timer.Setting == next.Setting)
            {
                return TimeSpan.FromTicks(Math.Max(0, when.Due - ticks));
            }

            due.Dequeue();
        }

        return null;
    }

    /// <summary>Lets time pass. Timers that come due on the way are scheduled at their own instants.</summary>
    public void Advance(TimeSpan by)
    {
        var end = ticks + by.Ticks;
        while (UntilNextTimer() is { } until && ticks + until.Ticks <= end)
        {
            ticks += until.Ticks;
            due.Dequeue().Timer.Fire();
        }

        ticks = end;
    }

    /// <summary>Sets the time of day forward or back; timestamps and timers do not notice.</summary>
    public void Step(TimeSpan by) => offset += by.Ticks;

    /// <summary>From now on timers that are set to call once do not call: a clock that is broken.</summary>
    public void ForgetSingleTimers()
    {
        forgets = true;
        foreach (var ((timer, _), _) in due.UnorderedItems)
        {
            timer.ForgetIfSingle();
        }
    }

    /// <inheritdoc/>
    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new Timer(this, () => callback(state));
        timer.Change(dueTime, period);
        return timer;
    }

    private sealed class Timer(VirtualTime time, Action call) : ITimer
    {
        private TimeSpan every;
        private bool disposed;

        public long Setting { get; private set; }

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            if (disposed)
            {
                return false;
            }

            every = period;
            Set(dueTime);
            return true;
        }

        public void Fire()
        {
            Setting = 0;
            if (every > TimeSpan.Zero)
            {
                Set(every);
            }

            time.Schedule(() =>
            {
                if (!disposed)
                {
                    call();
                }
            });
        }

        public void ForgetIfSingle() => Setting = every > TimeSpan.Zero ? Setting : 0;

        public void Dispose()
        {
            disposed = true;
            Setting = 0;
        }

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }

        private void Set(TimeSpan after)
        {
            Setting = 0;
            if (after >= TimeSpan.Zero && (every > TimeSpan.Zero || !time.forgets))
            {
                Setting = ++time.settings;
                time.due.Enqueue((this, Setting), (time.ticks + after.Ticks, Setting));
            }
        }
    }

    private void Schedule(Action call) => schedule(call);
}
