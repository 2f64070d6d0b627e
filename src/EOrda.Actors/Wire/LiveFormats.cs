using EOrda.Actors.Live;
using EOrda.Actors.Queries;
using EOrda.Queues.Applications;
using EOrda.Queues.Order;
using EOrda.Queues.Recording;

namespace EOrda.Actors.Wire;

/// <summary>The formats of live updates.</summary>
internal static class LiveFormats
{
    /// <summary>All of them.</summary>
    public static readonly IReadOnlyList<WireFormat> All =
    [
        WireFormat.Of<WatchQueue>(
            "watch-queue-1",
            static (to, m) =>
            {
                WireReferences.Write(to, m.To);
                WireReferences.Write(to, m.Relay);
                to.Count(m.Heard);
            },
            static (ref from, references) => new WatchQueue(references.ReadEntity(ref from), references.ReadActor(ref from), from.Count())),
        WireFormat.Of<UnwatchQueue>(
            "unwatch-queue-1",
            static (to, m) =>
            {
                WireReferences.Write(to, m.To);
                WireReferences.Write(to, m.Relay);
            },
            static (ref from, references) => new UnwatchQueue(references.ReadEntity(ref from), references.ReadActor(ref from))),
        WireFormat.Of<WatchBegun>(
            "watch-begun-1",
            static (to, m) => QueryReplyFormat.Write(to, m.Snapshot),
            static (ref from, _) => new WatchBegun(QueryReplyFormat.Read(ref from) as LiveSnapshot ?? throw new InvalidDataException("A watch begins with a snapshot."))),
        WireFormat.Of<WatchKept>(
            "watch-kept-1",
            static (to, m) =>
            {
                to.Queue(m.Queue);
                to.Count(m.Number);
            },
            static (ref from, _) => new WatchKept(from.Queue(), from.Count())),
        WireFormat.Of<NothingToWatch>("nothing-to-watch-1", static (to, m) => to.Queue(m.Queue), static (ref from, _) => new NothingToWatch(from.Queue())),
        WireFormat.Of<WatchRefused>(
            "watch-refused-1",
            static (to, m) =>
            {
                to.Queue(m.Queue);
                ReplyContents.Write(to, m.Failure);
            },
            static (ref from, _) => new WatchRefused(from.Queue(), ReplyContents.ReadFailure(ref from))),
        WireFormat.Of<NewsOfQueue>("news-of-queue-1", static (to, m) => Write(to, m.Update), static (ref from, _) => new NewsOfQueue(ReadUpdate(ref from))),
    ];

    private static void Write(ByteWriter to, LiveUpdate update)
    {
        to.Queue(update.Queue);
        to.Count(update.Number);
        to.Moment(update.At);
        to.Counts(update.Counts);
        to.Count(update.Phase);
        to.Count(update.Available);
        to.Window(update.Window);
        to.Count(update.FirstChange);
        to.Count(update.Changes.Count);
        foreach (var change in update.Changes)
        {
            to.Moment(change.At);
            to.Byte((byte)change.Cause);
            to.Number(change.Application);
            to.Moment(change.Submitted);
            to.Byte((byte)change.Lane);
            to.Number(change.Step);
        }

        to.Count(update.Places.Count);
        foreach (var place in update.Places)
        {
            to.Count(place.Number);
            to.Place(place.Place);
        }

        to.Flag(update.Reload);
    }

    private static LiveUpdate ReadUpdate(ref ByteReader from) => new(
        from.Queue(),
        from.Count(),
        from.Moment(),
        from.Counts(),
        from.Index(),
        from.Index(),
        from.Window(),
        from.Count(),
        ReadChanges(ref from),
        ReadPlaces(ref from),
        from.Flag());

    private static OrderChange[] ReadChanges(ref ByteReader from)
    {
        var changes = new OrderChange[from.ItemCount()];
        for (var i = 0; i < changes.Length; i++)
        {
            changes[i] = new OrderChange(from.Moment(), from.Member<PositionCause>(), Whole(from.Number()), from.Moment(), from.Member<Category>(), Whole(from.Number()));
        }

        return changes;
    }

    private static NumberedPlace[] ReadPlaces(ref ByteReader from)
    {
        var places = new NumberedPlace[from.ItemCount()];
        for (var i = 0; i < places.Length; i++)
        {
            places[i] = new NumberedPlace(from.Index(), from.Place());
        }

        return places;
    }

    private static int Whole(long number) =>
        number is >= int.MinValue and <= int.MaxValue ? (int)number : throw new InvalidDataException("A number out of range.");
}
