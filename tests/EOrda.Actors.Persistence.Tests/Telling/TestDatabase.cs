namespace EOrda.Actors.Persistence.Tests.Telling;

/// <summary>An empty database: SQLite's, or that of the server which <c>EORDA_POSTGRES</c> names (<c>benchmarks/postgres.sh dotnet test …</c>).</summary>
internal sealed class TestDatabase : IDisposable
{
    private readonly DirectoryInfo directory = Directory.CreateTempSubdirectory("eorda-facts-");

    public TestDatabase()
    {
        var server = Environment.GetEnvironmentVariable("EORDA_POSTGRES");
        Database = server is null ? Database.Sqlite(directory.FullName) : Database.PostgreSql(server);
        if (server is not null)
        {
            Execute("DROP TABLE IF EXISTS journal, snapshot");
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

    public void Dispose()
    {
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        directory.Delete(recursive: true);
    }
}
