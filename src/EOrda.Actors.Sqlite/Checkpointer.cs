using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace EOrda.Actors.Sqlite;

/// <summary>
/// Moves what was committed from the write-ahead log into the file, beside the writer, and lets the log start again from its beginning.
/// </summary>
/// <remarks>
/// SQLite's own way is to do that inside the commit that passes the limit, which then takes 50 to 300 ms (measured with 16 and 64 MiB).
/// Here a thread with a connection of its own copies while commits go on. The log can only start again when all of it is copied,
/// so the writer copies the little that came in meanwhile, before one of its next commits: it waits for the disk then, 3 to 10 ms, and so it does that
/// seldom, once in many passes.
/// A checkpoint that fails (the disk is full) loses nothing: the log keeps growing and the next one tries again.
/// So it does while a long audit holds on to an old state of the file.
/// A sync of the file that fails ends all checkpoints of the process: the system may have dropped what it could not write and tell nobody again, so the log,
/// which was synced, must keep it. It is copied when the journal is opened next.
/// </remarks>
internal sealed class Checkpointer : IDisposable
{
    /// <summary>Bytes written to the log after which they are copied.</summary>
    /// <remarks>Less means more syncs of the file, more means longer stalls of commits that sync at the same time; throughput is equal from 4 to 64 MiB.</remarks>
    public const long PassBytes = 4 * 1024 * 1024;

    /// <summary>Bytes of the log from which on it is to start again.</summary>
    /// <remarks>The log's room on the disk, about, and what opening the journal after a crash has to read.</remarks>
    public const long RestartBytes = 128 * 1024 * 1024;

    /// <summary>What the writer may be left to copy, so that its stall is about as long as a commit.</summary>
    private const int SmallRestPages = (int)(PassBytes / 16 / JournalFile.PageSize);

    /// <summary>Passes beside a writer that keeps writing at full speed; after them it has to wait.</summary>
    private const int MostPasses = 4;

    private const int Idle = 0;
    private const int Working = 1;
    private const int Done = 2;
    private const int Stopping = 3;

    private readonly SqliteConnection _connection;
    private readonly Action _sync;
    private readonly Action? _syncHasFailed;
    private readonly AutoResetEvent _wake = new(initialState: false);
    private readonly Thread _thread;
    private long _written;
    private int _state;
    private int _syncFailed;

    /// <summary>Starts the thread.</summary>
    /// <param name="connection">Its connection, which it disposes.</param>
    /// <param name="sync">Syncs the file.</param>
    /// <param name="syncHasFailed">Told once when that has failed.</param>
    public Checkpointer(SqliteConnection connection, Action sync, Action? syncHasFailed)
    {
        _connection = connection;
        _sync = sync;
        _syncHasFailed = syncHasFailed;
        _thread = new Thread(Work) { IsBackground = true, Name = "journal checkpoint" };
        _thread.Start();
    }

    /// <summary>True when the file may lack what was copied into it: the log must not be given up.</summary>
    public bool IsLogNeeded => Volatile.Read(ref _syncFailed) != 0;

    /// <summary>Called by the writer between two transactions.</summary>
    public void BeforeWrite(sqlite3 writer)
    {
        if (Volatile.Read(ref _state) != Done)
            return;
        if (!IsLogNeeded)
            Copy(writer, out _, out _);
        Volatile.Write(ref _state, Idle);
    }

    /// <summary>Called by the writer after each transaction.</summary>
    public void AfterWrite(sqlite3 writer)
    {
        raw.sqlite3_db_status(writer, raw.SQLITE_DBSTATUS_CACHE_WRITE, out var pages, out _, 1);
        _written += (long)pages * JournalFile.PageSize;
        if (_written < PassBytes || IsLogNeeded || Interlocked.CompareExchange(ref _state, Working, Idle) != Idle)
            return;
        _written = 0;
        _wake.Set();
    }

    public void Dispose()
    {
        Volatile.Write(ref _state, Stopping);
        _wake.Set();
        _thread.Join();
        _connection.Dispose();
        _wake.Dispose();
    }

    private void Work()
    {
        while (true)
        {
            _wake.WaitOne();
            var next = CopyAll() ? Done : Idle;
            if (Interlocked.CompareExchange(ref _state, next, Working) == Stopping)
                return;
        }
    }

    /// <summary>Copies what the log holds. True when it is long enough to start again, and little or nothing is left to copy.</summary>
    private bool CopyAll()
    {
        var isLong = false;
        var copied = -1;
        for (var pass = 0; pass < MostPasses && Volatile.Read(ref _state) == Working; pass++)
        {
            var before = copied;
            if (!Copy(_connection.Handle!, out var log, out copied))
                return false;
            isLong = log * (long)JournalFile.PageSize >= RestartBytes;
            if (!isLong || copied == before || log - copied <= SmallRestPages)
                break;
        }

        // SQLite itself syncs only where nothing is left to copy: the writer would wait for all of it.
        try
        {
            _sync();
        }
        catch (IOException)
        {
            KeepLog();
        }

        return isLong && !IsLogNeeded;
    }

    private bool Copy(sqlite3 connection, out int log, out int copied)
    {
        var result = raw.sqlite3_wal_checkpoint_v2(connection, "main", raw.SQLITE_CHECKPOINT_PASSIVE, out log, out copied);
        if (result != raw.SQLITE_OK && raw.sqlite3_extended_errcode(connection) == Faults.SyncFailed)
            KeepLog();
        return result == raw.SQLITE_OK;
    }

    private void KeepLog()
    {
        // Whoever is told may be slow, or fail: nothing here waits for that.
        if (Interlocked.Exchange(ref _syncFailed, 1) == 0 && _syncHasFailed is { } told)
            _ = Task.Run(told);
    }
}
