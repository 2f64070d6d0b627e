using Microsoft.Data.Sqlite;
using Npgsql;

namespace EOrda.Actors.Persistence.Tests.Databases;

/// <summary>A database for one test, without tables.</summary>
internal sealed class EmptyDatabase : IDisposable
{
    private readonly DirectoryInfo directory = Directory.CreateTempSubdirectory("eorda-journals-");

    public EmptyDatabase(DatabaseKind kind) =>
        Database = kind == DatabaseKind.Sqlite ? Database.Sqlite(directory.FullName) : Database.PostgreSql(PostgresServer.Shared.NewDatabase());

    public Database Database { get; }

    /// <summary>A database with the journal's tables.</summary>
    public static EmptyDatabase Prepared(DatabaseKind kind)
    {
        var made = new EmptyDatabase(kind);
        DatabaseSchema.Prepare(made.Database);
        return made;
    }

    /// <summary>Runs a statement, which may name some bytes.</summary>
    /// <returns>How many rows it changed.</returns>
    public int Execute(string statement, byte[]? bytes = null)
    {
        using var connection = Database.Open();
        using var command = connection.CreateCommand();
        command.CommandText = statement;
        if (bytes is not null)
        {
            var parameter = command.CreateParameter();
            (parameter.ParameterName, parameter.Value) = ("@bytes", bytes);
            command.Parameters.Add(parameter);
        }

        return command.ExecuteNonQuery();
    }

    /// <summary>The first value of the first row.</summary>
    public T Read<T>(string query)
    {
        using var connection = Database.Open();
        using var command = connection.CreateCommand();
        command.CommandText = query;
        return (T)command.ExecuteScalar()!;
    }

    public void Dispose()
    {
        SqliteConnection.ClearAllPools();
        NpgsqlConnection.ClearAllPools();
        directory.Delete(recursive: true);
    }
}
