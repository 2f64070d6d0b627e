using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using EOrda.Queues.Recording;

namespace EOrda.Actors.Journal;

/// <summary>
/// How records stand in a page: length (4 bytes, little-endian), content, SHA-256. The hash is over the hash of the record before it in the same
/// entity, the length and the content, so that damage and later edits show. Before the first record stands the hash of the entity's key.
/// </summary>
internal static class RecordFormat
{
    public const int HashBytes = SHA256.HashSizeInBytes;
    public const int LengthBytes = sizeof(int);

    /// <summary>What stands for the hash of the record before an entity's first.</summary>
    public static byte[] FirstHash(string entity) => SHA256.HashData(Encoding.UTF8.GetBytes(entity));

    /// <summary>Begins a record: leaves room for its length.</summary>
    public static int Begin(ByteWriter page) => page.Reserve(LengthBytes);

    /// <summary>Ends the record begun at a position: fills its length in and leaves room for its hash.</summary>
    public static void End(ByteWriter page, int begun)
    {
        BinaryPrimitives.WriteInt32LittleEndian(page.Part(begun, LengthBytes), page.Length - begun - LengthBytes);
        page.Reserve(HashBytes);
    }

    /// <summary>
    /// Fills in the hashes of a page's records, whose first stands right behind room for the hash before it.
    /// </summary>
    /// <param name="sha">Used for it, and left as it was.</param>
    /// <param name="page">Room for a hash, then records.</param>
    /// <param name="hash">The hash of the record before; receives that of the last.</param>
    public static void Chain(IncrementalHash sha, Span<byte> page, Span<byte> hash)
    {
        hash.CopyTo(page);
        var record = HashBytes;
        while (record < page.Length)
        {
            var end = record + LengthBytes + BinaryPrimitives.ReadInt32LittleEndian(page[record..]);
            sha.AppendData(page[(record - HashBytes)..end]);
            sha.GetHashAndReset(page.Slice(end, HashBytes));
            record = end + HashBytes;
        }

        page[^HashBytes..].CopyTo(hash);
    }
}
