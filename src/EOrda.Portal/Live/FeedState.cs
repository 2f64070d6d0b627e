using EOrda.Actors.Live;
using EOrda.Queues.Places;

namespace EOrda.Portal.Live;

/// <summary>A queue as its browsers have it: the node's snapshot and every update since. Safe for use by several threads.</summary>
internal sealed class FeedState
{
    private readonly Lock gate = new();
    private readonly List<EOrda.Queues.PlaceView> places = [];
    private LiveSnapshot latest;
    private LiveMessage? message;

    public FeedState(LiveSnapshot snapshot)
    {
        latest = snapshot;
        places.AddRange(snapshot.Places);
    }

    /// <summary>The number of the latest update that is contained.</summary>
    public long Number
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
                return message ??= LiveWriter.Write(latest, places);
            }
        }
    }

    /// <summary>Takes an update in, and gives it as it goes to the browsers.</summary>
    /// <returns>The message; null when the update does not follow or says itself that it is not enough: the state must be read anew.</returns>
    public LiveMessage? Take(LiveUpdate update)
    {
        lock (gate)
        {
            if (update.Reload || update.Number != latest.Number + 1)
            {
                return null;
            }

            var known = places.Count;
            foreach (var (number, place) in update.Places.OrderBy(p => p.Number))
            {
                if (number < places.Count)
                {
                    places[number] = place;
                }
                else if (number == places.Count)
                {
                    places.Add(place);
                }
                else
                {
                    return null;
                }
            }

            latest = latest with
            {
                Number = update.Number,
                At = update.At,
                Counts = update.Counts,
                Pattern = latest.Pattern with { Phase = update.Phase },
                LatestChange = update.Changes.Count == 0 ? latest.LatestChange : update.FirstChange + update.Changes.Count - 1,
            };
            message = null;
            return LiveWriter.Write(update, known);
        }
    }

    /// <summary>Begins anew from a snapshot, and gives what tells the browsers to do the same.</summary>
    public LiveMessage Restart(LiveSnapshot snapshot)
    {
        lock (gate)
        {
            latest = snapshot;
            places.Clear();
            places.AddRange(snapshot.Places);
            message = null;
            return LiveWriter.WriteReload(snapshot);
        }
    }
}
