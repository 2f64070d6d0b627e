using EOrda.Queues.Country;

namespace EOrda.Queues.Recording;

/// <summary>The localities' whole state as bytes: the same state always gives the same bytes.</summary>
public static class LocalitiesSnapshot
{
    /// <summary>The version written.</summary>
    public const int Version = 1;

    /// <summary>Writes the state as the dated events that make it.</summary>
    public static void Write(ByteWriter to, Localities localities)
    {
        var events = localities.Events().ToList();
        to.Count(events.Count);
        foreach (var (at, happened) in events)
        {
            to.Moment(at);
            EventFormat.Write(to, happened);
        }
    }

    /// <summary>Reads a state.</summary>
    /// <exception cref="InvalidDataException">The bytes are none.</exception>
    public static Localities Read(ref ByteReader from)
    {
        var localities = new Localities();
        for (var left = from.ItemCount(); left > 0; left--)
        {
            var at = from.Moment();
            localities.Apply(EventFormat.ReadLocalityEvent(ref from), at);
        }

        return from.AtEnd ? localities : throw new InvalidDataException("More bytes than a snapshot has.");
    }
}
