using EOrda.Actors.Journal;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace EOrda.Actors.Sqlite;

/// <summary>Writes rows over one connection. For one thread at a time.</summary>
internal sealed class JournalWriter : IDisposable
{
    private readonly SqliteConnection _connection;
    private readonly Statement _begin;
    private readonly Statement _commit;
    private readonly Statement _insertEntity;
    private readonly Statement _putHead;
    private readonly Statement _insertPage;
    private readonly Statement _insertMilestone;
    private readonly Statement _putSnapshot;

    /// <summary>Prepares its statements.</summary>
    /// <param name="connection">The connection; the writer disposes it.</param>
    public JournalWriter(SqliteConnection connection)
    {
        _connection = connection;
        _begin = new Statement(connection, "BEGIN IMMEDIATE");
        _commit = new Statement(connection, "COMMIT");
        _insertEntity = new Statement(connection, "INSERT INTO entity (id, key) VALUES (?, ?)");
        _putHead = new Statement(connection, """
            INSERT INTO head (entity, last_sequence, last_hash, pages, last_page, crc) VALUES (?1, ?2, ?3, ?4, ?5, ?6)
            ON CONFLICT (entity) DO UPDATE SET last_sequence = ?2, last_hash = ?3, pages = ?4, last_page = ?5, crc = ?6
            """);
        _insertPage = PageInsert(milestone: "NULL");
        _insertMilestone = PageInsert(milestone: "1");
        _putSnapshot = new Statement(connection, """
            INSERT INTO snapshot (entity, sequence, record_hash, format, crc, body) VALUES (?1, ?2, ?3, ?4, ?5, ?6)
            ON CONFLICT (entity) DO UPDATE SET sequence = ?2, record_hash = ?3, format = ?4, crc = ?5, body = ?6
            """);
    }

    public SqliteConnection Connection => _connection;

    /// <summary>Runs <paramref name="write"/> in one transaction that is on disk when this returns, and that has left nothing behind when it throws.</summary>
    /// <exception cref="SqliteException">SQLite's error.</exception>
    public void InTransaction(Action write)
    {
        _begin.Run();
        try
        {
            write();
            _commit.Run();
        }
        catch
        {
            Rollback();
            throw;
        }
    }

    public void InsertEntity(StoredHead head) => _insertEntity.Bind(1, head.Id).Bind(2, head.Key).Run();

    public void PutHead(StoredHead head) => _putHead
        .Bind(1, head.Id).Bind(2, head.LastSequence).Bind(3, head.LastHash.Span)
        .Bind(4, head.Pages).Bind(5, head.LastPage).Bind(6, head.Crc).Run();

    /// <summary>Adds a page after the entity's head.</summary>
    /// <param name="id">The page's number in the file.</param>
    /// <param name="before">The entity's head before it.</param>
    /// <param name="page">The page.</param>
    public void InsertPage(long id, StoredHead before, JournalPage page) => (before.MilestoneIsNext ? _insertMilestone : _insertPage)
        .Bind(1, id).Bind(2, before.Id).Bind(3, page.FirstSequence).Bind(4, page.Count).Bind(5, before.LastPage)
        .Bind(6, JournalReader.PageCrc(id, before.Id, before.LastPage, page)).Bind(7, page.LastHash.Span).Bind(8, page.Body.Span).Run();

    public void PutSnapshot(long entity, JournalSnapshot snapshot) => _putSnapshot
        .Bind(1, entity).Bind(2, snapshot.Sequence).Bind(3, snapshot.RecordHash.Span).Bind(4, snapshot.FormatVersion)
        .Bind(5, JournalReader.SnapshotCrc(entity, snapshot)).Bind(6, snapshot.Body.Span).Run();

    public void Dispose()
    {
        foreach (var statement in (ReadOnlySpan<Statement>)
            [_begin, _commit, _insertEntity, _putHead, _insertPage, _insertMilestone, _putSnapshot])
        {
            statement.Dispose();
        }

        _connection.Dispose();
    }

    private Statement PageInsert(string milestone) => new(_connection, $"""
        INSERT INTO page (id, entity, first, count, previous, crc, last_hash, body, milestone) VALUES (?, ?, ?, ?, ?, ?, ?, ?, {milestone})
        """);

    /// <summary>After some errors SQLite has rolled back by itself, after others (a failed COMMIT among them) the transaction is still open.</summary>
    private void Rollback()
    {
        if (raw.sqlite3_get_autocommit(_connection.Handle!) == 0)
            raw.sqlite3_exec(_connection.Handle!, "ROLLBACK");
    }
}
