using System.Globalization;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace EOrda.Actors.Persistence;

/// <summary>Stores pages in the embedded database.</summary>
internal sealed class SqlitePageWriter : PageWriter
{
    private readonly SqliteConnection connection;
    private readonly SqliteCommand begin;
    private readonly SqliteCommand commit;
    private readonly SqliteCommand insert;
    private readonly SqliteParameter created = new("@created", SqliteType.Integer);
    private readonly SqliteParameter entity = new("@entity", SqliteType.Text);
    private readonly SqliteParameter number = new("@number", SqliteType.Integer);
    private readonly SqliteParameter message = new("@message", SqliteType.Blob);

    /// <summary>Prepares its statements.</summary>
    /// <param name="opened">An open connection, which the writer disposes of.</param>
    public SqlitePageWriter(SqliteConnection opened)
    {
        connection = opened;
        begin = Prepared("BEGIN IMMEDIATE");
        commit = Prepared("COMMIT");
        insert = Prepared(
            $"""
            INSERT INTO journal (created, deleted, persistence_id, sequence_number, message, tags, manifest, identifier)
            VALUES (@created, 0, @entity, @number, @message, '', '{EordaSerializer.PageManifest}', {EordaSerializer.Id.ToString(CultureInfo.InvariantCulture)})
            ON CONFLICT (persistence_id, sequence_number) DO NOTHING
            """,
            created,
            entity,
            number,
            message);
    }

    /// <inheritdoc/>
    public override void Write(IReadOnlyList<WaitingPage> pages, long created)
    {
        this.created.Value = created;
        var isCommitting = false;
        try
        {
            begin.ExecuteNonQuery();
            foreach (var page in pages)
            {
                (entity.Value, number.Value, message.Value) = (page.Event.PersistenceId, page.Event.SequenceNr, page.Page.Bytes);
                page.IsTaken = insert.ExecuteNonQuery() == 0;
            }

            isCommitting = true;
            commit.ExecuteNonQuery();
        }
        catch (SqliteException fault) when (!isCommitting || fault.SqliteErrorCode is raw.SQLITE_FULL or raw.SQLITE_READONLY or raw.SQLITE_BUSY)
        {
            // Without its commit nothing of a transaction is there; and of these errors SQLite says that it has committed nothing.
            Rollback();
            throw new PageNotStoredException(fault.Message, fault);
        }
        catch
        {
            Rollback();
            throw;
        }
    }

    /// <inheritdoc/>
    public override void Dispose()
    {
        begin.Dispose();
        commit.Dispose();
        insert.Dispose();
        connection.Dispose();
    }

    private SqliteCommand Prepared(string statement, params SqliteParameter[] parameters)
    {
        var command = connection.CreateCommand();
        command.CommandText = statement;
        command.Parameters.AddRange(parameters);
        command.Prepare();
        return command;
    }

    // After some errors SQLite has rolled back by itself, after others the transaction is still open.
    private void Rollback()
    {
        if (raw.sqlite3_get_autocommit(connection.Handle!) == 0)
        {
            raw.sqlite3_exec(connection.Handle!, "ROLLBACK");
        }
    }
}
