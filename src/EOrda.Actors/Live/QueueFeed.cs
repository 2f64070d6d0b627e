using EOrda.Queues;
using EOrda.Queues.Names;
using EOrda.Queues.Time;
using Microsoft.Extensions.Logging;

namespace EOrda.Actors.Live;

/// <summary>
/// Who watches a queue and what they are told: changes are gathered and told at most once an interval, in numbered updates that all get alike.
/// The number is kept while the node runs; whoever connects anew takes a snapshot anew.
/// </summary>
internal sealed class QueueFeed(QueueKey key, NodeOptions options)
{
    private Watching[] watches = [];
    private long number;
    private long published;
    private long lastChange;
    private int lastRules;
    private LiveWindow lastWindow = LiveWindow.None;
    private Moment windowHoldsUntil = Moment.Never;
    private long lastUpdateAt;
    private bool hasUpdated;
    private bool reload;
    private LiveUpdate? update;

    /// <summary>True while somebody watches.</summary>
    public bool IsWatched => watches.Length > 0;

    /// <summary>How many watch.</summary>
    public int Watches => watches.Length;

    /// <summary>The number of the update made last; 0 before the first.</summary>
    public long LatestUpdate => number;

    /// <summary>True when an update waits to be taken.</summary>
    public bool HasUpdate => update is not null;

    /// <summary>Begins a watch, which gets the updates after the snapshot that is given. In the queue's turn.</summary>
    /// <exception cref="BusyException">There are too many watches.</exception>
    public LiveSnapshot Add(Watching watching, Queue queue, Moment at)
    {
        if (watches.Length >= options.WatchesPerQueue)
        {
            throw new BusyException($"The queue {key} has {watches.Length} watches already.", options.JournalPause);
        }

        if (!IsWatched)
        {
            Note(queue);
            NoteWindow(queue, at);
        }

        watches = [.. watches, watching];
        return LiveSnapshot.Of(queue, at, number);
    }

    /// <summary>Ends a watch. In the queue's turn.</summary>
    public void Remove(Watching watching, Queue queue)
    {
        watches = [.. watches.Where(one => one != watching)];
        if (!IsWatched)
        {
            queue.ForgetTouchedPlaces();
        }
    }

    /// <summary>The queue's memory was recovered: whoever watched before must look anew.</summary>
    public void Begin(Queue queue)
    {
        // Updates that did not reach the disk were never told; their numbers are given again.
        number = Volatile.Read(ref published);
        if (IsWatched)
        {
            Note(queue);
            reload = true;
        }
    }

    /// <summary>An update is on disk and goes out. Called by the journal's writer.</summary>
    public void Publish(LiveNews news, ILogger log)
    {
        Volatile.Write(ref published, news.Update.Number);
        foreach (var watching in news.Watches)
        {
            watching.Tell(news.Update, log);
        }
    }

    /// <summary>The queue's memory was given up.</summary>
    public void Forget() => update = null;

    /// <summary>Makes an update of what has gathered, when the interval is over.</summary>
    public void Prepare(Queue queue, Moment at, long timestamp, TimeProvider time)
    {
        if (update is not null || !IsWatched || Remaining(timestamp, time) > TimeSpan.Zero || !MayHaveNews(queue, at))
        {
            return;
        }

        var before = lastWindow;
        NoteWindow(queue, at);
        if (HasChanged(queue) || lastWindow != before)
        {
            update = Make(queue, at);
            (lastUpdateAt, hasUpdated) = (timestamp, true);
        }
    }

    /// <summary>Gives the update that was made, and who gets it.</summary>
    public LiveNews? Take()
    {
        if (update is null)
        {
            return null;
        }

        var taken = new LiveNews(this, update, watches);
        update = null;
        return taken;
    }

    /// <summary>When the next update is due, or the window may change by the clock alone; never when nobody watches.</summary>
    public Moment NextUpdate(Queue queue, Moment now, long timestamp, TimeProvider time)
    {
        if (!IsWatched)
        {
            return Moment.Never;
        }

        var earliest = new Moment(now.UnixMilliseconds + Math.Max(1, (long)Math.Ceiling(Remaining(timestamp, time).TotalMilliseconds)));
        return MayHaveNews(queue, now) ? earliest : Moment.Max(earliest, windowHoldsUntil);
    }

    private void Note(Queue queue)
    {
        queue.NoteTouchedPlaces();
        lastChange = queue.LatestChange;
    }

    // Whatever changes the window but the clock and the rules changes a place or the order too.
    private void NoteWindow(Queue queue, Moment at)
    {
        lastWindow = LiveWindow.Of(queue, at);
        lastRules = queue.RulesAdopted;
        windowHoldsUntil = queue.WindowChangesBy(at);
    }

    private bool HasChanged(Queue queue) => reload || queue.HasTouchedPlaces || queue.LatestChange != lastChange;

    private bool MayHaveNews(Queue queue, Moment at) => HasChanged(queue) || queue.RulesAdopted != lastRules || at >= windowHoldsUntil;

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
            queue.AvailablePlaces,
            lastWindow,
            lastChange + 1,
            reload ? [] : changes ?? [],
            [.. queue.TakeTouchedPlaces(at).Select(place => new NumberedPlace(place.Number, place.Place))],
            Reload: reload || changes is null);
        lastChange = queue.LatestChange;
        reload = false;
        return told;
    }
}
