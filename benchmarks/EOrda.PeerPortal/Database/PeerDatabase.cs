using System.Reflection;
using Npgsql;

namespace EOrda.PeerPortal.Database;

/// <summary>The connections to PostgreSQL: pooled, every statement prepared once a connection.</summary>
internal sealed class PeerDatabase : IAsyncDisposable
{
    /// <summary>The variable that holds the server's connection string; benchmarks/postgres.sh sets it.</summary>
    public const string ConnectionVariable = "EORDA_POSTGRES";

    // As many as the server hands out places fastest with by itself (benchmarks/EOrda.Peers: 4 to 32 clients on two cores, docs/performance.md).
    private const int Connections = 32;

    // The pool gives whichever is free: after so many rounds each has had its turn.
    private const int RoundsOfAll = 20;

    // All of the portal's statements, with room.
    private const int Statements = 16;

    // A claim waits for a connection no longer than a parent waits for an answer.
    private const int PatienceSeconds = 30;

    private readonly NpgsqlDataSource source;

    public PeerDatabase(string connection) =>
        source = new NpgsqlDataSourceBuilder(new NpgsqlConnectionStringBuilder(connection)
        {
            MinPoolSize = Connections,
            MaxPoolSize = Connections,
            Timeout = PatienceSeconds,
            // No request leaves anything behind on its connection.
            NoResetOnClose = true,
            MaxAutoPrepare = Statements,
            AutoPrepareMinUsages = 1,
        }.ConnectionString).Build();

    /// <summary>Makes the tables anew, and makes sure that the server promises what the portal's journal does.</summary>
    /// <exception cref="InvalidOperationException">The server does not sync its commits.</exception>
    public async Task CreateAsync(CancellationToken cancel)
    {
        foreach (var setting in new[] { "fsync", "synchronous_commit", "full_page_writes" })
        {
            await using var show = source.CreateCommand($"SHOW {setting}");
            if (await show.ExecuteScalarAsync(cancel) is not "on")
            {
                throw new InvalidOperationException($"The server must run with {setting} = on.");
            }
        }

        using var schema = new StreamReader(Assembly.GetExecutingAssembly().GetManifestResourceStream("schema.sql")!);
        await RunAsync(await schema.ReadToEndAsync(cancel), cancel);
    }

    /// <summary>Lets the server look at what was loaded, so that it plans with it.</summary>
    public Task AnalyzeAsync(CancellationToken cancel) => RunAsync("VACUUM (ANALYZE)", cancel);

    /// <summary>A connection of the pool.</summary>
    public ValueTask<NpgsqlConnection> OpenAsync(CancellationToken cancel) => source.OpenConnectionAsync(cancel);

    /// <summary>Does something as often, and as much at once, as there are connections.</summary>
    public static Task OnEachAsync(Func<Task> something) => Task.WhenAll(Enumerable.Range(0, Connections * RoundsOfAll).Select(_ => something()));

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => source.DisposeAsync();

    private async Task RunAsync(string sql, CancellationToken cancel)
    {
        await using var command = source.CreateCommand(sql);
        command.CommandTimeout = 0;
        await command.ExecuteNonQueryAsync(cancel);
    }
}
