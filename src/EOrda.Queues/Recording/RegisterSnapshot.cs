using EOrda.Queues.Country;

namespace EOrda.Queues.Recording;

/// <summary>A register's whole state as bytes: the same state always gives the same bytes.</summary>
public static class RegisterSnapshot
{
    /// <summary>The version written.</summary>
    public const int Version = 2;

    /// <summary>Writes the state as the events that make it, in an order that gives the same numbers again.</summary>
    public static void Write(ByteWriter to, Register register)
    {
        var events = register.Events().ToList();
        to.Count(events.Count);
        foreach (var noted in events)
        {
            EventFormat.Write(to, noted);
        }
    }

    /// <summary>Reads a state.</summary>
    /// <exception cref="InvalidDataException">The bytes are none.</exception>
    public static Register Read(ref ByteReader from)
    {
        var register = new Register();
        for (var left = from.ItemCount(); left > 0; left--)
        {
            register.Apply(EventFormat.ReadRegisterEvent(ref from));
        }

        return from.AtEnd ? register : throw new InvalidDataException("More bytes than a snapshot has.");
    }
}
