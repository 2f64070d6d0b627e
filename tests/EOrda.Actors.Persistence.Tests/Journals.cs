using Akka.Actor;
using EOrda.Actors.Persistence.Tests.Databases;
using EOrda.Queues;

namespace EOrda.Actors.Persistence.Tests;

/// <summary>What entities persist is there afterwards, whatever happened to them in between.</summary>
public sealed class Journals
{
    [Theory]
    [OnSqlite]
    [OnPostgreSql]
    public async Task An_entity_that_moves_away_and_back_keeps_everything(DatabaseKind kind)
    {
        using var database = EmptyDatabase.Prepared(kind);
        await using (var first = await NotingNode.Start(database.Database))
        await using (var second = await NotingNode.Start(database.Database))
        {
            await NoteMany(first, 0, 10);
            await second.Restart();
            await NoteMany(second, 10, 10);
            await first.Restart();
            await NoteMany(first, 20, 10);
        }

        await using var later = await NotingNode.Start(database.Database);
        Assert.Equal(30, await later.Count());
    }

    [Theory]
    [OnSqlite]
    [OnPostgreSql]
    public async Task Of_two_instances_of_an_entity_one_writes_and_no_answer_is_lost(DatabaseKind kind)
    {
        using var database = EmptyDatabase.Prepared(kind);
        var noted = 0;
        await using (var first = await NotingNode.Start(database.Database))
        await using (var second = await NotingNode.Start(database.Database))
        {
            for (var round = 0; round < 5; round++)
            {
                noted += (await Task.WhenAll(TryMany(first, $"first-{round}"), TryMany(second, $"second-{round}"))).Sum();
                await first.Restart();
                await second.Restart();
            }
        }

        await using var later = await NotingNode.Start(database.Database);
        Assert.True(noted > 0);
        Assert.True(await later.Count() >= noted);
    }

    [Theory]
    [OnSqlite]
    [OnPostgreSql]
    public async Task A_key_gets_its_first_answer_after_a_restart_and_is_recorded_once(DatabaseKind kind)
    {
        using var database = EmptyDatabase.Prepared(kind);
        await using var node = await NotingNode.Start(database.Database);
        await node.Note("A1", new CommandKey(1));
        await node.Restart();
        await node.Note("A1", new CommandKey(1));
        Assert.Equal(1, await node.Count());
    }

    [Theory]
    [OnSqlite]
    [OnPostgreSql]
    public async Task A_snapshot_spares_the_recovery_what_came_before_it(DatabaseKind kind)
    {
        using var database = EmptyDatabase.Prepared(kind);
        var bounds = new Hosting.ActorsBounds { RecordsPerSnapshot = 5 };
        await using (var node = await NotingNode.Start(database.Database, bounds))
        {
            await NoteMany(node, 0, 20);
            await NoteMany(node, 20, 3);
        }

        Assert.True(database.Execute("DELETE FROM journal WHERE sequence_number <= (SELECT MAX(sequence_number) FROM snapshot)") > 0);

        await using var later = await NotingNode.Start(database.Database, bounds);
        Assert.Equal(23, await later.Count());
    }

    [Theory]
    [OnSqlite]
    [OnPostgreSql]
    public async Task A_snapshot_has_the_answer_of_the_record_that_closed_its_page(DatabaseKind kind)
    {
        using var database = EmptyDatabase.Prepared(kind);
        await using var node = await NotingNode.Start(database.Database, new Hosting.ActorsBounds { PageBytes = 1, RecordsPerSnapshot = 1 });
        await node.Note("A1", new CommandKey(1));
        for (var tries = 0; RowsOf(database.Database, "snapshot") == 0; tries++)
        {
            Assert.True(tries < 300, "No snapshot was saved.");
            await Task.Delay(TimeSpan.FromMilliseconds(100));
        }

        await node.Restart();
        await node.Note("A1", new CommandKey(1));
        Assert.Equal(1, RowsOf(database.Database, "journal"));
    }

    [Theory]
    [OnSqlite]
    [OnPostgreSql]
    public async Task A_page_that_was_changed_is_not_recovered(DatabaseKind kind)
    {
        using var database = EmptyDatabase.Prepared(kind);
        await using (var node = await NotingNode.Start(database.Database))
        {
            await NoteMany(node, 0, 3);
        }

        var bytes = database.Read<byte[]>("SELECT message FROM journal WHERE sequence_number = 1");
        bytes[Page.HeaderBytes + 20] ^= 1;
        Assert.Equal(1, database.Execute("UPDATE journal SET message = @bytes WHERE sequence_number = 1", bytes));
        await using var later = await NotingNode.Start(database.Database);
        await Assert.ThrowsAsync<BusyException>(later.Count);
        Assert.True(later.Health.IsAvailable);
    }

    [Theory]
    [OnSqlite]
    [OnPostgreSql]
    public void A_journal_whose_unique_index_is_gone_is_refused(DatabaseKind kind)
    {
        using var database = EmptyDatabase.Prepared(kind);
        database.Execute("DROP INDEX journal_of_entity");

        Assert.Throws<UnsafeJournalException>(() => DatabaseSchema.Prepare(database.Database));
    }

    [Theory]
    [OnSqlite]
    [OnPostgreSql]
    public void A_journal_whose_index_is_not_unique_is_refused(DatabaseKind kind)
    {
        using var database = EmptyDatabase.Prepared(kind);
        database.Execute("DROP INDEX journal_of_entity; CREATE INDEX journal_of_entity ON journal (persistence_id, sequence_number)");

        Assert.Throws<UnsafeJournalException>(() => DatabaseSchema.Prepare(database.Database));
    }

    [Theory]
    [OnSqlite]
    [OnPostgreSql]
    public async Task A_journal_that_is_there_is_taken_as_it_is(DatabaseKind kind)
    {
        using var database = EmptyDatabase.Prepared(kind);
        await using (var node = await NotingNode.Start(database.Database))
        {
            await node.Note("A1", new CommandKey(1));
        }

        DatabaseSchema.Prepare(database.Database);
        await using var later = await NotingNode.Start(database.Database);
        Assert.Equal(1, await later.Count());
    }

    [Theory]
    [OnPostgreSql]
    public async Task Of_nodes_that_start_at_once_on_an_empty_database_one_makes_the_tables(DatabaseKind kind)
    {
        using var database = new EmptyDatabase(kind);
        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => DatabaseSchema.Prepare(database.Database))));
        await using var node = await NotingNode.Start(database.Database);
        await NoteMany(node, 0, 3);
        Assert.Equal(3, await node.Count());
    }

    [Theory]
    [OnSqlite]
    [OnPostgreSql]
    public async Task Pages_have_a_serializer_of_their_own_that_no_other_shares(DatabaseKind kind)
    {
        using var database = EmptyDatabase.Prepared(kind);
        await using var node = await NotingNode.Start(database.Database);
        var serialization = ((ExtendedActorSystem)node.System).Serialization;
        Assert.IsType<EordaSerializer>(serialization.FindSerializerForType(typeof(Page)));
        Assert.IsType<EordaSerializer>(serialization.FindSerializerForType(typeof(EntitySnapshot)));
    }

    private static long RowsOf(Database database, string table)
    {
        using var connection = database.Open();
        using var command = connection.CreateCommand();
        command.CommandText = $"SELECT COUNT(*) FROM {table}";
        return (long)command.ExecuteScalar()!;
    }

    private static Task NoteMany(NotingNode node, int first, int count) =>
        Task.WhenAll(Enumerable.Range(first, count).Select(i => node.Note($"A{i}", new CommandKey((UInt128)i))));

    private static async Task<int> TryMany(NotingNode node, string name)
    {
        var noted = 0;
        await Task.WhenAll(Enumerable.Range(0, 20).Select(async i =>
        {
            try
            {
                var key = new CommandKey(new UInt128((ulong)name.GetHashCode(StringComparison.Ordinal), (ulong)i));
                await node.Note($"{name}-{i}", key);
                Interlocked.Increment(ref noted);
            }
            catch (Exception fault) when (fault is OutcomeUnknownException or NotRecordedException)
            {
                // The other instance wrote first.
            }
        }));
        return noted;
    }
}
