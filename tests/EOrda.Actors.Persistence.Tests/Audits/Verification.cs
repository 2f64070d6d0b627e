using EOrda.Actors.Audit;
using EOrda.Actors.Hosting;
using EOrda.Actors.Journal;
using EOrda.Actors.Persistence.Tests.Databases;
using EOrda.Actors.Persistence.Tests.Processes;

namespace EOrda.Actors.Persistence.Tests.Audits;

/// <summary>Whoever has the journal can tell whether it is what was written.</summary>
public sealed class Verification
{
    private static readonly byte[] Key = [.. Enumerable.Range(1, Sealing.KeyBytes).Select(i => (byte)i)];
    private static readonly DateOnly Today = new(2026, 6, 2);

    [Theory]
    [OnSqlite]
    [OnPostgreSql]
    public async Task A_journal_that_is_whole_is_verified_beside_a_running_node(DatabaseKind kind)
    {
        await using var node = await Country();
        using var copy = kind == DatabaseKind.PostgreSql ? CopyOf(node.Database, kind) : null;
        var report = StoreAudit.Run(copy?.Database ?? node.Database);
        Assert.Equal(2, report.Applications);
        Assert.True(report.Snapshots > 0);
        Assert.Equal(report.Heads.Select(head => head.Entity).Order(StringComparer.Ordinal), report.Heads.Select(head => head.Entity));
    }

    [Fact]
    public async Task A_changed_record_is_named()
    {
        await using var node = await Country();
        using var changed = CopyOf(node.Database, DatabaseKind.Sqlite);
        var bytes = changed.Read<byte[]>("SELECT message FROM journal WHERE persistence_id = 'localities' AND sequence_number = 1");
        bytes[Page.HeaderBytes + 20] ^= 1;
        changed.Execute("UPDATE journal SET message = @bytes WHERE persistence_id = 'localities' AND sequence_number = 1", bytes);
        var fault = Assert.Throws<JournalDamagedException>(() => StoreAudit.Run(changed.Database));
        Assert.Equal(("localities", 1L), (fault.Entity, fault.Sequence));
    }

    [Fact]
    public async Task A_missing_page_is_named()
    {
        await using var node = await Country();
        using var changed = CopyOf(node.Database, DatabaseKind.Sqlite);
        Assert.Equal(1, changed.Execute("DELETE FROM journal WHERE persistence_id = 'localities' AND sequence_number = 2"));
        Assert.Equal("localities", Assert.Throws<JournalDamagedException>(() => StoreAudit.Run(changed.Database)).Entity);
    }

    [Fact]
    public async Task An_application_that_its_queue_lost_is_missed()
    {
        await using var node = await Country();
        using var changed = CopyOf(node.Database, DatabaseKind.Sqlite);
        changed.Execute("DELETE FROM snapshot");
        Assert.True(changed.Execute($"DELETE FROM journal WHERE persistence_id = 'queue/{CountryNode.Younger}'") > 0);
        Assert.Throws<ContradictionException>(() => StoreAudit.Run(changed.Database));
    }

    [Fact]
    public async Task A_snapshot_that_is_not_what_the_journal_gives_is_found()
    {
        await using var node = await Country();
        using var changed = CopyOf(node.Database, DatabaseKind.Sqlite);
        var entity = changed.Read<string>("SELECT persistence_id FROM snapshot ORDER BY persistence_id LIMIT 1");
        var bytes = changed.Read<byte[]>($"SELECT snapshot FROM snapshot WHERE persistence_id = '{entity}'");
        bytes[^1] ^= 1;
        changed.Execute($"UPDATE snapshot SET snapshot = @bytes WHERE persistence_id = '{entity}'", bytes);
        var fault = Assert.ThrowsAny<Exception>(() => StoreAudit.Run(changed.Database));
        Assert.True(fault is ContradictionException or JournalDamagedException, $"{fault}");
        Assert.Contains(entity, fault.Message, StringComparison.Ordinal);
    }

    [Theory]
    [OnSqlite]
    [OnPostgreSql]
    public async Task An_end_that_was_cut_off_is_found_by_the_seals_and_by_an_expected_head(DatabaseKind kind)
    {
        await using var node = await Country();
        using var cut = CopyOf(node.Database, kind);
        var before = Sealing.Run(cut.Database, Key, Today).Head.Text;
        Assert.True(StoreAudit.Run(cut.Database, Key, before).Seals > 0);
        cut.Execute("DELETE FROM snapshot");
        Assert.Equal(1, cut.Execute("DELETE FROM journal WHERE persistence_id = 'localities' AND sequence_number = (SELECT MAX(sequence_number) FROM journal WHERE persistence_id = 'localities')"));
        Assert.Contains("cut off", Assert.Throws<ContradictionException>(() => StoreAudit.Run(cut.Database, Key)).Message, StringComparison.Ordinal);

        // Whoever cuts the end off can cut the seals off too; what was kept elsewhere tells.
        cut.Execute("DELETE FROM seal");
        StoreAudit.Run(cut.Database, Key);
        Assert.Throws<ContradictionException>(() => StoreAudit.Run(cut.Database, Key, before));
    }

    [Fact]
    public async Task A_sealed_head_is_expected_still_when_the_journal_has_gone_on()
    {
        await using var node = await Country();
        using var sealedThen = CopyOf(node.Database, DatabaseKind.Sqlite);
        var before = Sealing.Run(sealedThen.Database, Key, Today).Head.Text;
        using var later = CopyOf(node.Database, DatabaseKind.Sqlite);
        CopyRows(sealedThen.Database, later.Database, "seal");
        await node.Do(Scenes.Filing("c", CountryNode.Younger));
        CopyRows(node.Database, later.Database, "journal");
        Assert.NotEqual(before, StoreAudit.Run(later.Database, Key, before).Head.Text);
    }

    [Fact]
    public async Task A_seal_made_with_another_key_is_refused()
    {
        await using var node = await Country();
        using var database = CopyOf(node.Database, DatabaseKind.Sqlite);
        Sealing.Run(database.Database, Key, Today);
        Assert.Throws<ContradictionException>(() => StoreAudit.Run(database.Database, new byte[Sealing.KeyBytes]));
        Assert.Throws<ContradictionException>(() => Sealing.Run(database.Database, Key, Today));
        Assert.Throws<ArgumentException>(() => Sealing.Run(database.Database, new byte[Sealing.KeyBytes - 1], Today.AddDays(1)));
    }

    [Fact]
    public async Task A_copy_made_while_a_node_writes_is_whole()
    {
        await using var node = await Country();
        using var copy = new EmptyDatabase(DatabaseKind.Sqlite);
        var writing = node.Do([.. Enumerable.Range(0, 10).Select(i => Scenes.Filing($"w{i}", CountryNode.Younger))]);
        SqliteFile.Copy(Path.GetDirectoryName(FileOf(node.Database))!, FileOf(copy.Database));
        StoreAudit.Run(copy.Database);
        await writing;
    }

    private static string FileOf(Database database) => new Microsoft.Data.Sqlite.SqliteConnectionStringBuilder(database.ConnectionString).DataSource;

    private static async Task<CountryNode> Country()
    {
        var node = await CountryNode.StartWithTown(new ActorsBounds { RecordsPerSnapshot = 2 });
        await node.Do(Scenes.Filing("a", CountryNode.Younger), Scenes.Filing("b", CountryNode.Older));
        for (var left = 100; left > 0 && !HasSnapshot(node.Database); left--)
        {
            await Task.Delay(50);
        }

        return node;
    }

    private static bool HasSnapshot(Database database)
    {
        using var connection = database.Open();
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT 1 FROM snapshot LIMIT 1";
        return command.ExecuteScalar() is not null;
    }

    private static EmptyDatabase CopyOf(Database database, DatabaseKind kind)
    {
        var copy = EmptyDatabase.Prepared(kind);
        CopyRows(database, copy.Database, "journal");
        CopyRows(database, copy.Database, "snapshot");
        return copy;
    }

    private static void CopyRows(Database from, Database to, string table)
    {
        var columns = table switch
        {
            "journal" => "created, persistence_id, sequence_number, message, manifest, identifier",
            "snapshot" => "created, persistence_id, sequence_number, snapshot, manifest, serializer_id",
            _ => "day, entity, record, hash, mac",
        };
        var (deleted, isNot) = table == "journal" ? (", deleted", ", FALSE") : ("", "");
        using var source = from.Open();
        using var target = to.Open();
        using var read = source.CreateCommand();
        read.CommandText = $"SELECT {columns} FROM {table}";
        using var rows = read.ExecuteReader();
        while (rows.Read())
        {
            using var write = target.CreateCommand();
            write.CommandText = $"INSERT INTO {table} ({columns}{deleted}) VALUES ({string.Join(", ", Enumerable.Range(0, rows.FieldCount).Select(i => $"@p{i}"))}{isNot}) ON CONFLICT DO NOTHING";
            for (var i = 0; i < rows.FieldCount; i++)
            {
                var parameter = write.CreateParameter();
                (parameter.ParameterName, parameter.Value) = ($"@p{i}", rows.GetValue(i));
                if (rows.GetName(i) is "identifier" or "serializer_id")
                {
                    parameter.Value = (int)rows.GetInt64(i);
                }

                write.Parameters.Add(parameter);
            }

            write.ExecuteNonQuery();
        }
    }
}
