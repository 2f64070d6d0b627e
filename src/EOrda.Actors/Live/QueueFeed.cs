using EOrda.Queues;
using EOrda.Queues.Names;
using EOrda.Queues.Time;

namespace EOrda.Actors.Live;

/// <summary>
/// Who watches a queue and what they are told: changes are gathered and told at most once an interval, in numbered updates that all get alike.
/// The number is kept while the node runs; whoever connects anew takes a snapshot anew.
/// </summary>
internal sealed class QueueFeed(QueueKey key, NodeOptions options)
{
    private ILiveListener[] listeners = [];
    private long number;
    private long lastChange;
    private long lastUpdateAt;
    private bool hasUpdated;
    private bool reload;
    private LiveUpdate? update;

    /// <summary>True while somebody watches.</summary>
    public bool IsWatched => listeners.Length > 0;

    /// <summary>How many watch.</summary>
    public int Watches => listeners.Length;

    /// <summary>True when an update waits to be taken.</summary>
    public bool HasUpdate => update is not null;

    /// <summary>Adds a listener, which gets the updates after the snapshot that is given. In the queue's turn.</summary>
    /// <exception cref="BusyException">There are too many watches.</exception>
    public LiveSnapshot Add(ILiveListener listener, Queue queue, Moment at)
    {
        if (listeners.Length >= options.WatchesPerQueue)
        {
            throw new BusyException($"The queue {key} has {listeners.Length} watches already.", options.JournalPause);
        }

        if (listeners.Length == 0)
        {
            Begin(queue, watched: true);
        }

        listeners = [.. listeners, listener];
        return Snapshot(queue, at);
    }

    /// <summary>Takes a listener away. In the queue's turn.</summary>
    public void Remove(ILiveListener listener, Queue queue)
    {
        listeners = [.. listeners.Where(one => one != listener)];
        if (listeners.Length == 0)
        {
            queue.ForgetTouchedPlaces();
        }
    }

    /// <summary>The queue as it is, with the number of the update made last.</summary>
    public LiveSnapshot Snapshot(Queue queue, Moment at) =>
        new(key, number, at, queue.Counts, queue.Pattern, queue.LatestChange, [.. queue.PlacesAt(at)]);

    /// <summary>The queue's memory was recovered: whoever watched before must look anew.</summary>
    public void Begin(Queue queue)
    {
        if (IsWatched)
        {
            Begin(queue, watched: true);
            reload = true;
        }
    }

    /// <summary>The queue's memory was given up.</summary>
    public void Forget() => update = null;

    /// <summary>Makes an update of what has gathered, when the interval is over.</summary>
    public void Prepare(Queue queue, Moment at, long timestamp, TimeProvider time)
    {
        if (update is null && IsWatched && HasNews(queue) && Remaining(timestamp, time) <= TimeSpan.Zero)
        {
            update = Make(queue, at);
            (lastUpdateAt, hasUpdated) = (timestamp, true);
        }
    }

    /// <summary>Gives the update that was made, and who gets it.</summary>
    public (LiveUpdate Update, ILiveListener[] Listeners)? Take()
    {
        if (update is null)
        {
            return null;
        }

        var taken = (update, listeners);
        update = null;
        return taken;
    }

    /// <summary>When the next update is due; never when there is nothing to tell.</summary>
    public Moment NextUpdate(Queue queue, Moment now, long timestamp, TimeProvider time) =>
        IsWatched && HasNews(queue) ? new Moment(now.UnixMilliseconds + Math.Max(1, (long)Math.Ceiling(Remaining(timestamp, time).TotalMilliseconds))) : Moment.Never;

    private void Begin(Queue queue, bool watched)
    {
        if (watched)
        {
            queue.NoteTouchedPlaces();
        }

        lastChange = queue.LatestChange;
    }

    private bool HasNews(Queue queue) => reload || queue.HasTouchedPlaces || queue.LatestChange != lastChange;

    private TimeSpan Remaining(long timestamp, TimeProvider time) =>
        hasUpdated ? options.LiveInterval - time.GetElapsedTime(lastUpdateAt, timestamp) : TimeSpan.Zero;

    private LiveUpdate Make(Queue queue, Moment at)
    {
        var changes = queue.LatestChange - lastChange <= options.LiveChanges ? queue.ChangesFrom(lastChange + 1) : null;
        var told = new LiveUpdate(
            key,
            ++number,
            at,
            queue.Counts,
            queue.Pattern.Phase,
            lastChange + 1,
            reload ? [] : changes ?? [],
            [.. queue.TakeTouchedPlaces(at).Select(place => new NumberedPlace(place.Number, place.Place))],
            Reload: reload || changes is null);
        lastChange = queue.LatestChange;
        reload = false;
        return told;
    }
}
