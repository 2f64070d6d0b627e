using Akka.Actor;
using Akka.Event;
using EOrda.Actors.Hosting;
using EOrda.Actors.Routing;
using EOrda.Queues.Names;

namespace EOrda.Actors.Live;

/// <summary>
/// A node's watch of one queue, for all listeners of the node. Hears with each renewal the number of the last update, so that a lost one is noticed, the last
/// one too. Belongs to the <see cref="LiveRelayActor"/>.
/// </summary>
internal sealed class LiveRelay(QueueKey queue, EntityAddress address, IActorRef queues, IActorRef self, Courier courier, ActorsBounds bounds, ILoggingAdapter log)
{
    private readonly List<Listening> listening = [];
    private readonly List<BeginListening> waiting = [];
    private long last;
    private bool isAsking;

    /// <summary>True when nobody listens or waits to.</summary>
    public bool IsIdle => listening.Count == 0 && waiting.Count == 0;

    /// <summary>A listener comes; it hears updates from the next snapshot on.</summary>
    public void Begin(BeginListening begin)
    {
        if (listening.Count + waiting.Count >= bounds.WatchesPerQueue)
        {
            Reply(begin, new RequestFailure(FailureKind.Busy, bounds.RetryAfter, $"The queue {queue} has as many watches as it may."));
            return;
        }

        waiting.Add(begin);
        Ask();
    }

    /// <summary>A listener goes.</summary>
    public void End(Listening gone)
    {
        listening.Remove(gone);
        waiting.RemoveAll(begin => begin.Listening == gone);
    }

    /// <summary>Nobody listens any more.</summary>
    public void Stop() => queues.Tell(new UnwatchQueue(address, self), self);

    /// <summary>Renews the watch, or asks again for a snapshot that has not come.</summary>
    public void Renew()
    {
        var heard = waiting.Count > 0 || isAsking ? 0 : last;
        queues.Tell(new WatchQueue(address, self, heard), self);
    }

    /// <summary>A message of the queue has come.</summary>
    public void Take(ToRelay message)
    {
        switch (message)
        {
            // One of an instance that is no more, or one that came twice.
            case NewsOfQueue { Update.Number: var number } when number <= last:
            case WatchBegun { Snapshot.Number: var before } when before < last:
                break;
            case NewsOfQueue { Update: var update } when update.Number == last + 1:
                last = update.Number;
                Publish(update);
                break;
            case NewsOfQueue:
                Ask();
                break;
            case WatchBegun { Snapshot: var snapshot }:
                Start(snapshot);
                break;
            case WatchKept { Number: var number } when number > last:
                Ask();
                break;
            case WatchKept:
                break;
            case WatchRefused { Failure: var failure }:
                ReplyToAll(failure);
                break;
            case NothingToWatch:
                ReplyToAll(message);
                break;
            default:
                throw new ArgumentException($"Unknown message {message.GetType().Name}.", nameof(message));
        }
    }

    private void Ask()
    {
        if (!isAsking)
        {
            isAsking = true;
            queues.Tell(new WatchQueue(address, self, Heard: 0), self);
        }
    }

    // Those who listen already look anew when they missed something or the queue lives in another instance.
    private void Start(LiveSnapshot snapshot)
    {
        var isMissing = snapshot.Number != last;
        last = snapshot.Number;
        isAsking = false;
        if (isMissing)
        {
            Publish(new LiveUpdate(
                snapshot.Queue,
                snapshot.Number,
                snapshot.At,
                snapshot.Counts,
                snapshot.Pattern.Phase,
                snapshot.Available,
                snapshot.Window,
                snapshot.LatestChange + 1,
                [],
                [],
                Reload: true));
        }

        foreach (var begin in waiting)
        {
            listening.Add(begin.Listening);
            Reply(begin, snapshot);
        }

        waiting.Clear();
    }

    private void ReplyToAll(object content)
    {
        isAsking = false;
        waiting.ForEach(begin => Reply(begin, content));
        waiting.Clear();
    }

    private void Publish(LiveUpdate update)
    {
        foreach (var one in listening)
        {
            try
            {
                one.Listener.Publish(update);
            }
            catch (Exception fault)
            {
                log.Error(fault, "A listener of {0} threw", queue);
            }
        }
    }

    private void Reply(BeginListening begin, object content) => courier.Complete(new Reply(begin.Request, content));
}
