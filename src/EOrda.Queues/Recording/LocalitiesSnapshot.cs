using EOrda.Queues.Country;
using EOrda.Queues.Time;

namespace EOrda.Queues.Recording;

/// <summary>The localities' whole state as bytes: the same state always gives the same bytes.</summary>
public static class LocalitiesSnapshot
{
    /// <summary>The version written.</summary>
    public const int Version = 2;

    /// <summary>Writes the state: what is promised, and the dated changes that make it.</summary>
    public static void Write(ByteWriter to, Localities localities)
    {
        to.Moment(localities.Promised);
        WriteChanges(to, localities.ChangesAfter(0));
    }

    /// <summary>Reads a state.</summary>
    /// <exception cref="InvalidDataException">The bytes are none.</exception>
    public static Localities Read(ref ByteReader from)
    {
        var localities = new Localities();
        localities.Apply(new HorizonPromised(from.Moment()), Moment.Beginning);
        ReadChanges(ref from, localities);
        return localities;
    }

    /// <summary>Writes changes with their instants.</summary>
    public static void WriteChanges(ByteWriter to, ReadOnlySpan<DatedLocalityEvent> changes)
    {
        to.Count(changes.Length);
        foreach (var (at, happened) in changes)
        {
            to.Moment(at);
            EventFormat.Write(to, happened);
        }
    }

    /// <summary>Reads changes, up to the end of the bytes, and applies them.</summary>
    /// <exception cref="InvalidDataException">The bytes are none.</exception>
    public static void ReadChanges(ref ByteReader from, Localities localities)
    {
        for (var left = from.ItemCount(); left > 0; left--)
        {
            var at = from.Moment();
            localities.Apply(EventFormat.ReadLocalityEvent(ref from), at);
        }

        if (!from.AtEnd)
        {
            throw new InvalidDataException("More bytes than there are changes.");
        }
    }
}
