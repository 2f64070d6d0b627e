namespace EOrda.Actors.Persistence.Tests.Telling;

/// <summary>An empty database: SQLite's, or that of the server which <c>EORDA_POSTGRES</c> names (<c>benchmarks/postgres.sh dotnet test …</c>).</summary>
internal sealed class TestDatabase : IDisposable
{
    private readonly DirectoryInfo directory = Directory.CreateTempSubdirectory("eorda-facts-");
    private readonly string? server = Environment.GetEnvironmentVariable("EORDA_POSTGRES");
    private readonly string name = $"facts_{Guid.NewGuid():N}";

    public TestDatabase()
    {
        if (server is null)
        {
            Database = Database.Sqlite(directory.FullName);
        }
        else
        {
            Execute(Database.PostgreSql(server), $"CREATE DATABASE {name}", bytes: null);
            Database = Database.PostgreSql($"{server};Database={name};Pooling=false");
        }

        DatabaseSchema.Prepare(Database);
    }

    public Database Database { get; }

    /// <summary>The bytes of a page of the only entity.</summary>
    public byte[] Page(long sequence)
    {
        using var connection = Database.Open();
        using var command = connection.CreateCommand();
        command.CommandText = $"SELECT message FROM journal WHERE sequence_number = {sequence}";
        return (byte[])command.ExecuteScalar()!;
    }

    /// <summary>Runs a statement, which may name some bytes.</summary>
    /// <returns>How many rows it changed.</returns>
    public int Execute(string statement, byte[]? bytes = null) => Execute(Database, statement, bytes);

    public void Dispose()
    {
        if (server is not null)
        {
            Execute(Database.PostgreSql(server), $"DROP DATABASE {name} WITH (FORCE)", bytes: null);
        }

        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        directory.Delete(recursive: true);
    }

    private static int Execute(Database database, string statement, byte[]? bytes)
    {
        using var connection = database.Open();
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
}
