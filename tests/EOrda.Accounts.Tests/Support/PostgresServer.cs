using System.Diagnostics;

namespace EOrda.Accounts.Tests.Support;

/// <summary>A test on PostgreSQL, skipped where it is not installed.</summary>
public sealed class PostgresFactAttribute : FactAttribute
{
    public PostgresFactAttribute()
    {
        if (!PostgresServer.IsInstalled)
        {
            Skip = "PostgreSQL is not installed (Debian: postgresql).";
        }
    }
}

/// <summary>A private server that lives as long as the tests of a class: benchmarks/postgres.sh.</summary>
public sealed class PostgresServer : IAsyncLifetime
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private Process? script;
    private string connection = "";
    private int databases;

    public static bool IsInstalled { get; } =
        Directory.Exists("/usr/lib/postgresql") && Directory.GetDirectories("/usr/lib/postgresql").Any(version => File.Exists(Path.Combine(version, "bin", "initdb")));

    public async Task InitializeAsync()
    {
        if (!IsInstalled)
        {
            return;
        }

        // The command says where the server is, and ends, and the server with it, when nobody holds its input any more.
        script = Process.Start(new ProcessStartInfo("bash", [Script(), "bash", "-c", "echo \"$EORDA_POSTGRES\"; read -r"])
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        })!;
        using var patience = new CancellationTokenSource(Patience);
        connection = await script.StandardOutput.ReadLineAsync(patience.Token) ?? throw new InvalidOperationException("PostgreSQL did not start.");
    }

    /// <summary>A new, empty database.</summary>
    public async Task<string> NewDatabase()
    {
        var name = $"accounts_{Interlocked.Increment(ref databases)}";
        await using var server = new Npgsql.NpgsqlConnection(connection);
        await server.OpenAsync();
        await using var command = server.CreateCommand();
#pragma warning disable CA2100 // The name is a number.
        command.CommandText = $"CREATE DATABASE {name}";
#pragma warning restore CA2100
        await command.ExecuteNonQueryAsync();
        return new Npgsql.NpgsqlConnectionStringBuilder(connection) { Database = name }.ToString();
    }

    public async Task DisposeAsync()
    {
        Npgsql.NpgsqlConnection.ClearAllPools();
        if (script is not null)
        {
            script.StandardInput.Close();
            using var patience = new CancellationTokenSource(Patience);
            await script.WaitForExitAsync(patience.Token);
            script.Dispose();
        }
    }

    private static string Script()
    {
        for (var directory = new DirectoryInfo(AppContext.BaseDirectory); directory is not null; directory = directory.Parent)
        {
            if (File.Exists(Path.Combine(directory.FullName, "EOrda.Actors.sln")))
            {
                return Path.Combine(directory.FullName, "benchmarks", "postgres.sh");
            }
        }

        throw new InvalidOperationException("No directory above the tests has the solution.");
    }
}
