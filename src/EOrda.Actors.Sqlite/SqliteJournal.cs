using EOrda.Actors.Journal;
using EOrda.Actors.Persistence;
using Microsoft.Data.Sqlite;
using Microsoft.Win32.SafeHandles;

namespace EOrda.Actors.Sqlite;

/// <summary>The journal of a node in one SQLite file, <c>journal.db</c>, in a data directory of its own.</summary>
/// <remarks>
/// <para>Each write is one transaction, synced to disk before it returns. Records can be added, never changed or removed.</para>
/// <para>Every row carries a checksum; the heads are checked when the journal is opened and pages when they are read.</para>
/// <para>
/// Beside <c>journal.db</c> the directory holds SQLite's <c>journal.db-wal</c> and <c>journal.db-shm</c>, which belong to it, and the file <c>lock</c>.
/// To copy the journal, copy all of the first two while nothing is written, or use SQLite's own backup.
/// The directory must lie on a local disk.
/// </para>
/// <para>Any member may be called from any thread; writes and snapshots wait for each other.</para>
/// </remarks>
public sealed class SqliteJournal : IJournal
{
    /// <summary>Bytes that one page or snapshot may have: 512 MiB. (SQLite's own bound is near 1 GB for a whole row.)</summary>
    public const int MaximumBodyBytes = 512 * 1024 * 1024;

    private const int HashBytes = 32;

    private readonly string _path;
    private readonly DirectoryLock _lock;
    private readonly JournalWriter _writer;
    private readonly Checkpointer _checkpointer;
    private readonly SafeFileHandle _file;
    private readonly ReaderPool _readers;
    private readonly Lock _writing = new();
    private readonly Lock _headsGate = new();
    private readonly Dictionary<string, StoredHead> _heads;
    private readonly Dictionary<string, StoredHead> _changed = new(StringComparer.Ordinal);
    private long _pages;
    private long _nextPage;
    private long _nextEntity;
    private bool _disposed;

    private SqliteJournal(
        string path, DirectoryLock directoryLock, JournalWriter writer, SafeFileHandle file, Checkpointer checkpointer, Dictionary<string, StoredHead> heads)
    {
        _file = file;
        _path = path;
        _lock = directoryLock;
        _writer = writer;
        _checkpointer = checkpointer;
        _readers = new ReaderPool(path);
        _heads = heads;
        _pages = heads.Values.Sum(head => head.Pages);
    }

    /// <summary>True when a directory has a journal, or its log alone. An empty file is none yet.</summary>
    /// <param name="directory">The directory; it need not exist.</param>
    public static bool IsIn(string directory) => JournalFile.IsFilled(JournalFile.PathIn(directory));

    internal SqliteConnection WriterConnection => _writer.Connection;

    /// <summary>
    /// Opens the journal of a data directory for reading and writing. The directory and the file are made if they do not exist; from then on both are their
    /// owner's only (<see cref="PrivateFiles"/>).
    /// </summary>
    /// <param name="directory">The data directory.</param>
    /// <param name="fileSyncFailed">
    /// Told once, on the thread pool, when a sync of the file beside commits has failed. Nothing is lost and commits go on, but the log grows from then on
    /// until the journal is opened anew.
    /// </param>
    /// <exception cref="DataDirectoryInUseException">Another process, or another journal of this one, has it open for writing.</exception>
    /// <exception cref="JournalFormatException">The file is no journal or one of another version. It has not been touched.</exception>
    /// <exception cref="JournalDamagedException">Heads are missing or wrong, or do not agree with the pages.</exception>
    /// <exception cref="JournalUnavailableException">The file cannot be read or written.</exception>
    public static SqliteJournal Open(string directory, Action? fileSyncFailed = null) => Open(directory, RandomAccess.FlushToDisk, fileSyncFailed);

    /// <summary>The same with another way to sync the file beside commits.</summary>
    internal static SqliteJournal Open(string directory, Action<SafeFileHandle> sync, Action? fileSyncFailed)
    {
        directory = Path.GetFullPath(directory);
        var path = JournalFile.PathIn(directory);
        var opened = new Stack<IDisposable>();
        try
        {
            PrivateFiles.Secure(directory);
            var directoryLock = Keep(DirectoryLock.Take(directory));
            var writer = Keep(new JournalWriter(Keep(JournalFile.OpenWriter(path))));
            var file = Keep(File.OpenHandle(path, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete));
            var checkpointer = Keep(new Checkpointer(JournalFile.OpenCheckpointer(path), () => sync(file), fileSyncFailed));
            using var reader = new JournalReader(JournalFile.OpenReader(path), path);
            return new SqliteJournal(path, directoryLock, writer, file, checkpointer, reader.LoadHeads());
        }
        catch (Exception e)
        {
            while (opened.TryPop(out var part))
                part.Dispose();
            if (e is SqliteException fault)
                throw Faults.Translate(fault, path, "open");
            if (e is UnauthorizedAccessException)
                throw new JournalUnavailableException($"'{directory}': cannot open for writing ({e.Message})", e);
            throw;
        }

        T Keep<T>(T part)
            where T : IDisposable
        {
            opened.Push(part);
            return part;
        }
    }

    /// <summary>Opens the journal of a data directory for auditing, beside a running writer or without one. Nothing is written to the journal.</summary>
    /// <param name="directory">The data directory.</param>
    /// <returns>The journal as it is now; what is written later is not seen.</returns>
    /// <exception cref="DirectoryNotFoundException">There is no such directory.</exception>
    /// <exception cref="FileNotFoundException">The directory has no <c>journal.db</c>.</exception>
    /// <exception cref="JournalFormatException">The file is no journal or one of another version.</exception>
    /// <exception cref="JournalDamagedException">Heads are missing or wrong, or do not agree with the pages.</exception>
    /// <exception cref="JournalUnavailableException">The file cannot be read.</exception>
    public static SqliteJournalView OpenReadOnly(string directory)
    {
        directory = Path.GetFullPath(directory);
        if (!Directory.Exists(directory))
            throw new DirectoryNotFoundException($"The data directory '{directory}' does not exist.");
        var path = JournalFile.PathIn(directory);
        if (!File.Exists(path))
            throw new FileNotFoundException($"The directory '{directory}' holds no journal: '{path}' does not exist.", path);
        PrivateFiles.RefuseLink(path);
        return SqliteJournalView.Open(path, () => JournalFile.OpenForeignReader(path));
    }

    /// <summary>The journal as it is now, unmoved by later writes. As long as it is not disposed the write-ahead log can only grow.</summary>
    /// <exception cref="JournalUnavailableException">The file cannot be read.</exception>
    public SqliteJournalView View()
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        return SqliteJournalView.Open(_path, () => JournalFile.OpenReader(_path));
    }

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">A key, count, hash or body is out of its bounds. None of the pages is stored.</exception>
    /// <exception cref="JournalDamagedException">The file is damaged. None of the pages is stored.</exception>
    /// <exception cref="JournalUncertainException">The disk failed while it synced.</exception>
    /// <remarks>
    /// When the disk fails while it syncs, nobody can know what reached it. The journal treats the pages as not stored and writes over them next time;
    /// should the process end before that, they may be there when the journal is opened again.
    /// </remarks>
    public void Write(IReadOnlyList<JournalPage> pages)
    {
        lock (_writing)
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            if (pages.Count == 0)
                return;
            Commit(null, () =>
            {
                foreach (var page in pages)
                    Append(page);
            });
        }
    }

    /// <inheritdoc/>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="fromSequence"/> is less than 1.</exception>
    /// <exception cref="JournalDamagedException">While enumerating: a page is missing, changed or out of order. The pages before it were right.</exception>
    /// <exception cref="JournalUnavailableException">While enumerating: the file cannot be read.</exception>
    /// <remarks>Ends at the head as it is when this is called. Holds about 1 MiB of bodies at a time, or one page.</remarks>
    public IEnumerable<JournalPage> Read(string entity, long fromSequence)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(fromSequence, 1);
        return Find(entity) is { } head ? PageStream.Read(_readers, _path, head, fromSequence) : [];
    }

    /// <inheritdoc/>
    /// <remarks>An entity without records has an empty hash.</remarks>
    public IReadOnlyList<JournalHead> Heads()
    {
        lock (_headsGate)
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            return [.. _heads.Values.OrderBy(head => head.Key, StringComparer.Ordinal).Select(head => head.ToJournalHead())];
        }
    }

    /// <inheritdoc/>
    /// <remarks>An entity without records has an empty hash.</remarks>
    public JournalHead? Head(string entity) => Find(entity)?.ToJournalHead();

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">A key, hash or body is out of its bounds.</exception>
    /// <exception cref="InvalidOperationException">The snapshot is of a record that the journal does not have yet.</exception>
    /// <exception cref="JournalDamagedException">The file is damaged.</exception>
    public void SaveSnapshot(JournalSnapshot snapshot)
    {
        RequireHash(snapshot.RecordHash, mayBeEmpty: snapshot.Sequence == 0);
        RequireBody(snapshot.Body);
        lock (_writing)
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            Commit(snapshot.Entity, () =>
            {
                var head = Current(snapshot.Entity);
                if (snapshot.Sequence < 0 || snapshot.Sequence > head.LastSequence)
                {
                    throw new InvalidOperationException(
                        $"A snapshot of '{head.Key}' after the record {snapshot.Sequence} cannot be stored: the last record is {head.LastSequence}.");
                }

                _writer.PutSnapshot(head.Id, snapshot);
            });
        }
    }

    /// <inheritdoc/>
    /// <exception cref="JournalDamagedException">The snapshot is not what was stored. The records may still be whole.</exception>
    /// <exception cref="JournalUnavailableException">The file cannot be read.</exception>
    public JournalSnapshot? LoadSnapshot(string entity)
    {
        if (Find(entity) is not { } head)
            return null;
        try
        {
            using var lease = _readers.Lease();
            return lease.Reader.Snapshot(head);
        }
        catch (SqliteException e)
        {
            throw Faults.Translate(e, _path, "read", entity);
        }
    }

    /// <summary>Closes the journal and leaves the directory to the next. What was written is on disk already.</summary>
    public void Dispose()
    {
        lock (_writing)
        {
            lock (_headsGate)
            {
                if (_disposed)
                    return;
                _disposed = true;
            }

            _checkpointer.Dispose();
            _readers.Dispose();
            if (_checkpointer.IsLogNeeded)
                JournalFile.KeepLogAtClose(WriterConnection);
            _writer.Dispose();

            // After SQLite's connections: the system takes the process's locks off a file when any handle of it is closed.
            _file.Dispose();
            _lock.Dispose();
        }
    }

    private static void RequireHash(ReadOnlyMemory<byte> hash, bool mayBeEmpty)
    {
        if (hash.Length != HashBytes && !(mayBeEmpty && hash.IsEmpty))
            throw new ArgumentException($"A record's hash has {HashBytes} bytes, this one has {hash.Length}.", nameof(hash));
    }

    private static void RequireBody(ReadOnlyMemory<byte> body)
    {
        if (body.Length > MaximumBodyBytes)
            throw new ArgumentException($"A body has at most {MaximumBodyBytes} bytes, this one has {body.Length}.", nameof(body));
    }

    /// <summary>Writes in one transaction; only when it is on disk do the heads in memory follow.</summary>
    private void Commit(string? entity, Action write)
    {
        _changed.Clear();
        _nextEntity = _heads.Count + 1;
        _nextPage = _pages + 1;
        _checkpointer.BeforeWrite(WriterConnection.Handle!);
        try
        {
            _writer.InTransaction(() =>
            {
                write();
                foreach (var head in _changed.Values)
                    _writer.PutHead(head);
            });
        }
        catch (SqliteException e)
        {
            throw Faults.Translate(e, _path, "write", entity);
        }

        lock (_headsGate)
        {
            foreach (var (key, head) in _changed)
                _heads[key] = head;
        }

        _pages = _nextPage - 1;
        _checkpointer.AfterWrite(WriterConnection.Handle!);
    }

    private void Append(JournalPage page)
    {
        if (page.Count < 1)
            throw new ArgumentException($"A page of '{page.Entity}' holds at least one record, not {page.Count}.", nameof(page));
        RequireHash(page.LastHash, mayBeEmpty: false);
        RequireBody(page.Body);
        var head = Current(page.Entity);
        if (page.FirstSequence != head.LastSequence + 1)
        {
            throw new InvalidOperationException(
                $"A page of '{head.Key}' begins with the record {page.FirstSequence}, but the last record is {head.LastSequence}.");
        }

        _writer.InsertPage(_nextPage, head, page);
        _changed[page.Entity] = head.After(page, _nextPage++);
    }

    /// <summary>The head as this transaction has it. A new entity is entered.</summary>
    private StoredHead Current(string entity)
    {
        if (_changed.TryGetValue(entity, out var head) || _heads.TryGetValue(entity, out head))
            return head;
        EntityKey.Require(entity);
        head = new StoredHead(_nextEntity++, entity, 0, default, 0, 0);
        _writer.InsertEntity(head);
        return _changed[entity] = head;
    }

    private StoredHead? Find(string entity)
    {
        lock (_headsGate)
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            return _heads.GetValueOrDefault(entity);
        }
    }
}
