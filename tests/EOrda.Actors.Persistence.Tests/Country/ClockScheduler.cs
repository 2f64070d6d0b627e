using System.Collections.Concurrent;
using Akka.Actor;
using Akka.Configuration;
using Akka.Dispatch;
using Akka.Event;

namespace EOrda.Actors.Persistence.Tests.Country;

/// <summary>Akka's timers on a test's clock, which the settings name.</summary>
internal sealed class ClockScheduler : SchedulerBase
{
    private static readonly ConcurrentDictionary<string, StandingClock> Clocks = new(StringComparer.Ordinal);
    private readonly StandingClock clock;

    public ClockScheduler(Config settings, ILoggingAdapter log)
        : base(settings, log) => clock = Clocks[settings.GetString("akka.test.clock")];

    public override TimeSpan MonotonicClock => TimeSpan.FromTicks(clock.GetTimestamp());

    public override TimeSpan HighResMonotonicClock => MonotonicClock;

    protected override DateTimeOffset TimeNow => clock.GetUtcNow();

    /// <summary>The settings of a system on a clock.</summary>
    public static string Settings(StandingClock clock)
    {
        var name = Guid.NewGuid().ToString("N");
        Clocks[name] = clock;
        return $"akka.test.clock = \"{name}\", akka.scheduler.implementation = \"{typeof(ClockScheduler).AssemblyQualifiedName}\"";
    }

    protected override void InternalScheduleTellOnce(TimeSpan delay, ICanTell receiver, object message, IActorRef sender, ICancelable cancelable) =>
        Schedule(delay, Timeout.InfiniteTimeSpan, () => receiver.Tell(message, sender), cancelable);

    protected override void InternalScheduleTellRepeatedly(TimeSpan initialDelay, TimeSpan interval, ICanTell receiver, object message, IActorRef sender, ICancelable cancelable) =>
        Schedule(initialDelay, interval, () => receiver.Tell(message, sender), cancelable);

    protected override void InternalScheduleOnce(TimeSpan delay, Action action, ICancelable cancelable) =>
        Schedule(delay, Timeout.InfiniteTimeSpan, action, cancelable);

    protected override void InternalScheduleOnce(TimeSpan delay, IRunnable action, ICancelable cancelable) =>
        Schedule(delay, Timeout.InfiniteTimeSpan, action.Run, cancelable);

    protected override void InternalScheduleRepeatedly(TimeSpan initialDelay, TimeSpan interval, Action action, ICancelable cancelable) =>
        Schedule(initialDelay, interval, action, cancelable);

    protected override void InternalScheduleRepeatedly(TimeSpan initialDelay, TimeSpan interval, IRunnable action, ICancelable cancelable) =>
        Schedule(initialDelay, interval, action.Run, cancelable);

    private void Schedule(TimeSpan delay, TimeSpan interval, Action action, ICancelable? cancelable)
    {
        ITimer? timer = null;
        timer = clock.CreateTimer(
            _ =>
            {
                if (cancelable?.IsCancellationRequested == true)
                {
                    timer?.Dispose();
                }
                else
                {
                    action();
                }
            },
            state: null,
            delay,
            interval);
        cancelable?.Token.Register(() => timer.Dispose());
    }
}
