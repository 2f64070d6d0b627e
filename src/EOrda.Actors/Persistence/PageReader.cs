using System.Buffers.Binary;
using System.Security.Cryptography;
using EOrda.Actors.Journal;

namespace EOrda.Actors.Persistence;

/// <summary>Reads an entity's pages in order and checks that their records follow each other without a gap, each chained to the one before by its hash.</summary>
internal sealed class PageReader : IDisposable
{
    private readonly IncrementalHash chain = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private readonly string entity;
    private readonly byte[] hash;

    /// <summary>Begins behind the record with a number and hash: 0 and the hash of the key for the very beginning.</summary>
    public PageReader(string entity, long last, ReadOnlySpan<byte> hashThere)
    {
        this.entity = entity;
        Last = last;
        hash = hashThere.ToArray();
    }

    /// <summary>The number of the record read last.</summary>
    public long Last { get; private set; }

    /// <summary>The hash of the record read last.</summary>
    public ReadOnlySpan<byte> Hash => hash;

    /// <inheritdoc/>
    public void Dispose() => chain.Dispose();

    /// <summary>The content of each record of the next page. <see cref="Last"/> is its number while it is looked at.</summary>
    /// <exception cref="JournalDamagedException">A record is missing or is not what its hash says; it is named.</exception>
    public IEnumerable<ReadOnlyMemory<byte>> Contents(Page page)
    {
        if (page.First != Last + 1)
        {
            throw Damaged(Last + 1, $"is missing: the next page begins with record {page.First}");
        }

        if (!page.HashBefore.SequenceEqual(hash))
        {
            throw Damaged(page.First, "does not follow the record before it");
        }

        var records = page.Records;
        var position = 0;
        for (var i = 0; i < page.Count; i++)
        {
            var record = Next(records[position..]);
            position += record.Length;
            Check(record.Span);
            Last++;
            yield return record[RecordFormat.LengthBytes..^RecordFormat.HashBytes];
        }

        if (position != records.Length)
        {
            throw Damaged(Last, "is followed by bytes that are no record");
        }
    }

    private ReadOnlyMemory<byte> Next(ReadOnlyMemory<byte> rest)
    {
        var most = rest.Length - RecordFormat.LengthBytes - RecordFormat.HashBytes;
        var length = most < 0 ? -1 : BinaryPrimitives.ReadInt32LittleEndian(rest.Span);
        return length >= 0 && length <= most
            ? rest[..(RecordFormat.LengthBytes + length + RecordFormat.HashBytes)]
            : throw Damaged(Last + 1, "is cut off");
    }

    private void Check(ReadOnlySpan<byte> record)
    {
        chain.AppendData(hash);
        chain.AppendData(record[..^RecordFormat.HashBytes]);
        Span<byte> expected = stackalloc byte[RecordFormat.HashBytes];
        chain.GetHashAndReset(expected);
        if (!expected.SequenceEqual(record[^RecordFormat.HashBytes..]))
        {
            throw Damaged(Last + 1, "does not agree with its hash");
        }

        expected.CopyTo(hash);
    }

    private JournalDamagedException Damaged(long number, string how) => new($"Record {number} of {entity} {how}.", entity, number);
}
