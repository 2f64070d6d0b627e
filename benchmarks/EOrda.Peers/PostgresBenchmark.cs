using System.Diagnostics;
using EOrda.Actors.Persistence;
using Npgsql;

namespace EOrda.Peers;

/// <summary>
/// The usual way to hand out places: a table in PostgreSQL, and each claim one statement and one durable transaction.
/// Clients share one queue or spread over several; nobody waits for a row that another is taking.
/// </summary>
internal static class PostgresBenchmark
{
    public const string ConnectionVariable = "EORDA_POSTGRES";

    private const int WarmUpClaims = 200;

    private const string Claim = """
        UPDATE place SET holder = $2 WHERE id = (
            SELECT id FROM place WHERE queue = $1 AND holder IS NULL ORDER BY id FOR UPDATE SKIP LOCKED LIMIT 1)
        RETURNING id
        """;

    private static readonly int[] _clients = [1, 2, 4, 8, 16, 32, 64, 128];

    public static async Task<double> RunAsync(TimeSpan time, int queues, int places)
    {
        await using var source = new NpgsqlDataSourceBuilder(new NpgsqlConnectionStringBuilder(ConnectionString)
        {
            MinPoolSize = _clients[^1],
            MaxPoolSize = _clients[^1],
            // Each claim takes a connection from the pool and gives it back, as a web application does; the reset between is not the database's fault.
            NoResetOnClose = true,
            MaxAutoPrepare = 4,
            AutoPrepareMinUsages = 1,
        }.ConnectionString).Build();
        await RequireDurabilityAsync(source);

        Console.WriteLine($"postgres: {places:N0} free places in {queues} queue(s), one claim a transaction, synchronous_commit = on, {time.TotalSeconds} s each");
        Console.WriteLine("clients    claims/s   p50 ms   p99 ms");
        var best = (Clients: 0, PerSecond: 0.0);
        foreach (var clients in _clients)
        {
            await FillAsync(source, queues, places);
            var perSecond = await MeasureAsync(source, clients, queues, time);
            if (perSecond > best.PerSecond)
                best = (clients, perSecond);
        }

        Console.WriteLine($"best: {best.PerSecond:N0} claims/s with {best.Clients} clients");
        return best.PerSecond;
    }

    /// <summary>A database of the server in which the journal's tables are yet to be made.</summary>
    public static async Task<Database> EmptyDatabaseAsync()
    {
        var connection = ConnectionString;
        await using var source = NpgsqlDataSource.Create(connection);
        await RequireDurabilityAsync(source);
        await using var command = source.CreateCommand("DROP TABLE IF EXISTS journal, snapshot");
        await command.ExecuteNonQueryAsync();
        return Database.PostgreSql(connection);
    }

    private static string ConnectionString => Environment.GetEnvironmentVariable(ConnectionVariable)
        ?? throw new InvalidOperationException($"Set {ConnectionVariable} to a connection string, or run this with benchmarks/postgres.sh.");

    private static async Task RequireDurabilityAsync(NpgsqlDataSource source)
    {
        foreach (var setting in new[] { "fsync", "synchronous_commit", "full_page_writes" })
        {
            await using var command = source.CreateCommand($"SHOW {setting}");
            if (await command.ExecuteScalarAsync() is not "on")
                throw new InvalidOperationException($"The server must run with {setting} = on; otherwise it promises less than the journal does.");
        }
    }

    /// <summary>A new table: as many free places as asked for, among three times as many that are held, as in life.</summary>
    /// <remarks>
    /// The index holds free places only, so a claim finds the first at once. The held ones make the planner see its worth: with free ones alone it
    /// walks the primary key past all that was claimed before, which is several times slower.
    /// Half of each table page is left empty for the new versions of rows, and vacuum runs early and at full speed.
    /// </remarks>
    private static async Task FillAsync(NpgsqlDataSource source, int queues, int places)
    {
        foreach (var sql in new[]
        {
            "DROP TABLE IF EXISTS place",
            """
            CREATE TABLE place (id bigint PRIMARY KEY, queue integer NOT NULL, holder bigint)
            WITH (fillfactor = 50, autovacuum_vacuum_cost_delay = 0, autovacuum_vacuum_scale_factor = 0.02)
            """,
            $"INSERT INTO place SELECT id, id / 4 % {queues}, CASE id % 4 WHEN 0 THEN NULL ELSE -1 END FROM generate_series(1, {4 * places}) AS id",
            "CREATE INDEX place_free ON place (queue, id) WHERE holder IS NULL",
            "VACUUM (ANALYZE) place",
            "CHECKPOINT",
        })
        {
            await using var command = source.CreateCommand(sql);
            command.CommandTimeout = 120;
            await command.ExecuteNonQueryAsync();
        }
    }

    private static async Task<double> MeasureAsync(NpgsqlDataSource source, int clients, int queues, TimeSpan time)
    {
        for (var claim = 0; claim < WarmUpClaims; claim++)
            await ClaimAsync(source, claim % queues, -1);
        await RequireIndexAsync(source);

        using var stop = new CancellationTokenSource();
        var watch = Stopwatch.StartNew();
        var running = Enumerable.Range(0, clients).Select(client => Task.Run(async () =>
        {
            var latencies = new Latencies();
            for (var queue = client; watch.Elapsed < time; queue++)
            {
                var startedAt = Stopwatch.GetTimestamp();
                if (!await ClaimAsync(source, queue % queues, client))
                    throw new InvalidOperationException("The places ran out before the time did; give it more with --places.");
                latencies.Add(startedAt);
            }

            return latencies;
        })).ToArray();
        var all = new Latencies();
        foreach (var latencies in await Task.WhenAll(running))
            all.Add(latencies);
        var perSecond = all.Count / watch.Elapsed.TotalSeconds;
        await RequireNoDoubleClaimAsync(source, all.Count);
        Console.WriteLine($"{clients,7} {perSecond,11:N0} {all.Percentile(0.5),8:N2} {all.Percentile(0.99),8:N2}");
        return perSecond;
    }

    private static async Task<bool> ClaimAsync(NpgsqlDataSource source, int queue, long holder)
    {
        await using var connection = await source.OpenConnectionAsync();
        await using var command = new NpgsqlCommand(Claim, connection)
        {
            Parameters = { new NpgsqlParameter<int> { TypedValue = queue }, new NpgsqlParameter<long> { TypedValue = holder } },
        };
        return await command.ExecuteScalarAsync() is long;
    }

    /// <summary>A claim that the planner does badly would make a poor peer.</summary>
    private static async Task RequireIndexAsync(NpgsqlDataSource source)
    {
        await using var connection = await source.OpenConnectionAsync();
        await using var prepare = new NpgsqlCommand($"PREPARE claim (integer, bigint) AS {Claim}; EXPLAIN EXECUTE claim (0, 0); DEALLOCATE claim", connection);
        var plan = new List<string>();
        await using (var reader = await prepare.ExecuteReaderAsync())
        {
            while (await reader.ReadAsync())
                plan.Add(reader.GetString(0));
        }

        if (!plan.Exists(line => line.Contains("place_free", StringComparison.Ordinal)))
            throw new InvalidOperationException("The plan does not use the index of free places:\n" + string.Join('\n', plan));
    }

    private static async Task RequireNoDoubleClaimAsync(NpgsqlDataSource source, long claims)
    {
        await using var command = source.CreateCommand("SELECT count(*) FROM place WHERE holder <> -1");
        var held = (long)(await command.ExecuteScalarAsync())!;
        if (held != claims)
            throw new InvalidOperationException($"{claims} claims were answered but {held} places are held.");
    }
}
