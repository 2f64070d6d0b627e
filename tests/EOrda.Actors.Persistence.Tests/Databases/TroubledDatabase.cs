using System.Data.Common;
using LinqToDB;
using Microsoft.Data.Sqlite;

namespace EOrda.Actors.Persistence.Tests.Databases;

/// <summary>An embedded database whose writer gets into trouble when a test says so.</summary>
internal sealed class TroubledDatabase(Database sound) : Database(sound.ConnectionString)
{
    /// <summary>What a connection is told when it opens for writing.</summary>
    public string Pragma { get; set; } = "";

    /// <summary>Called before a transaction and after it; may throw.</summary>
    public Action<bool> Around { get; set; } = _ => { };

    internal override string ProviderName => sound.ProviderName;

    internal override int Writers => sound.Writers;

    internal override int Readers => sound.Readers;

    internal override string Settings => sound.Settings;

    internal override string Lock => sound.Lock;

    internal override string ExistsQuery => sound.ExistsQuery;

    internal override string Schema => sound.Schema;

    internal override string UniqueIndexQuery => sound.UniqueIndexQuery;

    internal override DataOptions Options => sound.Options;

    internal override string ForeignQuery => sound.ForeignQuery;

    internal override string BeginOneInstant => sound.BeginOneInstant;

    internal override DbConnection Open() => sound.Open();

    internal override void DropConnections() => sound.DropConnections();

    internal override PageWriter OpenWriter()
    {
        var connection = (SqliteConnection)sound.Open();
        using var command = connection.CreateCommand();
        command.CommandText = Pragma;
        command.ExecuteNonQuery();
        return new Writer(new SqlitePageWriter(connection), this);
    }

    private sealed class Writer(SqlitePageWriter writer, TroubledDatabase database) : PageWriter
    {
        public override void Write(IReadOnlyList<WaitingPage> pages, long created)
        {
            database.Around(false);
            writer.Write(pages, created);
            database.Around(true);
        }

        public override void Dispose() => writer.Dispose();
    }
}
