using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace EOrda.Actors.Sqlite;

/// <summary>The tables of the journal and their version.</summary>
/// <remarks>
/// <para>
/// <c>entity</c> and <c>head</c>: an entity's key never changes, its head does with every commit. They are apart so that the part that
/// changes is short and many heads share a page of the file. Numbers of entities run from 1 without gaps.
/// </para>
/// <para>
/// <c>page</c>: records, in the order of their commits, numbered from 1 without gaps. Each page names the entity's previous one. A full index by
/// entity would cost more than the records themselves: a commit that touches 100 entities would write 100 index pages (1.45 ms instead
/// of 0.6 ms, measured). So only every 32nd page of an entity is in the index, as a milestone; the ones between are found by walking back from the next
/// milestone, 32 steps at most.
/// </para>
/// <para><c>crc</c>: <see cref="Checksum"/> over the other columns of the row (and for a head the key).</para>
/// </remarks>
internal static class Schema
{
    /// <summary>Every how many pages of an entity one is a milestone.</summary>
    public const int MilestoneDistance = 32;

    /// <summary>"EOrJ".</summary>
    public const int ApplicationId = 0x454F724A;

    public const int Version = 1;

    private const string Tables = """
        CREATE TABLE entity (
            id INTEGER PRIMARY KEY,
            key TEXT NOT NULL
        ) STRICT;

        CREATE TABLE head (
            entity INTEGER PRIMARY KEY,
            last_sequence INTEGER NOT NULL,
            last_hash BLOB NOT NULL,
            pages INTEGER NOT NULL,
            last_page INTEGER NOT NULL,
            crc INTEGER NOT NULL
        ) STRICT;

        CREATE TABLE page (
            id INTEGER PRIMARY KEY,
            entity INTEGER NOT NULL,
            first INTEGER NOT NULL,
            count INTEGER NOT NULL,
            previous INTEGER NOT NULL,
            milestone INTEGER,
            crc INTEGER NOT NULL,
            last_hash BLOB NOT NULL,
            body BLOB NOT NULL
        ) STRICT;

        CREATE UNIQUE INDEX page_milestone ON page (entity, first) WHERE milestone = 1;

        CREATE TABLE snapshot (
            entity INTEGER PRIMARY KEY,
            sequence INTEGER NOT NULL,
            record_hash BLOB NOT NULL,
            format INTEGER NOT NULL,
            crc INTEGER NOT NULL,
            body BLOB NOT NULL
        ) STRICT;

        CREATE TRIGGER page_is_never_changed BEFORE UPDATE ON page
        BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END;

        CREATE TRIGGER page_is_never_deleted BEFORE DELETE ON page
        BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END;

        CREATE TRIGGER entity_is_never_changed BEFORE UPDATE ON entity
        BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END;

        CREATE TRIGGER entity_is_never_deleted BEFORE DELETE ON entity
        BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END;

        CREATE TRIGGER head_is_never_deleted BEFORE DELETE ON head
        BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END;

        """;

    /// <summary>True for an empty file, false for a journal of this version.</summary>
    /// <exception cref="JournalFormatException">The file is something else.</exception>
    public static bool IsAbsent(SqliteConnection connection, string path)
    {
        try
        {
            if (JournalFile.Number(connection, "SELECT count(*) FROM sqlite_schema") == 0
                && JournalFile.Number(connection, "PRAGMA application_id") == 0
                && JournalFile.Number(connection, "PRAGMA user_version") == 0)
            {
                return true;
            }

            Require(connection, path);
            return false;
        }
        catch (SqliteException e) when (e.SqliteErrorCode is raw.SQLITE_NOTADB)
        {
            throw NoJournal(path, e);
        }
    }

    /// <summary>Goes on only with a journal of this version.</summary>
    /// <exception cref="JournalFormatException">The file is no journal of this version.</exception>
    public static void Require(SqliteConnection connection, string path)
    {
        try
        {
            if (JournalFile.Number(connection, "PRAGMA application_id") != ApplicationId)
                throw NoJournal(path, null);
        }
        catch (SqliteException e) when (e.SqliteErrorCode is raw.SQLITE_NOTADB)
        {
            throw NoJournal(path, e);
        }

        var version = JournalFile.Number(connection, "PRAGMA user_version");
        if (version != Version)
        {
            throw new JournalFormatException(
                $"'{path}' is a journal of version {version}; this program knows version {Version}."
                + (version > Version ? " Use the newer program that wrote it." : ""));
        }
    }

    /// <summary>Creates everything in one transaction, so that a file is either empty or complete.</summary>
    public static void Create(SqliteConnection connection)
    {
        using var transaction = connection.BeginTransaction(deferred: false);
        JournalFile.Execute(connection, Tables + $"PRAGMA application_id = {ApplicationId}; PRAGMA user_version = {Version};", transaction);
        transaction.Commit();
    }

    private static JournalFormatException NoJournal(string path, Exception? inner) =>
        new($"'{path}' is no journal of this program (or its first bytes are damaged).", inner);
}
