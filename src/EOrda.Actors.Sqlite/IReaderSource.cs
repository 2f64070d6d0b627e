namespace EOrda.Actors.Sqlite;

/// <summary>Where a read gets its reader from.</summary>
internal interface IReaderSource
{
    /// <summary>Gives the reader to the calling thread until the lease is disposed.</summary>
    ReaderLease Lease();

    /// <summary>Called by the lease, on the same thread.</summary>
    void Return(JournalReader reader);
}

/// <summary>A reader in use; what it reads is of one moment.</summary>
internal readonly ref struct ReaderLease(IReaderSource source, JournalReader reader)
{
    public JournalReader Reader { get; } = reader;

    public void Dispose() => source.Return(Reader);
}
