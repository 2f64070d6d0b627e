using EOrda.Queues.Names;
using EOrda.Queues.Time;

namespace EOrda.Actors.Country;

/// <summary>
/// Which queues are at rest and until when. In a round of 20 seconds each queue comes up once, and is to be woken unless it is at rest and nothing is due
/// before the next round. Nothing of this is persisted: after a recovery every queue is woken once.
/// </summary>
internal sealed class QueuesAtRest
{
    /// <summary>Parts of a round, one a second, so that not all queues are woken at once.</summary>
    public const int Parts = 20;

    // A round can come late.
    private static readonly TimeSpan Ahead = Horizon.WakeEvery * 1.25;

    private readonly List<Known> all = [];
    private readonly Dictionary<QueueKey, Known> known = [];
    private long lastWake;
    private int part;

    /// <summary>No queue is known.</summary>
    /// <param name="firstWake">The number of the first wake: higher than any that an earlier instance gave.</param>
    public QueuesAtRest(long firstWake) => lastWake = firstWake - 1;

    /// <summary>Adds a queue, which is woken from now on.</summary>
    public void Add(QueueKey queue)
    {
        var added = new Known(queue);
        all.Add(added);
        known.Add(queue, added);
    }

    /// <summary>The queue is in memory. False when it was never added.</summary>
    /// <param name="queue">The queue.</param>
    /// <param name="wake">The number of the wake that answers.</param>
    public bool TryAwaken(QueueKey queue, out long wake)
    {
        wake = 0;
        if (!known.TryGetValue(queue, out var one))
        {
            return false;
        }

        one.Rest = null;
        wake = Wake(one);
        return true;
    }

    /// <summary>The queue is about to be at rest. False when another wake was sent since the one after which it looked: it may have changed.</summary>
    public bool TryRest(QueueResting resting)
    {
        if (!known.TryGetValue(resting.Queue, out var one) || one.LastWake != resting.Wake)
        {
            return false;
        }

        one.Rest = new Rest(resting.Due, resting.HasPlaces);
        return true;
    }

    /// <summary>The queues that are to be woken in the next part of a round, each with the number of the wake.</summary>
    /// <param name="now">The instant.</param>
    /// <param name="release">When places of a locality are released next.</param>
    public IEnumerable<(QueueKey Queue, long Wake)> NextPart(Moment now, Func<string, Moment> release)
    {
        var before = now.Plus(Ahead);
        for (var i = part; i < all.Count; i += Parts)
        {
            var one = all[i];
            if (one.Rest is not { } rest || rest.Due < before || (rest.HasPlaces && release(one.Queue.Locality) < before.Plus(Horizon.WakeBeforeRelease)))
            {
                yield return (one.Queue, Wake(one));
            }
        }

        part = (part + 1) % Parts;
    }

    // It stays at rest until it says that it is awake: a wake can be lost.
    private long Wake(Known one) => one.LastWake = ++lastWake;

    private readonly record struct Rest(Moment Due, bool HasPlaces);

    private sealed class Known(QueueKey queue)
    {
        public QueueKey Queue { get; } = queue;

        public long LastWake { get; set; }

        public Rest? Rest { get; set; }
    }
}
