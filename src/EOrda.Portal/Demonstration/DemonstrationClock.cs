namespace EOrda.Portal.Demonstration;

/// <summary>
/// The real time and an offset. It runs at real speed and can jump forward, never back; timers whose time a jump passes go off at once.
/// Safe for use by several threads.
/// </summary>
internal sealed class DemonstrationClock(TimeProvider real, TimeSpan startOffset) : TimeProvider
{
    private readonly Lock gate = new();
    private readonly HashSet<DemonstrationTimer> timers = [];
    private readonly TimeSpan firstOffset = startOffset;
    private TimeSpan offset = startOffset;

    /// <summary>How far it is ahead of the real time (behind it, where negative).</summary>
    public TimeSpan Offset
    {
        get
        {
            lock (gate)
            {
                return offset;
            }
        }
    }

    /// <inheritdoc/>
    public override long TimestampFrequency => real.TimestampFrequency;

    /// <summary>True when it shows the real time.</summary>
    public bool IsRealTime => Offset.Duration() < TimeSpan.FromMilliseconds(2);

    /// <inheritdoc/>
    public override DateTimeOffset GetUtcNow() => real.GetUtcNow() + Offset;

    /// <summary>Jumps are time that has passed.</summary>
    public override long GetTimestamp() => real.GetTimestamp() + (long)((Offset - firstOffset).TotalSeconds * TimestampFrequency);

    /// <summary>Jumps to an instant; the clock stays as it is when that has passed already.</summary>
    public void JumpTo(DateTimeOffset instant)
    {
        DemonstrationTimer[] running;
        lock (gate)
        {
            var ahead = instant - (real.GetUtcNow() + offset);
            if (ahead <= TimeSpan.Zero)
            {
                return;
            }

            offset += ahead;
            running = [.. timers];
        }

        foreach (var timer in running)
        {
            timer.Rearm();
        }
    }

    /// <inheritdoc/>
    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new DemonstrationTimer(this, callback, state);
        timer.Change(dueTime, period);
        return timer;
    }

    private void Keep(DemonstrationTimer timer)
    {
        lock (gate)
        {
            timers.Add(timer);
        }
    }

    private void Forget(DemonstrationTimer timer)
    {
        lock (gate)
        {
            timers.Remove(timer);
        }
    }

    private sealed class DemonstrationTimer : ITimer
    {
        private readonly Lock gate = new();
        private readonly DemonstrationClock clock;
        private readonly ITimer timer;
        private long? due;
        private TimeSpan period = Timeout.InfiniteTimeSpan;

        public DemonstrationTimer(DemonstrationClock clock, TimerCallback callback, object? state)
        {
            this.clock = clock;
            timer = clock.RealTimer(_ =>
            {
                GoneOff();
                callback(state);
            });
        }

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            lock (gate)
            {
                this.period = period;
                due = dueTime == Timeout.InfiniteTimeSpan ? null : clock.GetTimestamp() + (long)(dueTime.TotalSeconds * clock.TimestampFrequency);
                Remember();
                return timer.Change(dueTime, period);
            }
        }

        /// <summary>The clock has jumped: what was due is so much nearer.</summary>
        public void Rearm()
        {
            lock (gate)
            {
                if (due is { } at)
                {
                    var left = TimeSpan.FromSeconds(Math.Max(0, at - clock.GetTimestamp()) / (double)clock.TimestampFrequency);
                    timer.Change(left, period);
                }
            }
        }

        public void Dispose()
        {
            clock.Forget(this);
            timer.Dispose();
        }

        public ValueTask DisposeAsync()
        {
            clock.Forget(this);
            return timer.DisposeAsync();
        }

        private void GoneOff()
        {
            lock (gate)
            {
                due = period == Timeout.InfiniteTimeSpan || period == TimeSpan.Zero ? null : clock.GetTimestamp() + (long)(period.TotalSeconds * clock.TimestampFrequency);
                Remember();
            }
        }

        private void Remember()
        {
            if (due is null)
            {
                clock.Forget(this);
            }
            else
            {
                clock.Keep(this);
            }
        }
    }

    private ITimer RealTimer(TimerCallback callback) => real.CreateTimer(callback, null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
}
