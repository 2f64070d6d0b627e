using EOrda.Queues;
using EOrda.Queues.Names;
using EOrda.Queues.Time;

namespace EOrda.Actors.Live;

/// <summary>
/// What is new in a queue for those who watch it: the places and the changes of the order since the update before, and the window of priority access.
/// Belongs to one instance of the queue's actor; not safe for use by several threads.
/// </summary>
/// <param name="key">The queue's name.</param>
/// <param name="mostChanges">Changes of the order told in one update; more make it a call to reload.</param>
internal sealed class QueueNews(QueueKey key, int mostChanges)
{
    private long lastChange;
    private int lastRules;
    private LiveWindow lastWindow = LiveWindow.None;
    private Moment windowHoldsUntil = Moment.Never;

    /// <summary>The number of the update made last; 0 before this instance has an incarnation.</summary>
    public long Number { get; private set; }

    /// <summary>True when the next update needs a new incarnation: a record must be written and its number given to <see cref="BeginIncarnation"/>.</summary>
    public bool NeedsIncarnation => Number == 0 || LiveNumbers.IsLast(Number);

    /// <summary>The instant at which the window may change by the clock alone.</summary>
    public Moment WindowHoldsUntil => windowHoldsUntil;

    /// <summary>Takes the number of the record that begins the incarnation.</summary>
    public void BeginIncarnation(long record) => Number = LiveNumbers.First(record);

    /// <summary>The first watch begins, with a number of its own: what happened while nobody watched was told in no update.</summary>
    public void Follow(Queue queue, Moment at)
    {
        Number++;
        queue.NoteTouchedPlaces();
        lastChange = queue.LatestChange;
        NoteWindow(queue, at);
    }

    /// <summary>The last watch has ended.</summary>
    public static void Leave(Queue queue) => queue.ForgetTouchedPlaces();

    /// <summary>True when something may have changed since the last update.</summary>
    public bool MayHaveNews(Queue queue, Moment at) => HasChanged(queue) || queue.RulesAdopted != lastRules || at >= windowHoldsUntil;

    /// <summary>The next update; null when nothing has changed that shows.</summary>
    /// <param name="queue">The queue.</param>
    /// <param name="at">The instant up to which the queue is settled.</param>
    public LiveUpdate? Next(Queue queue, Moment at)
    {
        var before = lastWindow;
        NoteWindow(queue, at);
        return HasChanged(queue) || lastWindow != before ? Make(queue, at) : null;
    }

    private bool HasChanged(Queue queue) => queue.HasTouchedPlaces || queue.LatestChange != lastChange;

    // Whatever changes the window but the clock and the rules changes a place or the order too.
    private void NoteWindow(Queue queue, Moment at)
    {
        lastWindow = LiveWindow.Of(queue, at);
        lastRules = queue.RulesAdopted;
        windowHoldsUntil = queue.WindowChangesBy(at);
    }

    private LiveUpdate Make(Queue queue, Moment at)
    {
        var changes = queue.LatestChange - lastChange <= mostChanges ? queue.ChangesFrom(lastChange + 1) : null;
        var update = new LiveUpdate(
            key,
            ++Number,
            at,
            queue.Counts,
            queue.Pattern.Phase,
            queue.AvailablePlaces,
            lastWindow,
            lastChange + 1,
            changes ?? [],
            [.. queue.TakeTouchedPlaces(at).Select(place => new NumberedPlace(place.Number, place.Place))],
            Reload: changes is null);
        lastChange = queue.LatestChange;
        return update;
    }
}
