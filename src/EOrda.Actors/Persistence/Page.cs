using System.Buffers.Binary;
using EOrda.Actors.Journal;

namespace EOrda.Actors.Persistence;

/// <summary>
/// The one event that an entity persists: its next records, in order. The bytes are those in the journal: version (1 byte), number of the first record
/// (8 bytes, little-endian), number of records (4 bytes), the hash before the first record, then the records (<see cref="RecordFormat"/>).
/// </summary>
internal sealed class Page
{
    /// <summary>Bytes before the first record.</summary>
    public const int HeaderBytes = RecordsAt + RecordFormat.HashBytes;

    /// <summary>Where the number of the first record stands.</summary>
    public const int FirstAt = 1;

    private const byte Version = 1;
    private const int CountAt = FirstAt + sizeof(long);
    private const int RecordsAt = CountAt + sizeof(int);

    private Page(byte[] bytes) => Bytes = bytes;

    /// <summary>The page as it is in the journal. Not to be changed.</summary>
    public byte[] Bytes { get; }

    /// <summary>The number of the first record, from 1 on.</summary>
    public long First => BinaryPrimitives.ReadInt64LittleEndian(Bytes.AsSpan(FirstAt));

    /// <summary>How many records it has, 1 or more.</summary>
    public int Count => BinaryPrimitives.ReadInt32LittleEndian(Bytes.AsSpan(CountAt));

    /// <summary>The hash of the record before the first one.</summary>
    public ReadOnlySpan<byte> HashBefore => Bytes.AsSpan(RecordsAt, RecordFormat.HashBytes);

    /// <summary>The records, one behind another.</summary>
    public ReadOnlyMemory<byte> Records => Bytes.AsMemory(HeaderBytes);

    /// <summary>Fills in the header of a page whose records stand behind room for it, and takes the bytes over.</summary>
    public static Page Of(byte[] bytes, long first, int count)
    {
        bytes[0] = Version;
        BinaryPrimitives.WriteInt64LittleEndian(bytes.AsSpan(FirstAt), first);
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(CountAt), count);
        return new Page(bytes);
    }

    /// <summary>A page out of the journal's bytes, which are not looked into further than the header.</summary>
    /// <exception cref="InvalidDataException">The bytes are no page of a known version.</exception>
    public static Page Read(byte[] bytes)
    {
        if (bytes.Length <= HeaderBytes || bytes[0] != Version)
        {
            throw new InvalidDataException("The bytes are no page of a version that is known here.");
        }

        var page = new Page(bytes);
        return page is { First: > 0, Count: > 0 } ? page : throw new InvalidDataException("A page numbers its records from 1 on and has one at least.");
    }
}
