using EOrda.Queues.Recording;

namespace EOrda.Actors.Wire;

/// <summary>Reads a message.</summary>
/// <exception cref="InvalidDataException">The bytes are none.</exception>
internal delegate object WireRead(ref ByteReader from, WireReferences references);

/// <summary>The format of one message between nodes.</summary>
/// <param name="Manifest">Names the format and its version: its meaning never changes, and a new format gets a new manifest.</param>
/// <param name="Type">The message's type.</param>
/// <param name="Write">Writes a message.</param>
/// <param name="Read">Reads a message.</param>
internal sealed record WireFormat(string Manifest, Type Type, Action<ByteWriter, object> Write, WireRead Read)
{
    /// <summary>The format of a type.</summary>
    public static WireFormat Of<T>(string manifest, Action<ByteWriter, T> write, WireRead read)
        where T : class => new(manifest, typeof(T), (to, message) => write(to, (T)message), read);
}
