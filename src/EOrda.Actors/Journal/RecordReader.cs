using System.Buffers.Binary;
using System.Security.Cryptography;

namespace EOrda.Actors.Journal;

/// <summary>Reads an entity's records in order and checks each against the chain of hashes.</summary>
internal sealed class RecordReader : IDisposable
{
    private readonly IncrementalHash chain = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private readonly IJournal journal;
    private readonly string entity;
    private readonly byte[] hash;

    /// <summary>Begins behind the record with a number and hash: 0 and the key's hash for the very beginning.</summary>
    public RecordReader(IJournal journal, string entity, long after, ReadOnlyMemory<byte> hashThere)
    {
        this.journal = journal;
        this.entity = entity;
        Sequence = after;
        hash = hashThere.ToArray();
    }

    /// <summary>The number of the record read last.</summary>
    public long Sequence { get; private set; }

    /// <summary>The hash of the record read last.</summary>
    public ReadOnlySpan<byte> Hash => hash;

    /// <inheritdoc/>
    public void Dispose() => chain.Dispose();

    /// <summary>The content of each further record.</summary>
    /// <exception cref="JournalDamagedException">A record is not what its hash says; it is named.</exception>
    public IEnumerable<ReadOnlyMemory<byte>> Contents()
    {
        var from = Sequence;
        using var pages = journal.Read(entity, from + 1).GetEnumerator();
        while (MoveNext(pages, from))
        {
            foreach (var content in ContentsOf(pages.Current, from))
            {
                yield return content;
            }
        }
    }

    /// <summary>Checks that the record read last is the one that the entity's head names.</summary>
    /// <exception cref="JournalDamagedException">Records are missing at the end, or the last is another.</exception>
    public void CheckEnd(JournalHead? head)
    {
        var last = head?.LastSequence ?? 0;
        if (Sequence != last)
        {
            throw new JournalDamagedException($"The records of {entity} end at {Sequence} and not, as its head says, at {last}.", entity, Math.Min(Sequence, last) + 1);
        }

        if (last > 0 && !hash.AsSpan().SequenceEqual(head!.LastHash.Span))
        {
            throw Damaged(last, "is not the one that its head names");
        }
    }

    // A journal that finds a page damaged cannot tell which record of it is; the chain of hashes can.
    private bool MoveNext(IEnumerator<JournalPage> pages, long from)
    {
        try
        {
            return pages.MoveNext();
        }
        catch (JournalDamagedException damage) when (damage.Page is { } page)
        {
            foreach (var unused in ContentsOf(page, from))
            {
                // Each is checked on the way.
            }

            throw;
        }
    }

    private IEnumerable<ReadOnlyMemory<byte>> ContentsOf(JournalPage page, long from)
    {
        var position = 0;
        for (var i = 0; i < page.Count; i++)
        {
            var number = page.FirstSequence + i;
            var content = Next(page.Body, ref position, number);
            if (number <= from)
            {
                CheckKnown(page.Body.Span[(position - RecordFormat.HashBytes)..position], number, from);
                continue;
            }

            if (number != Sequence + 1)
            {
                throw Damaged(Sequence + 1, "is missing");
            }

            Check(page.Body.Span[(position - content.Length - RecordFormat.HashBytes - RecordFormat.LengthBytes)..position], number);
            Sequence = number;
            yield return content;
        }

        if (position != page.Body.Length)
        {
            throw Damaged(page.FirstSequence + page.Count - 1, "is followed by bytes that are no record");
        }
    }

    private ReadOnlyMemory<byte> Next(ReadOnlyMemory<byte> body, ref int position, long number)
    {
        var left = body.Length - position - RecordFormat.LengthBytes - RecordFormat.HashBytes;
        var length = left < 0 ? -1 : BinaryPrimitives.ReadInt32LittleEndian(body.Span[position..]);
        if (length < 0 || length > left)
        {
            throw Damaged(number, "is cut off");
        }

        var content = body.Slice(position + RecordFormat.LengthBytes, length);
        position += RecordFormat.LengthBytes + length + RecordFormat.HashBytes;
        return content;
    }

    private void CheckKnown(ReadOnlySpan<byte> stored, long number, long from)
    {
        if (number == from && !stored.SequenceEqual(hash))
        {
            throw Damaged(number, "is not the one that the snapshot was taken after");
        }
    }

    private void Check(ReadOnlySpan<byte> record, long number)
    {
        chain.AppendData(hash);
        chain.AppendData(record[..^RecordFormat.HashBytes]);
        Span<byte> expected = stackalloc byte[RecordFormat.HashBytes];
        chain.GetHashAndReset(expected);
        if (!expected.SequenceEqual(record[^RecordFormat.HashBytes..]))
        {
            throw Damaged(number, "does not agree with its hash");
        }

        expected.CopyTo(hash);
    }

    private JournalDamagedException Damaged(long number, string how) => new($"Record {number} of {entity} {how}.", entity, number);
}
