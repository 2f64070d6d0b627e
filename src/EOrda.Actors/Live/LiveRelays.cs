using Akka.Actor;
using EOrda.Actors.Routing;
using EOrda.Queues.Names;

namespace EOrda.Actors.Live;

/// <summary>The watches of a node: what the door asks for is answered by the node's <see cref="LiveRelayActor"/>. Safe for use by many threads.</summary>
internal sealed class LiveRelays(EntityAddress.Book addresses, Courier courier)
{
    private static readonly NobodyListens Nobody = new();
    private int watches;

    /// <summary>How many watches run.</summary>
    public int Watches => Volatile.Read(ref watches);

    /// <summary>The node's relay; set when the actor system is there.</summary>
    public IActorRef Address { get; set; } = ActorRefs.Nobody;

    /// <summary>
    /// Begins a watch: a numbered snapshot, and each later update to the listener until the watch is disposed of. Each update has the next number, except one
    /// that calls to reload (<see cref="LiveUpdate.Reload"/>): updates were lost or the queue has moved, and a snapshot with that number or a later one is needed.
    /// </summary>
    /// <exception cref="ArgumentException">Nothing was ever filed or freed in the queue.</exception>
    /// <exception cref="BusyException">A bound is reached.</exception>
    /// <exception cref="OutcomeUnknownException">No reply came in time.</exception>
    public async ValueTask<LiveWatch> Watch(QueueKey queue, ILiveListener listener, CancellationToken cancel)
    {
        var listening = new Listening(queue, addresses.Of(queue), listener);
        var request = courier.Begin(listening.Address.Waiting, out var reply);
        Address.Tell(new BeginListening(listening, request.Number));
        try
        {
            var begun = await reply.AsTask().WaitAsync(cancel) as LiveSnapshot ?? throw new ArgumentException($"Nothing was ever filed or freed in {queue}.", nameof(queue));
            Interlocked.Increment(ref watches);
            return new LiveWatch(begun, Once(() =>
            {
                Interlocked.Decrement(ref watches);
                Address.Tell(new EndListening(listening));
            }));
        }
        catch
        {
            Address.Tell(new EndListening(listening));
            throw;
        }
    }

    /// <summary>A fresh snapshot, numbered as the updates are.</summary>
    /// <exception cref="ArgumentException">Nothing was ever filed or freed in the queue.</exception>
    /// <exception cref="BusyException">A bound is reached.</exception>
    /// <exception cref="OutcomeUnknownException">No reply came in time.</exception>
    public async ValueTask<LiveSnapshot> Snapshot(QueueKey queue, CancellationToken cancel)
    {
        using var watch = await Watch(queue, Nobody, cancel);
        return watch.Snapshot;
    }

    private static Action Once(Action end)
    {
        var ended = 0;
        return () =>
        {
            if (Interlocked.Exchange(ref ended, 1) == 0)
            {
                end();
            }
        };
    }

    private sealed class NobodyListens : ILiveListener
    {
        public void Publish(LiveUpdate update)
        {
            // Only the snapshot was asked for.
        }
    }
}
