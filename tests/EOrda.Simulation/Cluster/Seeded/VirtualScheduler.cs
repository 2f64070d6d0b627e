using Akka.Actor;
using Akka.Configuration;
using Akka.Dispatch;
using Akka.Event;
using EOrda.Simulation.Virtual;

namespace EOrda.Simulation.Cluster.Seeded;

/// <summary>Akka's timers in virtual time.</summary>
/// <remarks>Akka makes a scheduler before the system knows what it was set up with, so the time is handed over by <see cref="ForNextSystem"/>.</remarks>
internal sealed class VirtualScheduler(Config config, ILoggingAdapter log) : SchedulerBase(config, log)
{
    [ThreadStatic]
    private static VirtualTime? forNextSystem;

    private readonly VirtualTime time = forNextSystem ?? throw new InvalidOperationException("No time was handed over.");

    /// <inheritdoc/>
    public override TimeSpan MonotonicClock => TimeSpan.FromTicks(time.GetTimestamp());

    /// <inheritdoc/>
    public override TimeSpan HighResMonotonicClock => MonotonicClock;

    /// <inheritdoc/>
    protected override DateTimeOffset TimeNow => time.GetUtcNow();

    /// <summary>The time of the actor system that this thread makes next.</summary>
    public static void ForNextSystem(VirtualTime next) => forNextSystem = next;

    /// <inheritdoc/>
    protected override void InternalScheduleTellOnce(TimeSpan delay, ICanTell receiver, object message, IActorRef sender, ICancelable cancelable) =>
        Schedule(delay, every: null, () => receiver.Tell(message, sender), cancelable);

    /// <inheritdoc/>
    protected override void InternalScheduleTellRepeatedly(
        TimeSpan initialDelay, TimeSpan interval, ICanTell receiver, object message, IActorRef sender, ICancelable cancelable) =>
        Schedule(initialDelay, interval, () => receiver.Tell(message, sender), cancelable);

    /// <inheritdoc/>
    protected override void InternalScheduleOnce(TimeSpan delay, Action action, ICancelable cancelable) => Schedule(delay, every: null, action, cancelable);

    /// <inheritdoc/>
    protected override void InternalScheduleOnce(TimeSpan delay, IRunnable action, ICancelable cancelable) => Schedule(delay, every: null, action.Run, cancelable);

    /// <inheritdoc/>
    protected override void InternalScheduleRepeatedly(TimeSpan initialDelay, TimeSpan interval, Action action, ICancelable cancelable) =>
        Schedule(initialDelay, interval, action, cancelable);

    /// <inheritdoc/>
    protected override void InternalScheduleRepeatedly(TimeSpan initialDelay, TimeSpan interval, IRunnable action, ICancelable cancelable) =>
        Schedule(initialDelay, interval, action.Run, cancelable);

    private void Schedule(TimeSpan delay, TimeSpan? every, Action action, ICancelable? cancelable)
    {
        ITimer? timer = null;
        timer = time.CreateTimer(
            _ =>
            {
                if (cancelable is { IsCancellationRequested: true })
                {
                    timer?.Dispose();
                    return;
                }

                action();
            },
            state: null,
            delay,
            every ?? Timeout.InfiniteTimeSpan);
    }
}
