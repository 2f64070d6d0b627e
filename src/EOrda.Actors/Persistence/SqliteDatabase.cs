using System.Data.Common;
using LinqToDB;
using Microsoft.Data.Sqlite;

namespace EOrda.Actors.Persistence;

/// <summary>The embedded database: one file, one writer.</summary>
internal sealed class SqliteDatabase(string file) : Database(
    new SqliteConnectionStringBuilder { DataSource = file, Mode = SqliteOpenMode.ReadWriteCreate, DefaultTimeout = 30 }.ToString())
{
    // Of each connection; the file's own (page size, WAL) are set once, with the schema. FULL: a commit is on disk when it is answered.
    private const string OfConnection = "PRAGMA busy_timeout = 10000; PRAGMA synchronous = FULL; PRAGMA wal_autocheckpoint = 8192; PRAGMA journal_size_limit = 67108864; PRAGMA temp_store = MEMORY;";

    /// <summary>What the file says that it is: "EOrQ".</summary>
    internal const long ApplicationId = 0x454F7251;

    internal override string ProviderName => LinqToDB.ProviderName.SQLiteMS;

    internal override int Writers => 1;

    internal override int Readers => 2;

    internal override string Settings => "PRAGMA page_size = 8192; PRAGMA journal_mode = WAL;";

    internal override string Lock => "";

    internal override string ExistsQuery => "SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = 'journal'";

    internal override string Schema =>
        $"""
        CREATE TABLE journal (
            ordering INTEGER PRIMARY KEY,
            created INTEGER NOT NULL,
            deleted INTEGER NOT NULL,
            persistence_id TEXT NOT NULL,
            sequence_number INTEGER NOT NULL,
            message BLOB NOT NULL,
            tags TEXT NULL,
            manifest TEXT NULL,
            identifier INTEGER NULL,
            writer_uuid TEXT NULL);
        CREATE UNIQUE INDEX journal_of_entity ON journal (persistence_id, sequence_number);
        CREATE TABLE snapshot (
            persistence_id TEXT NOT NULL,
            sequence_number INTEGER NOT NULL,
            created INTEGER NOT NULL,
            snapshot BLOB NULL,
            manifest TEXT NULL,
            serializer_id INTEGER NULL,
            PRIMARY KEY (persistence_id, sequence_number));
        CREATE TABLE seal (
            day TEXT NOT NULL,
            entity TEXT NOT NULL,
            record INTEGER NOT NULL,
            hash BLOB NOT NULL,
            mac BLOB NOT NULL,
            PRIMARY KEY (day, entity));
        PRAGMA application_id = {ApplicationId};
        """;

    // A file of another program is not touched; the journal before Akka has an id of its own.
    internal override string ForeignQuery => $"SELECT 1 FROM pragma_application_id WHERE application_id NOT IN (0, {ApplicationId})";

    internal override string UniqueIndexQuery =>
        """
        SELECT 1 FROM pragma_index_list('journal') AS list
        WHERE list."unique" = 1 AND list.partial = 0
          AND (SELECT group_concat(name, ',') FROM (SELECT name FROM pragma_index_info(list.name) ORDER BY seqno)) = 'persistence_id,sequence_number'
        LIMIT 1
        """;

    internal override DataOptions Options => new DataOptions()
        .UseConnectionString(ProviderName, ConnectionString)
        .UseAfterConnectionOpened(Prepare, async (connection, cancel) => await PrepareAsync(connection, cancel));

    internal override DbConnection Open() => OpenPrepared();

    internal override DbConnection OpenReadOnly()
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = file, Mode = SqliteOpenMode.ReadOnly, Pooling = false }.ToString());
        connection.Open();
        return connection;
    }

    internal override string BeginOneInstant => "BEGIN";

    internal override void DropConnections() => SqliteConnection.ClearPool(new SqliteConnection(ConnectionString));

    internal override PageWriter OpenWriter() => new SqlitePageWriter(OpenPrepared());

    private SqliteConnection OpenPrepared()
    {
        var connection = new SqliteConnection(ConnectionString);
        connection.Open();
        Prepare(connection);
        return connection;
    }

    private static void Prepare(DbConnection connection)
    {
        using var command = connection.CreateCommand();
        command.CommandText = OfConnection;
        command.ExecuteNonQuery();
    }

    private static async Task PrepareAsync(DbConnection connection, CancellationToken cancel)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = OfConnection;
        await command.ExecuteNonQueryAsync(cancel);
    }
}
