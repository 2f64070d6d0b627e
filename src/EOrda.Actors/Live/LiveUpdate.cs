using EOrda.Queues;
using EOrda.Queues.Names;
using EOrda.Queues.Order;
using EOrda.Queues.Places;
using EOrda.Queues.Time;

namespace EOrda.Actors.Live;

/// <summary>A queue as everyone may see it at one instant.</summary>
/// <param name="Queue">The queue.</param>
/// <param name="Number">The number of the latest update that is contained; the next update has the next number.</param>
/// <param name="At">When it was taken.</param>
/// <param name="Counts">How many wait in each lane.</param>
/// <param name="Pattern">The pattern that merges the lanes.</param>
/// <param name="LatestChange">The number of the latest change of the order that is contained.</param>
/// <param name="Available">How many places are available, in priority access or open.</param>
/// <param name="Window">The window of priority access.</param>
/// <param name="Places">All places in registration order.</param>
public sealed record LiveSnapshot(
    QueueKey Queue,
    long Number,
    Moment At,
    CategoryCounts Counts,
    PriorityPattern Pattern,
    long LatestChange,
    int Available,
    LiveWindow Window,
    IReadOnlyList<PlaceView> Places)
{
    internal static LiveSnapshot Of(Queue queue, Moment at, long number) =>
        new(queue.Key, number, at, queue.Counts, queue.Pattern, queue.LatestChange, queue.AvailablePlaces, LiveWindow.Of(queue, at), [.. queue.PlacesAt(at)]);
}

/// <summary>
/// What changed in a queue since the update before: the same for everyone, small enough that each browser works out its own position.
/// A browser that knows its lane, its (submission instant, registration number) and how many stand before it in each lane as of some change of the
/// order takes the later changes into account: one before it in its lane that entered or left moves its rank.
/// </summary>
/// <param name="Queue">The queue.</param>
/// <param name="Number">One higher than that of the update before; higher by more only where <paramref name="Reload"/> is set.</param>
/// <param name="At">When it was taken.</param>
/// <param name="Counts">How many wait in each lane now.</param>
/// <param name="Phase">The pattern's phase now.</param>
/// <param name="Available">How many places are available now, in priority access or open.</param>
/// <param name="Window">The window of priority access now.</param>
/// <param name="FirstChange">The number of the first of the changes.</param>
/// <param name="Changes">The changes of the order, consecutive; empty with <paramref name="Reload"/>.</param>
/// <param name="Places">The places that changed, as they are now, with their registration numbers (from 0 on).</param>
/// <param name="Reload">There were too many changes to tell, or updates were lost: ask for a snapshot and the own position anew.</param>
public sealed record LiveUpdate(
    QueueKey Queue,
    long Number,
    Moment At,
    CategoryCounts Counts,
    int Phase,
    int Available,
    LiveWindow Window,
    long FirstChange,
    IReadOnlyList<OrderChange> Changes,
    IReadOnlyList<NumberedPlace> Places,
    bool Reload);

/// <summary>A place with its registration number in the queue, from 0 on.</summary>
public readonly record struct NumberedPlace(int Number, PlaceView Place);

/// <summary>Receives a queue's updates. Called on the thread that commits: it must hand them on and return at once, and must not throw.</summary>
public interface ILiveListener
{
    /// <summary>An update that is on disk.</summary>
    void Publish(LiveUpdate update);
}

/// <summary>A running watch. Disposing it ends it.</summary>
public sealed class LiveWatch(LiveSnapshot snapshot, Action end) : IDisposable
{
    /// <summary>The state from which the updates go on.</summary>
    public LiveSnapshot Snapshot { get; } = snapshot;

    /// <inheritdoc/>
    public void Dispose() => end();
}
