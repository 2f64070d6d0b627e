using EOrda.Actors.Journal;
using EOrda.Actors.Persistence;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace EOrda.Actors.Sqlite;

/// <summary>The journal's file: where it lies, how it is opened, and whether it is ours.</summary>
internal static class JournalFile
{
    public const string FileName = "journal.db";

    /// <summary>Bytes of one page of the file.</summary>
    /// <remarks>
    /// Measured with 4, 8, 16 and 32 KiB. Large pages make large bodies cheap (1 MB in one commit: 2.0 ms with 4 KiB, 1.1 ms with 16 KiB)
    /// because SQLite's cost is by the page: cache, write-ahead frame, overflow link. They make scattered updates dear, for each touched
    /// page goes to the log whole. 16 KiB is the best or close to it in every case measured, tiny commits included.
    /// </remarks>
    public const int PageSize = 16 * 1024;

    /// <summary>Milliseconds that a write waits for a lock held by a foreign program, such as the SQLite shell.</summary>
    private const int WriterBusyTimeout = 1_000;

    private const int ReaderBusyTimeout = 5_000;

    public static string PathIn(string directory) => Path.Combine(directory, FileName);

    /// <summary>True when there is something in the file or in its log.</summary>
    public static bool IsFilled(string path) => new FileInfo(path) is { Exists: true, Length: > 0 } || HasLog(path);

    /// <summary>Opens for writing; creates file and schema at the first start.</summary>
    /// <exception cref="SqliteException">SQLite could not.</exception>
    /// <exception cref="JournalFormatException">The file is not ours; it stays as it was.</exception>
    /// <exception cref="JournalDamagedException">The file is gone but its write-ahead log is there.</exception>
    public static SqliteConnection OpenWriter(string path)
    {
        RefuseOrphanedLog(path);
        MakePrivate(path);
        var connection = Open(path, SqliteOpenMode.ReadWriteCreate);
        try
        {
            Set(connection, "busy_timeout", WriterBusyTimeout);
            var isNew = Schema.IsAbsent(connection, path);
            if (isNew)
                Set(connection, "page_size", PageSize);

            // The log is read by auditors while we write, and a commit is one sequential write and one sync.
            Set(connection, "journal_mode", "WAL");
            SetDurable(connection);
            // A commit's pages stay in memory until it commits: 32 MiB, well above the 4 MB of a large one.
            Set(connection, "cache_size", -32 * 1024);
            // Checkpoints are the Checkpointer's.
            Set(connection, "wal_autocheckpoint", 0);
            // The log is written again from its start after each checkpoint. Its blocks are kept, since syncing a file that does not grow
            // is cheaper; what a long audit made it grow beyond this is given back.
            Set(connection, "journal_size_limit", 2 * Checkpointer.RestartBytes);
            if (isNew)
                Schema.Create(connection);
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    /// <summary>
    /// Makes the file, empty, where there is none: SQLite would make it as wide as the process's mask allows. What SQLite lays beside it (the log and its index)
    /// gets the file's own mode.
    /// </summary>
    public static void MakePrivate(string path)
    {
        if (!File.Exists(path))
            PrivateFiles.Create(path).Dispose();
    }

    /// <summary>Opens the connection that checkpoints.</summary>
    public static SqliteConnection OpenCheckpointer(string path)
    {
        var connection = Open(path, SqliteOpenMode.ReadWrite);
        SetDurable(connection);
        return connection;
    }

    /// <summary>Opens for reading a file that is known to be ours.</summary>
    public static SqliteConnection OpenReader(string path)
    {
        var connection = Open(path, SqliteOpenMode.ReadOnly);
        Set(connection, "busy_timeout", ReaderBusyTimeout);
        return connection;
    }

    /// <summary>Opens for reading a file that may be anything, on a medium that may be read-only.</summary>
    /// <exception cref="JournalFormatException">The file is not ours.</exception>
    public static SqliteConnection OpenForeignReader(string path)
    {
        var connection = OpenReader(path);
        try
        {
            try
            {
                Schema.Require(connection, path);
            }
            catch (SqliteException e) when (e.SqliteErrorCode is raw.SQLITE_CANTOPEN && !HasLog(path))
            {
                // Reading beside a writer needs an index file that cannot be made on a read-only medium.
                // Nobody writes there, and with no log the file alone is the whole journal.
                connection.Dispose();
                connection = OpenReader($"file:{Uri.EscapeDataString(path).Replace("%2F", "/", StringComparison.Ordinal)}?immutable=1");
                Schema.Require(connection, path);
            }

            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    /// <summary>Leaves the write-ahead log as it is when the connection, the last one, is closed.</summary>
    public static void KeepLogAtClose(SqliteConnection connection)
    {
        const int NoCheckpointAtClose = 1006;
        raw.sqlite3_db_config(connection.Handle!, NoCheckpointAtClose, 1, out _);
    }

    public static void Execute(SqliteConnection connection, string sql, SqliteTransaction? transaction = null)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.Transaction = transaction;
        command.ExecuteNonQuery();
    }

    public static long Number(SqliteConnection connection, string sql)
    {
        using var statement = new Statement(connection, sql);
        return statement.Step() ? statement.Long(0) : 0;
    }

    private static SqliteConnection Open(string path, SqliteOpenMode mode)
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder
        {
            DataSource = path,
            Mode = mode,
            Pooling = false,
        }.ConnectionString);
        try
        {
            connection.Open();
            // Notice broken pages when they are read; believe no function named in the file.
            Set(connection, "cell_size_check", "ON");
            Set(connection, "trusted_schema", "OFF");
            // An I/O error behind a memory map kills the process; behind a read it is an error code.
            Set(connection, "mmap_size", 0);
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    private static void SetDurable(SqliteConnection connection)
    {
        Set(connection, "synchronous", "FULL");
        // On macOS a plain sync stops at the drive's cache; elsewhere this changes nothing.
        Set(connection, "fullfsync", "ON");
        Set(connection, "checkpoint_fullfsync", "ON");
    }

    private static void Set(SqliteConnection connection, string pragma, object value) =>
        Execute(connection, $"PRAGMA {pragma} = {value}");

    private static bool HasLog(string path) => new FileInfo(path + "-wal") is { Exists: true, Length: > 0 };

    /// <summary>SQLite would delete a log without its file, and with it acknowledged records.</summary>
    private static void RefuseOrphanedLog(string path)
    {
        if (HasLog(path) && new FileInfo(path) is { Exists: false } or { Length: 0 })
            throw new JournalDamagedException($"'{path}' is missing or empty, but its write-ahead log is there. Put the file back.");
    }
}
