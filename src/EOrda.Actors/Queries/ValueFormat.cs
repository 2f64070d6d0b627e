using EOrda.Actors.Live;
using EOrda.Queues;
using EOrda.Queues.Applications;
using EOrda.Queues.Order;
using EOrda.Queues.Places;
using EOrda.Queues.Recording;
using EOrda.Queues.Time;

namespace EOrda.Actors.Queries;

/// <summary>What replies and live updates are made of, as bytes. Every reading fails with <see cref="InvalidDataException"/> where the bytes cannot be it.</summary>
internal static class ValueFormat
{
    public static void OptionalMoment(this ByteWriter to, Moment? value)
    {
        to.Flag(value is not null);
        if (value is { } moment)
        {
            to.Moment(moment);
        }
    }

    public static Moment? OptionalMoment(this ref ByteReader from) => from.Flag() ? from.Moment() : null;

    // Positions count from 1.
    public static void OptionalPosition(this ByteWriter to, int? value) => to.Count(value ?? 0);

    public static int? OptionalPosition(this ref ByteReader from) => from.Index() is > 0 and var position ? position : null;

    public static void Counts(this ByteWriter to, CategoryCounts value)
    {
        to.Count(value.OutOfTurn);
        to.Count(value.FirstPriority);
        to.Count(value.General);
    }

    public static CategoryCounts Counts(this ref ByteReader from) => new(from.Index(), from.Index(), from.Index());

    public static void Pattern(this ByteWriter to, PriorityPattern value)
    {
        to.Count(value.FirstPriorityShare);
        to.Count(value.GeneralShare);
        to.Count(value.Phase);
    }

    public static PriorityPattern Pattern(this ref ByteReader from) => new(from.Index(), from.Index(), from.Index());

    public static void Window(this ByteWriter to, LiveWindow value)
    {
        to.Count(value.Size);
        to.OptionalSlot(value.OutOfTurn);
        to.OptionalSlot(value.FirstPriority);
        to.OptionalSlot(value.General);
    }

    public static LiveWindow Window(this ref ByteReader from) => new(from.Index(), from.OptionalSlot(), from.OptionalSlot(), from.OptionalSlot());

    public static void Place(this ByteWriter to, PlaceView value)
    {
        to.Text(value.Place);
        to.Text(value.Kindergarten);
        to.Byte((byte)value.State);
        to.Flag(value.Access is not null);
        if (value.Access is { } access)
        {
            to.Byte((byte)access);
        }

        to.OptionalMoment(value.From);
    }

    public static PlaceView Place(this ref ByteReader from) =>
        new(from.Text(), from.Text(), from.Member<PlaceState>(), from.Flag() ? from.Member<Access>() : null, from.OptionalMoment());

    public static void Places(this ByteWriter to, IReadOnlyList<PlaceView> value)
    {
        to.Count(value.Count);
        for (var i = 0; i < value.Count; i++)
        {
            to.Place(value[i]);
        }
    }

    public static PlaceView[] Places(this ref ByteReader from)
    {
        var places = new PlaceView[from.ItemCount()];
        for (var i = 0; i < places.Length; i++)
        {
            places[i] = from.Place();
        }

        return places;
    }

    public static void Texts(this ByteWriter to, IReadOnlyList<string> value)
    {
        to.Count(value.Count);
        for (var i = 0; i < value.Count; i++)
        {
            to.Text(value[i]);
        }
    }

    public static string[] Texts(this ref ByteReader from)
    {
        var texts = new string[from.ItemCount()];
        for (var i = 0; i < texts.Length; i++)
        {
            texts[i] = from.Text();
        }

        return texts;
    }

    public static void State(this ByteWriter to, ApplicationState value)
    {
        to.Text(value.Application);
        to.Byte((byte)value.Status);
        to.OptionalPosition(value.Position);
        to.Byte((byte)value.Cause);
        to.OptionalMoment(value.Until);
        to.Byte((byte)value.Category);
        to.Moment(value.Submitted);
        to.OptionalText(value.Place);
        to.OptionalMoment(value.ReservedUntil);
    }

    public static ApplicationState State(this ref ByteReader from) => new(
        from.Text(),
        from.Member<Status>(),
        from.OptionalPosition(),
        from.Member<Cause>(),
        from.OptionalMoment(),
        from.Member<Category>(),
        from.Moment(),
        from.OptionalText(),
        from.OptionalMoment());

    private static void OptionalSlot(this ByteWriter to, LaneSlot? value)
    {
        to.Flag(value is not null);
        if (value is { } slot)
        {
            to.Moment(slot.Submitted);
            to.Count(slot.Number);
        }
    }

    private static LaneSlot? OptionalSlot(this ref ByteReader from) => from.Flag() ? new LaneSlot(from.Moment(), from.Index()) : null;
}
