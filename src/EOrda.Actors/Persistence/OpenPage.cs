using System.Security.Cryptography;
using EOrda.Actors.Journal;
using EOrda.Queues.Recording;

namespace EOrda.Actors.Persistence;

/// <summary>The page that an entity writes its records to until it is closed and persisted. One at a time; not safe for use by several threads.</summary>
internal sealed class OpenPage : IDisposable
{
    private readonly IncrementalHash sha = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private readonly ByteWriter bytes = new(1024);
    private readonly byte[] hash;
    private int begun = -1;

    /// <summary>An empty page after a record.</summary>
    /// <param name="last">The number of the record before, 0 for none.</param>
    /// <param name="hashThere">Its hash, or what stands for it before the first.</param>
    public OpenPage(long last, ReadOnlySpan<byte> hashThere)
    {
        Last = last;
        hash = hashThere.ToArray();
        bytes.Reserve(Page.HeaderBytes);
    }

    /// <summary>The number of the last record, in this page or before it.</summary>
    public long Last { get; private set; }

    /// <summary>How many records stand in the open page.</summary>
    public int Count { get; private set; }

    /// <summary>Bytes of the open page.</summary>
    public int Length => bytes.Length;

    /// <summary>The hash of the last record of the page closed last.</summary>
    public ReadOnlySpan<byte> Hash => hash;

    /// <summary>What a record's content is written to, between <see cref="Begin"/> and <see cref="End"/>.</summary>
    public ByteWriter Writer => bytes;

    /// <summary>Begins the next record.</summary>
    public ByteWriter Begin()
    {
        begun = RecordFormat.Begin(bytes);
        return bytes;
    }

    /// <summary>Ends the record.</summary>
    public void End()
    {
        RecordFormat.End(bytes, begun);
        Last++;
        Count++;
    }

    /// <summary>Closes the page: fills its hashes in. The next record begins another.</summary>
    public Page Close()
    {
        var closed = bytes.Written.ToArray();
        RecordFormat.Chain(sha, closed.AsSpan(Page.HeaderBytes - RecordFormat.HashBytes), hash);
        var page = Page.Of(closed, Last - Count + 1, Count);
        Count = 0;
        bytes.Clear();
        bytes.Reserve(Page.HeaderBytes);
        return page;
    }

    /// <inheritdoc/>
    public void Dispose() => sha.Dispose();
}
