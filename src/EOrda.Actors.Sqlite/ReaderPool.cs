using System.Collections.Concurrent;

namespace EOrda.Actors.Sqlite;

/// <summary>Readers of the current state. As many as are needed at once are opened; a few are kept.</summary>
internal sealed class ReaderPool(string path) : IReaderSource, IDisposable
{
    private const int MostIdle = 4;

    private readonly ConcurrentBag<JournalReader> _idle = [];
    private volatile bool _disposed;

    /// <summary>Takes an idle reader or opens one.</summary>
    /// <exception cref="Microsoft.Data.Sqlite.SqliteException">A reader could not be opened.</exception>
    public ReaderLease Lease()
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        if (!_idle.TryTake(out var reader))
            reader = new JournalReader(JournalFile.OpenReader(path), path);
        reader.Begin();
        return new ReaderLease(this, reader);
    }

    public void Return(JournalReader reader)
    {
        // After an I/O error the transaction is gone, and the connection may be no good either.
        if (_idle.Count < MostIdle && reader.IsAtOneMoment)
        {
            reader.End();
            _idle.Add(reader);
        }
        else
        {
            reader.Dispose();
        }

        if (_disposed)
            Clear();
    }

    public void Dispose()
    {
        _disposed = true;
        Clear();
    }

    private void Clear()
    {
        while (_idle.TryTake(out var reader))
            reader.Dispose();
    }
}
