using System.Data.Common;
using LinqToDB;

namespace EOrda.Actors.Persistence;

/// <summary>Which database keeps the journal and the snapshots.</summary>
public abstract class Database
{
    private protected Database(string connectionString) => ConnectionString = connectionString;

    /// <summary>How its driver connects. May hold a password: not for logs.</summary>
    internal string ConnectionString { get; }

    /// <summary>The name that linq2db knows it by. Without it Akka.Persistence.Sql makes statements of no dialect.</summary>
    internal abstract string ProviderName { get; }

    /// <summary>How many transactions may be written side by side.</summary>
    internal abstract int Writers { get; }

    /// <summary>How many entities may read their pages side by side.</summary>
    internal abstract int Readers { get; }

    /// <summary>Settings of a new database that cannot be made in a transaction; empty for none.</summary>
    internal abstract string Settings { get; }

    /// <summary>Keeps others from making the tables at the same time, until the transaction ends; empty for none.</summary>
    internal abstract string Lock { get; }

    /// <summary>One row when the journal's table is there.</summary>
    internal abstract string ExistsQuery { get; }

    /// <summary>One row when the database is somebody else's; empty where a database has nothing that says so.</summary>
    internal abstract string ForeignQuery { get; }

    /// <summary>The statements that make the tables and indexes.</summary>
    internal abstract string Schema { get; }

    /// <summary>One row when the journal has a unique index over (persistence id, sequence number), which alone keeps two instances of an entity apart.</summary>
    internal abstract string UniqueIndexQuery { get; }

    /// <summary>A file in the directory: the embedded default.</summary>
    public static Database Sqlite(string directory) => new SqliteDatabase(Path.Combine(directory, SqliteFile.Name));

    /// <summary>A PostgreSQL server, for several nodes.</summary>
    /// <param name="connectionString">Npgsql's: <c>Host=…;Database=…;Username=…</c>.</param>
    public static Database PostgreSql(string connectionString) => new PostgreSqlDatabase(connectionString);

    /// <summary>What Akka.Persistence.Sql connects with.</summary>
    internal abstract DataOptions Options { get; }

    /// <summary>Opens a connection for the schema, for recoveries and for audits.</summary>
    internal abstract DbConnection Open();

    /// <summary>Opens a connection that writes nothing, for audits.</summary>
    internal virtual DbConnection OpenReadOnly() => Open();

    /// <summary>Begins a transaction that sees the database as of one instant.</summary>
    internal abstract string BeginOneInstant { get; }

    /// <summary>Gives up the connections kept for reading: those of a database that was out are broken.</summary>
    internal abstract void DropConnections();

    /// <summary>Opens a connection that stores pages.</summary>
    internal abstract PageWriter OpenWriter();
}
