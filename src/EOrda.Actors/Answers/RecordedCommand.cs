using System.Buffers.Binary;
using EOrda.Queues;
using EOrda.Queues.Recording;

namespace EOrda.Actors.Answers;

/// <summary>Which command a record decided, by its key, and the answer that was given.</summary>
internal readonly record struct RecordedCommand(CommandKey Key, ulong Fingerprint, Answer Answer)
{
    private const int KeyBytes = 16;
    private const int FingerprintBytes = 8;

    public static void WriteKey(ByteWriter to, CommandKey key, ulong fingerprint)
    {
        Span<byte> bytes = stackalloc byte[KeyBytes + FingerprintBytes];
        BinaryPrimitives.WriteUInt128BigEndian(bytes, key.Value);
        BinaryPrimitives.WriteUInt64BigEndian(bytes[KeyBytes..], fingerprint);
        to.Bytes(bytes);
    }

    public static (CommandKey Key, ulong Fingerprint) ReadKey(ref ByteReader from)
    {
        var bytes = from.Bytes(KeyBytes + FingerprintBytes);
        return (new CommandKey(BinaryPrimitives.ReadUInt128BigEndian(bytes)), BinaryPrimitives.ReadUInt64BigEndian(bytes[KeyBytes..]));
    }
}
