using Akka.Actor;

namespace EOrda.Actors.Routing;

/// <summary>Receives the replies to a node's requests.</summary>
internal sealed class CourierActor : UntypedActor, IWithTimers
{
    private static readonly TimeSpan SweepOften = TimeSpan.FromMilliseconds(100);
    private readonly Courier courier;
    private readonly TimeSpan sweepEvery;

    public CourierActor(Courier courier)
        : this(courier, SweepOften)
    {
    }

    /// <summary>Receives the replies and ends requests that have waited too long, so often.</summary>
    public CourierActor(Courier courier, TimeSpan sweepEvery) => (this.courier, this.sweepEvery) = (courier, sweepEvery);

    /// <inheritdoc/>
    public ITimerScheduler Timers { get; set; } = null!;

    /// <inheritdoc/>
    protected override void PreStart() => Timers.StartPeriodicTimer(nameof(Sweep), Sweep.Now, sweepEvery);

    /// <inheritdoc/>
    protected override void OnReceive(object message)
    {
        switch (message)
        {
            case Replies replies:
                foreach (var reply in replies.All)
                {
                    courier.Complete(reply);
                }

                break;
            case Sweep:
                courier.Sweep();
                break;
            default:
                Unhandled(message);
                break;
        }
    }

    private sealed class Sweep
    {
        public static readonly Sweep Now = new();
    }
}
