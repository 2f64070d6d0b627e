using System.Buffers.Binary;
using EOrda.Queues;
using EOrda.Queues.Recording;

namespace EOrda.Actors.Persistence;

/// <summary>A command with its key as it stands in a record and crosses the wire, and 64 bits that tell it from another command under the same key.</summary>
internal readonly struct EncodedCommand
{
    private const int KeyBytes = 16;
    private const ulong Offset = 14695981039346656037;
    private const ulong Prime = 1099511628211;

    private readonly byte[] bytes;

    /// <summary>Encodes a command.</summary>
    public EncodedCommand(Command command, CommandKey key)
    {
        var to = new ByteWriter(64);
        CommandFormat.Write(to, command);
        (bytes, Key, Fingerprint) = (to.Written.ToArray(), key, FingerprintOf(to.Written.Span));
        Application = ApplicationOf(command);
    }

    private EncodedCommand(CommandKey key, ulong fingerprint, string? application) => (bytes, Key, Fingerprint, Application) = ([], key, fingerprint, application);

    /// <summary>The caller's key.</summary>
    public CommandKey Key { get; }

    /// <summary>The command's fingerprint.</summary>
    public ulong Fingerprint { get; }

    /// <summary>The application whose quota of keys the command counts towards; null for what authorities ask.</summary>
    public string? Application { get; }

    /// <summary>Writes the key and the command.</summary>
    public void WriteTo(ByteWriter to)
    {
        Span<byte> key = stackalloc byte[KeyBytes];
        BinaryPrimitives.WriteUInt128BigEndian(key, Key.Value);
        to.Bytes(key);
        to.Count(bytes.Length);
        to.Bytes(bytes);
    }

    /// <summary>Reads the key and the command itself.</summary>
    public static (CommandKey Key, Command Command) ReadCommand(ref ByteReader from)
    {
        var key = new CommandKey(BinaryPrimitives.ReadUInt128BigEndian(from.Bytes(KeyBytes)));
        var body = new ByteReader(from.Bytes(from.Index()));
        return (key, CommandFormat.Read(ref body));
    }

    /// <summary>Reads the key and the command.</summary>
    public static EncodedCommand Read(ref ByteReader from)
    {
        var key = new CommandKey(BinaryPrimitives.ReadUInt128BigEndian(from.Bytes(KeyBytes)));
        var written = from.Bytes(from.Index());
        var command = new ByteReader(written);
        return new EncodedCommand(key, FingerprintOf(written), ApplicationOf(CommandFormat.Read(ref command)));
    }

    /// <summary>64 bits that tell bytes from others: FNV-1a.</summary>
    public static ulong FingerprintOf(ReadOnlySpan<byte> bytes)
    {
        var hash = Offset;
        foreach (var one in bytes)
        {
            hash = (hash ^ one) * Prime;
        }

        return hash;
    }

    private static string? ApplicationOf(Command command) => command switch
    {
        ApplicationCommand c => c.Application,
        ReserveBatch c => c.Applications[0],
        Submit c => c.Application,
        _ => null,
    };
}
