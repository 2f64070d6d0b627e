using Akka.Actor;
using EOrda.Queues;

namespace EOrda.Actors.Persistence.Tests;

/// <summary>What entities persist is there afterwards, whatever happened to them in between.</summary>
public sealed class Journals : IDisposable
{
    private readonly DirectoryInfo directory = Directory.CreateTempSubdirectory("eorda-journals-");
    private readonly Database database;

    public Journals()
    {
        database = Database.Sqlite(directory.FullName);
        DatabaseSchema.Prepare(database);
    }

    [Fact]
    public async Task An_entity_that_moves_away_and_back_keeps_everything()
    {
        await using (var first = await NotingNode.Start(database))
        await using (var second = await NotingNode.Start(database))
        {
            await NoteMany(first, 0, 10);
            await second.Restart();
            await NoteMany(second, 10, 10);
            await first.Restart();
            await NoteMany(first, 20, 10);
        }

        await using var later = await NotingNode.Start(database);
        Assert.Equal(30, await later.Count());
    }

    [Fact]
    public async Task Of_two_instances_of_an_entity_one_writes_and_no_answer_is_lost()
    {
        var noted = 0;
        await using (var first = await NotingNode.Start(database))
        await using (var second = await NotingNode.Start(database))
        {
            for (var round = 0; round < 5; round++)
            {
                noted += (await Task.WhenAll(TryMany(first, $"first-{round}"), TryMany(second, $"second-{round}"))).Sum();
                await first.Restart();
                await second.Restart();
            }
        }

        await using var later = await NotingNode.Start(database);
        Assert.True(noted > 0);
        Assert.True(await later.Count() >= noted);
    }

    [Fact]
    public async Task A_key_gets_its_first_answer_after_a_restart_and_is_recorded_once()
    {
        await using var node = await NotingNode.Start(database);
        await node.Note("A1", new CommandKey(1));
        await node.Restart();
        await node.Note("A1", new CommandKey(1));
        Assert.Equal(1, await node.Count());
    }

    [Fact]
    public async Task A_snapshot_spares_the_recovery_what_came_before_it()
    {
        var bounds = new Hosting.ActorsBounds { RecordsPerSnapshot = 5 };
        await using (var node = await NotingNode.Start(database, bounds))
        {
            await NoteMany(node, 0, 20);
            await NoteMany(node, 20, 3);
        }

        using (var connection = database.Open())
        using (var command = connection.CreateCommand())
        {
            command.CommandText = "DELETE FROM journal WHERE sequence_number <= (SELECT MAX(sequence_number) FROM snapshot)";
            Assert.True(command.ExecuteNonQuery() > 0);
        }

        await using var later = await NotingNode.Start(database, bounds);
        Assert.Equal(23, await later.Count());
    }

    [Fact]
    public async Task A_snapshot_has_the_answer_of_the_record_that_closed_its_page()
    {
        await using var node = await NotingNode.Start(database, new Hosting.ActorsBounds { PageBytes = 1, RecordsPerSnapshot = 1 });
        await node.Note("A1", new CommandKey(1));
        for (var tries = 0; RowsOf("snapshot") == 0; tries++)
        {
            Assert.True(tries < 300, "No snapshot was saved.");
            await Task.Delay(TimeSpan.FromMilliseconds(100));
        }

        await node.Restart();
        await node.Note("A1", new CommandKey(1));
        Assert.Equal(1, RowsOf("journal"));
    }

    [Fact]
    public async Task A_page_that_was_changed_is_not_recovered()
    {
        await using (var node = await NotingNode.Start(database))
        {
            await NoteMany(node, 0, 3);
        }

        using (var connection = database.Open())
        using (var command = connection.CreateCommand())
        {
            command.CommandText = "SELECT message FROM journal ORDER BY sequence_number LIMIT 1";
            var bytes = (byte[])command.ExecuteScalar()!;
            bytes[Page.HeaderBytes + 20] ^= 1;
            command.CommandText = "UPDATE journal SET message = @changed WHERE sequence_number = 1";
            var parameter = command.CreateParameter();
            (parameter.ParameterName, parameter.Value) = ("@changed", bytes);
            command.Parameters.Add(parameter);
            Assert.Equal(1, command.ExecuteNonQuery());
        }

        await using var later = await NotingNode.Start(database);
        await Assert.ThrowsAsync<OutcomeUnknownException>(later.Count);
    }

    [Fact]
    public void A_journal_whose_unique_index_is_gone_is_refused()
    {
        using (var connection = database.Open())
        using (var command = connection.CreateCommand())
        {
            command.CommandText = "DROP INDEX journal_of_entity";
            command.ExecuteNonQuery();
        }

        Assert.Throws<UnsafeJournalException>(() => DatabaseSchema.Prepare(database));
    }

    [Fact]
    public void A_journal_whose_index_is_not_unique_is_refused()
    {
        using (var connection = database.Open())
        using (var command = connection.CreateCommand())
        {
            command.CommandText = "DROP INDEX journal_of_entity; CREATE INDEX journal_of_entity ON journal (persistence_id, sequence_number)";
            command.ExecuteNonQuery();
        }

        Assert.Throws<UnsafeJournalException>(() => DatabaseSchema.Prepare(database));
    }

    [Fact]
    public void A_journal_that_is_there_is_taken_as_it_is() => DatabaseSchema.Prepare(database);

    [Fact]
    public async Task Pages_have_a_serializer_of_their_own_that_no_other_shares()
    {
        await using var node = await NotingNode.Start(database);
        var serialization = ((ExtendedActorSystem)node.System).Serialization;
        Assert.IsType<EordaSerializer>(serialization.FindSerializerForType(typeof(Page)));
        Assert.IsType<EordaSerializer>(serialization.FindSerializerForType(typeof(EntitySnapshot)));
    }

    public void Dispose()
    {
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        directory.Delete(recursive: true);
    }

    private long RowsOf(string table)
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
