namespace EOrda.Actors.Journal;

/// <summary>
/// The append-only store of a node: pages of records, one sequence an entity, and the latest snapshot of each.
/// Bytes are opaque to it: records are framed and hashed by the writer above.
/// </summary>
/// <remarks>
/// <see cref="Write"/> and <see cref="SaveSnapshot"/> are called from one thread at a time; reads may come from any thread, also while a write runs.
/// </remarks>
public interface IJournal : IDisposable
{
    /// <summary>Stores all pages in one transaction. When it returns they are on disk. Their bodies are good until then: who wants to keep them copies them.</summary>
    /// <exception cref="JournalUnavailableException">The store refused (disk full, read-only, I/O error). None of the pages is stored; later calls may succeed.</exception>
    /// <exception cref="JournalUncertainException">The store failed when it had written the pages and was to make them safe. Later calls may succeed, and write over them.</exception>
    /// <exception cref="InvalidOperationException">A page does not follow the last sequence of its entity.</exception>
    void Write(IReadOnlyList<JournalPage> pages);

    /// <summary>Reads an entity's pages in order: the one that holds <paramref name="fromSequence"/> (1-based) and all later ones.</summary>
    IEnumerable<JournalPage> Read(string entity, long fromSequence);

    /// <summary>Every entity that has a record or a snapshot, ordered by key (ordinal).</summary>
    IReadOnlyList<JournalHead> Heads();

    /// <summary>The head of one entity, or null when nothing was ever stored for it.</summary>
    JournalHead? Head(string entity);

    /// <summary>Stores a snapshot in place of the entity's earlier one.</summary>
    /// <exception cref="JournalUnavailableException">The store refused; the earlier snapshot stays.</exception>
    void SaveSnapshot(JournalSnapshot snapshot);

    /// <summary>The entity's snapshot, or null.</summary>
    JournalSnapshot? LoadSnapshot(string entity);
}

/// <summary>Some consecutive records of one entity, written in one transaction.</summary>
/// <param name="Entity">The entity's key, for example <c>queue/almaty/general/2022</c>; at most 200 characters.</param>
/// <param name="FirstSequence">Sequence of the first record, 1-based.</param>
/// <param name="Count">How many records the body holds, at least 1.</param>
/// <param name="Body">The framed records.</param>
/// <param name="LastHash">SHA-256 of the last record (32 bytes), kept as the entity's head.</param>
public sealed record JournalPage(string Entity, long FirstSequence, int Count, ReadOnlyMemory<byte> Body, ReadOnlyMemory<byte> LastHash);

/// <summary>Where an entity's sequence ends: its last record's number (0 for none) and hash.</summary>
public sealed record JournalHead(string Entity, long LastSequence, ReadOnlyMemory<byte> LastHash);

/// <summary>An entity's state after the record <paramref name="Sequence"/>, whose hash is <paramref name="RecordHash"/>.</summary>
public sealed record JournalSnapshot(string Entity, long Sequence, ReadOnlyMemory<byte> RecordHash, int FormatVersion, ReadOnlyMemory<byte> Body);

/// <summary>The journal could not record: the disk is full, read-only or failing.</summary>
public sealed class JournalUnavailableException : IOException
{
    /// <summary>Creates the exception with the store's own words.</summary>
    public JournalUnavailableException(string message, Exception? inner = null)
        : base(message, inner)
    {
    }
}

/// <summary>The disk failed while it synced: the pages are not read back, but may be there when the journal is opened again before the next write.</summary>
public sealed class JournalUncertainException : IOException
{
    /// <summary>Creates the exception with the store's own words.</summary>
    public JournalUncertainException(string message, Exception? inner = null)
        : base(message, inner)
    {
    }
}

/// <summary>The data directory is used by another process.</summary>
public sealed class DataDirectoryInUseException : IOException
{
    /// <summary>Creates the exception for one directory.</summary>
    public DataDirectoryInUseException(string directory, Exception? inner = null)
        : base($"The data directory '{directory}' is in use by another process.", inner)
    {
    }
}
