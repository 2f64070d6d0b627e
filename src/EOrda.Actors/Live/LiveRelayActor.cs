using Akka.Actor;
using Akka.Event;
using EOrda.Actors.Hosting;
using EOrda.Actors.Routing;
using EOrda.Queues.Names;

namespace EOrda.Actors.Live;

/// <summary>
/// The relay of a node: keeps one watch of each queue that somebody on the node watches, and hands the updates on. One actor for all queues, so that a
/// listener that comes never meets a relay that stops; an update costs it a call to each listener.
/// </summary>
internal sealed class LiveRelayActor : UntypedActor, IWithTimers
{
    private readonly Dictionary<QueueKey, LiveRelay> relays = [];
    private readonly IActorRef queues;
    private readonly Courier courier;
    private readonly ActorsBounds bounds;

    /// <summary>Nobody watches yet.</summary>
    /// <param name="queues">The region of the queues.</param>
    /// <param name="courier">Has those who wait for the beginning of a watch.</param>
    /// <param name="bounds">The bounds.</param>
    public LiveRelayActor(IActorRef queues, Courier courier, ActorsBounds bounds)
    {
        this.queues = queues;
        this.courier = courier;
        this.bounds = bounds;
    }

    /// <inheritdoc/>
    public ITimerScheduler Timers { get; set; } = null!;

    /// <inheritdoc/>
    protected override void PreStart() => Timers.StartPeriodicTimer(nameof(Renew), Renew.Now, bounds.WatchRenewal);

    /// <inheritdoc/>
    protected override void OnReceive(object message)
    {
        switch (message)
        {
            case ToRelay told:
                Take(told);
                break;
            case BeginListening begin:
                RelayOf(begin.Listening).Begin(begin);
                break;
            case EndListening end:
                End(end.Listening);
                break;
            case Renew:
                foreach (var relay in relays.Values)
                {
                    relay.Renew();
                }

                break;
            default:
                Unhandled(message);
                break;
        }
    }

    // A message of a watch that has ended finds nobody.
    private void Take(ToRelay message)
    {
        if (relays.TryGetValue(message.Queue, out var relay))
        {
            relay.Take(message);
            StopWhenIdle(message.Queue, relay);
        }
    }

    private void End(Listening gone)
    {
        if (relays.TryGetValue(gone.Queue, out var relay))
        {
            relay.End(gone);
            StopWhenIdle(gone.Queue, relay);
        }
    }

    private void StopWhenIdle(QueueKey queue, LiveRelay relay)
    {
        if (relay.IsIdle)
        {
            relays.Remove(queue);
            relay.Stop();
        }
    }

    private LiveRelay RelayOf(Listening listening)
    {
        if (!relays.TryGetValue(listening.Queue, out var relay))
        {
            relays[listening.Queue] = relay = new LiveRelay(listening.Queue, listening.Address, queues, Self, courier, bounds, Context.GetLogger());
        }

        return relay;
    }

    private sealed class Renew : INoSerializationVerificationNeeded
    {
        public static readonly Renew Now = new();
    }
}
