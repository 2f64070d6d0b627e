using System.Data.Common;
using LinqToDB;
using LinqToDB.DataProvider;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace EOrda.Actors.Persistence;

/// <summary>Which database keeps the journal and the snapshots.</summary>
public abstract class Database
{
    private Database(string connectionString) => ConnectionString = connectionString;

    /// <summary>How its driver connects. May hold a password: not for logs.</summary>
    internal string ConnectionString { get; }

    /// <summary>The name that linq2db knows it by. Without it Akka.Persistence.Sql makes statements of no dialect.</summary>
    internal abstract string ProviderName { get; }

    /// <summary>How many transactions may be written side by side.</summary>
    internal abstract int Writers { get; }

    /// <summary>Settings of a new database that cannot be made in a transaction; empty for none.</summary>
    internal abstract string Settings { get; }

    /// <summary>Keeps others from making the tables at the same time, until the transaction ends; empty for none.</summary>
    internal abstract string Lock { get; }

    /// <summary>One row when the journal's table is there.</summary>
    internal abstract string ExistsQuery { get; }

    /// <summary>The statements that make the tables and indexes.</summary>
    internal abstract string Schema { get; }

    /// <summary>One row when the journal has a unique index over (persistence id, sequence number), which alone keeps two instances of an entity apart.</summary>
    internal abstract string UniqueIndexQuery { get; }

    /// <summary>A file in the directory: the embedded default.</summary>
    public static Database Sqlite(string directory) => new Embedded(Path.Combine(directory, "journal.db"));

    /// <summary>A PostgreSQL server, for several nodes.</summary>
    /// <param name="connectionString">Npgsql's: <c>Host=…;Database=…;Username=…</c>.</param>
    public static Database PostgreSql(string connectionString) => new Server(connectionString);

    /// <summary>What Akka.Persistence.Sql connects with.</summary>
    internal abstract DataOptions Options { get; }

    /// <summary>Opens a connection for the schema and for audits.</summary>
    internal abstract DbConnection Open();

    private sealed class Embedded(string file) : Database(
        new SqliteConnectionStringBuilder { DataSource = file, Mode = SqliteOpenMode.ReadWriteCreate, DefaultTimeout = 30 }.ToString())
    {
        // Of each connection; the file's own (page size, WAL) are set once, with the schema. FULL: a commit is on disk when it is answered.
        private const string OfConnection = "PRAGMA synchronous = FULL; PRAGMA wal_autocheckpoint = 8192; PRAGMA journal_size_limit = 67108864; PRAGMA temp_store = MEMORY;";

        internal override string ProviderName => LinqToDB.ProviderName.SQLiteMS;

        internal override int Writers => 1;

        internal override string Settings => "PRAGMA page_size = 8192; PRAGMA journal_mode = WAL;";

        internal override string Lock => "";

        internal override string ExistsQuery => "SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = 'journal'";

        internal override string Schema =>
            """
            CREATE TABLE journal (
                ordering INTEGER PRIMARY KEY AUTOINCREMENT,
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
            """;

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

        internal override DbConnection Open()
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

    private sealed class Server(string connectionString) : Database(connectionString)
    {
        internal override string ProviderName => LinqToDB.ProviderName.PostgreSQL15;

        internal override int Writers => 2;

        internal override string Settings => "";

        // Two nodes may start at once.
        internal override string Lock => "SELECT pg_advisory_xact_lock(471000101)";

        internal override string ExistsQuery => "SELECT 1 WHERE to_regclass('journal') IS NOT NULL";

        internal override string Schema =>
            """
            CREATE TABLE journal (
                ordering BIGINT GENERATED BY DEFAULT AS IDENTITY PRIMARY KEY,
                created BIGINT NOT NULL,
                deleted BOOLEAN NOT NULL,
                persistence_id TEXT NOT NULL,
                sequence_number BIGINT NOT NULL,
                message BYTEA NOT NULL,
                tags TEXT NULL,
                manifest TEXT NULL,
                identifier INTEGER NULL,
                writer_uuid TEXT NULL);
            CREATE UNIQUE INDEX journal_of_entity ON journal (persistence_id, sequence_number);
            CREATE TABLE snapshot (
                persistence_id TEXT NOT NULL,
                sequence_number BIGINT NOT NULL,
                created BIGINT NOT NULL,
                snapshot BYTEA NULL,
                manifest TEXT NULL,
                serializer_id INTEGER NULL,
                PRIMARY KEY (persistence_id, sequence_number));
            """;

        internal override string UniqueIndexQuery =>
            """
            SELECT 1 FROM pg_index AS i
            WHERE i.indrelid = 'journal'::regclass AND i.indisunique AND i.indisvalid AND i.indpred IS NULL AND i.indexprs IS NULL
              AND (SELECT string_agg(a.attname, ',' ORDER BY k.place) FROM unnest(i.indkey) WITH ORDINALITY AS k (number, place)
                   JOIN pg_attribute AS a ON a.attrelid = i.indrelid AND a.attnum = k.number) = 'persistence_id,sequence_number'
            LIMIT 1
            """;

        internal override DataOptions Options => new DataOptions().UseConnectionString(ProviderName, ConnectionString);

        internal override DbConnection Open()
        {
            var connection = new NpgsqlConnection(ConnectionString);
            connection.Open();
            return connection;
        }
    }
}
