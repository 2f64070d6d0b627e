using System.Buffers.Binary;
using EOrda.Actors.Journal;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace EOrda.Actors.Persistence;

/// <summary>
/// The embedded journal's file: made for its owner's eyes only, and told from other programs' files. Whose it is stands in the first bytes of the file itself, also while
/// everything else is in the log beside it; so a file is looked at without SQLite, which would change it.
/// </summary>
internal static class JournalFile
{
    /// <summary>The version of the tables and of what they hold.</summary>
    public const int Version = 1;

    // "EOrQ". The journal before Akka had "EOrJ".
    private const int ApplicationId = 0x454F7251;

    // Where SQLite's file format has them, in 4 bytes each, the highest first.
    private const int UserVersionAt = 60;
    private const int ApplicationIdAt = 68;
    private const int HeaderBytes = 100;

    private const int PageBytes = 8192;
    private const string Aside = ".new";

    private static readonly string[] Beside = ["", "-journal", "-wal", "-shm"];

    /// <summary>Makes the file where there is none, and goes on only with a journal of this version.</summary>
    /// <exception cref="UnknownJournalException">The file is another program's, or of another version. It stays as it was.</exception>
    /// <exception cref="JournalDamagedException">The file is missing but its log is there, or SQLite cannot read it.</exception>
    /// <exception cref="IOException">The file cannot be made.</exception>
    public static void MakeReady(string path)
    {
        if (IsFilled(path))
        {
            Require(path);
            RequireReadable(path);
        }
        else if (IsFilled(path + "-wal"))
        {
            // SQLite would delete the log, and with it what was answered.
            throw new JournalDamagedException($"'{path}' is missing or empty, but its write-ahead log is there. Put the file back.");
        }
        else
        {
            Make(path);
        }
    }

    /// <summary>Goes on only with a journal of this version.</summary>
    /// <exception cref="UnknownJournalException">The file is another program's, or of another version.</exception>
    public static void Require(string path)
    {
        Span<byte> header = stackalloc byte[HeaderBytes];
        using (var file = File.OpenRead(path))
        {
            if (file.ReadAtLeast(header, HeaderBytes, throwOnEndOfStream: false) < HeaderBytes
                || !header.StartsWith("SQLite format 3\0"u8)
                || BinaryPrimitives.ReadInt32BigEndian(header[ApplicationIdAt..]) != ApplicationId)
            {
                throw new UnknownJournalException($"'{path}' is no journal of this program (or its first bytes are damaged).");
            }
        }

        var version = BinaryPrimitives.ReadInt32BigEndian(header[UserVersionAt..]);
        if (version != Version)
        {
            throw new UnknownJournalException(
                $"'{path}' is a journal of version {version}; this program knows version {Version}."
                + (version > Version ? " Use the newer program that wrote it." : ""));
        }
    }

    private static bool IsFilled(string path) => new FileInfo(path) is { Exists: true, Length: > 0 };

    private static void RequireReadable(string path)
    {
        using var connection = new SqliteConnection(Connecting(path, SqliteOpenMode.ReadWrite));
        try
        {
            connection.Open();
            Execute(connection, "SELECT count(*) FROM sqlite_schema");
        }
        catch (SqliteException fault) when (fault.SqliteErrorCode is raw.SQLITE_CORRUPT or raw.SQLITE_NOTADB)
        {
            throw new JournalDamagedException($"'{path}' is damaged: {fault.Message}", inner: fault);
        }
    }

    // Aside, so that a first start that is cut short leaves no half of a file. SQLite makes the file as wide as the process's mask allows, and what it lays beside it
    // as wide as the file.
    private static void Make(string path)
    {
        foreach (var beside in Beside)
        {
            File.Delete(path + Aside + beside);
        }

        PrivateFiles.Create(path + Aside).Dispose();
        using (var connection = new SqliteConnection(Connecting(path + Aside, SqliteOpenMode.ReadWrite)))
        {
            connection.Open();
            Execute(connection, $"PRAGMA page_size = {PageBytes}; PRAGMA application_id = {ApplicationId}; PRAGMA user_version = {Version}; PRAGMA journal_mode = WAL;");
        }

        File.Move(path + Aside, path, overwrite: true);
    }

    private static string Connecting(string path, SqliteOpenMode mode) => new SqliteConnectionStringBuilder { DataSource = path, Mode = mode, Pooling = false }.ToString();

    private static void Execute(SqliteConnection connection, string statements)
    {
        using var command = connection.CreateCommand();
        command.CommandText = statements;
        command.ExecuteNonQuery();
    }
}

/// <summary>The file is no journal of this program, or one of a version that it does not know. It has not been touched.</summary>
public sealed class UnknownJournalException(string message) : IOException(message);
