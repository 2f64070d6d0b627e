using EOrda.Actors.Journal;
using Microsoft.Data.Sqlite;

namespace EOrda.Actors.Sqlite;

/// <summary>A journal as it was at one moment: heads, pages and snapshots agree, whatever is written meanwhile.</summary>
/// <remarks>
/// <para>Nothing can be written through it.</para>
/// <para>
/// While a view is open the writer's log cannot start again from its beginning and grows with what is written; dispose views soon on a busy node.
/// Calls from several threads wait for each other.
/// </para>
/// </remarks>
public sealed class SqliteJournalView : IJournal, IReaderSource
{
    private readonly string _path;
    private readonly JournalReader _reader;
    private readonly Dictionary<string, StoredHead> _heads;
    private readonly object _reading = new();
    private bool _disposed;

    private SqliteJournalView(string path, JournalReader reader, Dictionary<string, StoredHead> heads)
    {
        _path = path;
        _reader = reader;
        _heads = heads;
    }

    /// <summary>Always refused.</summary>
    /// <exception cref="JournalUnavailableException">The journal is open for reading only.</exception>
    public void Write(IReadOnlyList<JournalPage> pages) => throw ReadOnly();

    /// <inheritdoc/>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="fromSequence"/> is less than 1.</exception>
    /// <exception cref="JournalDamagedException">While enumerating: a page is missing, changed or out of order. The pages before it were right.</exception>
    /// <exception cref="JournalUnavailableException">While enumerating: the file cannot be read.</exception>
    /// <remarks>Holds about 1 MiB of bodies at a time, or one page.</remarks>
    public IEnumerable<JournalPage> Read(string entity, long fromSequence)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(fromSequence, 1);
        return _heads.TryGetValue(entity, out var head) ? PageStream.Read(this, _path, head, fromSequence) : [];
    }

    /// <inheritdoc/>
    /// <remarks>An entity without records has an empty hash.</remarks>
    public IReadOnlyList<JournalHead> Heads() =>
        [.. _heads.Values.OrderBy(head => head.Key, StringComparer.Ordinal).Select(head => head.ToJournalHead())];

    /// <inheritdoc/>
    /// <remarks>An entity without records has an empty hash.</remarks>
    public JournalHead? Head(string entity) => _heads.GetValueOrDefault(entity)?.ToJournalHead();

    /// <summary>Always refused.</summary>
    /// <exception cref="JournalUnavailableException">The journal is open for reading only.</exception>
    public void SaveSnapshot(JournalSnapshot snapshot) => throw ReadOnly();

    /// <inheritdoc/>
    /// <exception cref="JournalDamagedException">The snapshot is not what was stored. The records may still be whole.</exception>
    /// <exception cref="JournalUnavailableException">The file cannot be read.</exception>
    public JournalSnapshot? LoadSnapshot(string entity)
    {
        if (!_heads.TryGetValue(entity, out var head))
            return null;
        try
        {
            using var lease = ((IReaderSource)this).Lease();
            return lease.Reader.Snapshot(head);
        }
        catch (SqliteException e)
        {
            throw Faults.Translate(e, _path, "read", entity);
        }
    }

    /// <summary>Lets go of the moment.</summary>
    public void Dispose()
    {
        lock (_reading)
        {
            _disposed = true;
            _reader.Dispose();
        }
    }

    internal static SqliteJournalView Open(string path, Func<SqliteConnection> connect)
    {
        SqliteConnection? connection = null;
        JournalReader? reader = null;
        try
        {
            reader = new JournalReader(connection = connect(), path);
            reader.Begin();
            return new SqliteJournalView(path, reader, reader.LoadHeads());
        }
        catch (SqliteException e)
        {
            reader?.Dispose();
            connection?.Dispose();
            throw Faults.Translate(e, path, "open");
        }
        catch
        {
            reader?.Dispose();
            connection?.Dispose();
            throw;
        }
    }

    ReaderLease IReaderSource.Lease()
    {
        Monitor.Enter(_reading);
        if (!_disposed && _reader.IsAtOneMoment)
            return new ReaderLease(this, _reader);
        Monitor.Exit(_reading);
        ObjectDisposedException.ThrowIf(_disposed, this);
        throw new JournalUnavailableException($"'{_path}': an earlier error has ended this view. Open another.");
    }

    void IReaderSource.Return(JournalReader reader) => Monitor.Exit(_reading);

    private JournalUnavailableException ReadOnly() => new($"'{_path}' is open for reading only.");
}
