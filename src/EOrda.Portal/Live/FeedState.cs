using EOrda.Actors.Live;
using EOrda.Portal.Queues;
using EOrda.Queues;
using EOrda.Queues.Order;

namespace EOrda.Portal.Live;

/// <summary>A queue as its browsers have it: the node's snapshot and every update since. Safe for use by several threads.</summary>
/// <remarks>
/// A feed that is slower than the node tells several of the node's updates as one, so it has numbers of its own: they begin with the node's number and never
/// run ahead of it, and a feed that is opened anew goes on above all that were told before.
/// </remarks>
internal sealed class FeedState
{
    // More would be longer than a snapshot is for most queues.
    private const int MostChanges = 1_000;

    private readonly Lock gate = new();
    private readonly List<PlaceView> places = [];
    private readonly SortedSet<int> changed = [];
    private readonly LiveWriter writer;
    private LiveSnapshot latest;
    private long told;
    private LiveMessage? message;

    /// <summary>A feed that begins with a snapshot.</summary>
    /// <param name="feed">The number that updates name the feed by.</param>
    /// <param name="snapshot">The queue as the feed begins.</param>
    public FeedState(long feed, LiveSnapshot snapshot)
    {
        writer = new LiveWriter(feed, snapshot.At);
        latest = snapshot;
        told = snapshot.Number;
        places.AddRange(Shown(snapshot));
    }

    /// <summary>The number of the node's latest update that is contained.</summary>
    public long Contained
    {
        get
        {
            lock (gate)
            {
                return latest.Number;
            }
        }
    }

    /// <summary>The state as it goes to a browser; written once for each number.</summary>
    public LiveMessage Message
    {
        get
        {
            lock (gate)
            {
                return message ??= writer.Snapshot(told, latest, places);
            }
        }
    }

    /// <summary>Takes updates of the node in, and gives them as one as it goes to the browsers.</summary>
    /// <param name="updates">At least one, in their order.</param>
    /// <returns>The message; null when an update does not follow or says itself that it is not enough: the state must be read anew.</returns>
    public LiveMessage? Take(IReadOnlyList<LiveUpdate> updates)
    {
        lock (gate)
        {
            var (known, before) = (places.Count, latest);
            changed.Clear();
            if (Follow(updates) is not { } changes)
            {
                return null;
            }

            var last = updates[^1];
            latest = latest with
            {
                Number = last.Number,
                At = last.At,
                Counts = last.Counts,
                Pattern = latest.Pattern with { Phase = last.Phase },
                LatestChange = latest.LatestChange + changes.Count,
                Available = last.Available,
                Window = last.Window,
            };
            message = null;
            return writer.Update(new BrowserUpdate(
                ++told,
                last.At,
                updates[0].At,
                last.Window,
                before.Window,
                changes,
                [.. changed.Select(number => new NumberedPlace(number, places[number]))],
                known));
        }
    }

    /// <summary>Begins anew from a snapshot, and gives what tells the browsers to do the same.</summary>
    public LiveMessage Restart(LiveSnapshot snapshot)
    {
        lock (gate)
        {
            latest = snapshot;
            places.Clear();
            places.AddRange(Shown(snapshot));
            message = null;
            return writer.Reload(++told, snapshot.At);
        }
    }

    private static IEnumerable<PlaceView> Shown(LiveSnapshot snapshot) => snapshot.Places.Select(place => ShownPlace.Of(snapshot.Queue, place));

    // The changes of the order that are new; null leaves places half changed, and they are then read anew. A snapshot may contain changes that the update
    // after it tells as well.
    private List<OrderChange>? Follow(IReadOnlyList<LiveUpdate> updates)
    {
        var number = latest.Number;
        var changes = new List<OrderChange>();
        foreach (var update in updates)
        {
            var next = latest.LatestChange + changes.Count + 1;
            if (update.Reload || update.Number != ++number || update.FirstChange > next)
            {
                return null;
            }

            changes.AddRange(update.Changes.Skip((int)(next - update.FirstChange)));
            if (changes.Count > MostChanges || !TakePlaces(update.Places))
            {
                return null;
            }
        }

        return changes;
    }

    private bool TakePlaces(IReadOnlyList<NumberedPlace> updated)
    {
        foreach (var (at, changedTo) in updated.OrderBy(p => p.Number))
        {
            var place = ShownPlace.Of(latest.Queue, changedTo);
            if (at < places.Count)
            {
                // What looks the same as before is not told: that something happened would tell.
                if (places[at] == place)
                {
                    continue;
                }

                places[at] = place;
            }
            else if (at == places.Count)
            {
                places.Add(place);
            }
            else
            {
                return false;
            }

            changed.Add(at);
        }

        return true;
    }
}
