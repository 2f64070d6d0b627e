using EOrda.Queues;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace EOrda.Actors.Persistence.Tests.Databases;

/// <summary>While the database fails, nothing is told as stored that is not; afterwards everything goes on by itself.</summary>
public sealed class Outages
{
    private const int IoError = 10;

    // Long enough that the database's file has to grow for it.
    private static readonly string Long = new('a', 4_000);

    [Theory]
    [InlineData("PRAGMA query_only = ON")]
    [InlineData("PRAGMA max_page_count = 1")]
    public async Task A_full_or_read_only_database_has_recorded_nothing_and_goes_on_by_itself(string trouble)
    {
        using var sound = EmptyDatabase.Prepared(DatabaseKind.Sqlite);
        var database = new TroubledDatabase(sound.Database);
        await using var node = await NotingNode.Start(database);
        await node.Note("A0", new CommandKey(1_000));
        await Break(node, database, trouble);
        var told = await Task.WhenAll(Enumerable.Range(1, 20).Select(i => Told(node, i)));
        Assert.All(told, fault => Assert.True(fault is NotRecordedException or BusyException, $"{fault}"));
        Assert.Equal(1, sound.Read<long>("SELECT COUNT(*) FROM journal"));

        database.Pragma = "";
        await Task.WhenAll(Enumerable.Range(1, 20).Select(i => node.NoteInTheEnd($"{Long}{i}", new CommandKey((UInt128)i))));
        Assert.Equal(21, await node.Count());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task What_a_failing_disk_may_have_stored_is_unknown_and_the_same_key_tells(bool isStored)
    {
        using var sound = EmptyDatabase.Prepared(DatabaseKind.Sqlite);
        var database = new TroubledDatabase(sound.Database);
        await using var node = await NotingNode.Start(database);
        database.Around = isAfter =>
        {
            if (isAfter == isStored)
            {
                database.Around = _ => { };
                throw new SqliteException("disk I/O error", IoError);
            }
        };
        await Assert.ThrowsAsync<OutcomeUnknownException>(() => node.Note("A1", new CommandKey(1)));
        Assert.Equal(isStored ? 1 : 0, sound.Read<long>("SELECT COUNT(*) FROM journal"));
        await node.NoteInTheEnd("A1", new CommandKey(1));
        Assert.Equal(1, await node.Count());
        Assert.Equal(1, sound.Read<long>("SELECT COUNT(*) FROM journal"));
    }

    [Theory]
    [OnSqlite]
    [OnPostgreSql]
    public void A_page_whose_number_is_taken_is_left_out_and_the_others_of_its_transaction_are_stored(DatabaseKind kind)
    {
        using var database = EmptyDatabase.Prepared(kind);
        using var writer = database.Database.OpenWriter();
        writer.Write([Pages.Waiting("queue/a", 1), Pages.Waiting("queue/b", 1)], created: 1);
        WaitingPage[] next = [Pages.Waiting("queue/c", 1), Pages.Waiting("queue/a", 1), Pages.Waiting("queue/b", 2)];
        writer.Write(next, created: 2);
        Assert.Equal([false, true, false], next.Select(page => page.IsTaken));
        Assert.Equal(4, database.Read<long>("SELECT COUNT(*) FROM journal"));
    }

    [Theory]
    [OnPostgreSql]
    public async Task A_server_that_is_killed_in_a_commit_loses_nothing_that_was_answered(DatabaseKind kind)
    {
        Assert.Equal(DatabaseKind.PostgreSql, kind);
        using var server = new PostgresServer();
        var database = Database.PostgreSql(server.NewDatabase());
        DatabaseSchema.Prepare(database);
        await using var node = await NotingNode.Start(database);
        var all = Task.WhenAll(Enumerable.Range(0, 40).Select(caller => NoteSome(node, caller)));
        for (var round = 0; round < 2; round++)
        {
            await Task.Delay(200);
            server.Kill();
            server.Start();
        }

        await all;
        Assert.Equal(400, await node.CountInTheEnd());
        await node.Restart();
        Assert.Equal(400, await node.CountInTheEnd());
    }

    [Theory]
    [OnPostgreSql]
    public async Task Connections_cut_in_a_commit_lose_nothing_that_was_answered(DatabaseKind kind)
    {
        using var database = EmptyDatabase.Prepared(kind);
        await using var node = await NotingNode.Start(database.Database);
        var name = new NpgsqlConnectionStringBuilder(database.Database.ConnectionString).Database;
        using var done = new CancellationTokenSource();
        var cutting = Task.Run(async () =>
        {
            while (!done.IsCancellationRequested)
            {
                PostgresServer.Shared.Execute(
                    $"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{name}'");
                await Task.Delay(300);
            }
        });
        await Task.WhenAll(Enumerable.Range(0, 40).Select(caller => NoteSome(node, caller)));
        await done.CancelAsync();
        await cutting;
        Assert.Equal(400, await node.CountInTheEnd());
        await node.Restart();
        Assert.Equal(400, await node.CountInTheEnd());
    }

    [Theory]
    [OnPostgreSql]
    public async Task While_the_server_is_away_who_asks_hears_so_at_once(DatabaseKind kind)
    {
        Assert.Equal(DatabaseKind.PostgreSql, kind);
        using var server = new PostgresServer();
        var database = Database.PostgreSql(server.NewDatabase());
        DatabaseSchema.Prepare(database);
        await using var node = await NotingNode.Start(database);
        await node.Note("A0", new CommandKey(0));
        server.Kill();
        Assert.NotNull(await Told(node, 1));
        for (var i = 2; i < 10; i++)
        {
            // Never that no reply came in time: nothing was on its way any more.
            Assert.IsType<NotRecordedException>(await Told(node, i));
        }

        server.Start();
        await node.NoteInTheEnd($"{Long}1", new CommandKey(1));
        Assert.Equal(2, await node.CountInTheEnd());
    }

    private static async Task Break(NotingNode node, TroubledDatabase database, string trouble)
    {
        database.Pragma = trouble;
        database.Around = isAfter =>
        {
            database.Around = _ => { };
            throw new PageNotStoredException("The connection broke.");
        };
        await Assert.ThrowsAsync<NotRecordedException>(() => node.Note("never", new CommandKey(2_000)));
        for (var i = 0; i < 100 && !node.Health.IsAvailable; i++)
        {
            await Task.Delay(100);
        }
    }

    private static async Task NoteSome(NotingNode node, int caller)
    {
        for (var i = 0; i < 10; i++)
        {
            await node.NoteInTheEnd($"A{caller}-{i}", new CommandKey(new UInt128((ulong)caller, (ulong)i)));
            await Task.Delay(50);
        }
    }

    private static async Task<Exception?> Told(NotingNode node, int number)
    {
        try
        {
            await node.Note($"{Long}{number}", new CommandKey((UInt128)number));
            return null;
        }
        catch (Exception fault)
        {
            return fault;
        }
    }
}
