using EOrda.Actors.Journal;
using Microsoft.Data.Sqlite;
using static EOrda.Actors.Sqlite.Tests.DataDirectory;

namespace EOrda.Actors.Sqlite.Tests;

public sealed class Damage : IDisposable
{
    private const string Queue = "queue/almaty/general/2022";
    private const string Other = "queue/almaty/general/2021";

    private readonly DataDirectory _directory = new();

    public Damage()
    {
        using var journal = _directory.Open();
        for (var sequence = 1; sequence <= 100; sequence++)
            journal.Write([Page(Queue, sequence), Page(Other, sequence, bytes: 20)]);
        journal.SaveSnapshot(Snapshot(Queue, 100));
    }

    public void Dispose() => _directory.Dispose();

    [Theory]
    [InlineData(1)]
    [InlineData(50)]
    [InlineData(100)]
    public void A_flipped_bit_in_a_body_is_found_where_it_is(int sequence)
    {
        _directory.FlipBitAt(Page(Queue, sequence).Body.Span);
        using var journal = _directory.Open();
        var damage = FoundAfter(journal, Queue, sequence - 1);
        Assert.Equal((Queue, sequence), (damage.Entity, damage.Sequence));
        Assert.Contains(_directory.File, damage.Message, StringComparison.Ordinal);
        Assert.Contains(Queue, damage.Message, StringComparison.Ordinal);
        Assert.Equal((sequence, 60), (damage.Page!.FirstSequence, damage.Page.Body.Length));
        Assert.Equal(100, journal.Read(Other, 1).Count());
    }

    [Fact]
    public void A_flipped_bit_in_a_stored_hash_is_found()
    {
        _directory.FlipBitAt(Hash(Queue, 60));
        using var journal = _directory.Open();
        Assert.Equal(60, FoundAfter(journal, Queue, 59).Sequence);
    }

    [Fact]
    public void A_flipped_bit_in_a_snapshot_is_found_and_the_records_are_whole()
    {
        _directory.FlipBitAt(Snapshot(Queue, 100).Body.Span);
        using var journal = _directory.Open();
        Assert.Equal(Queue, Assert.Throws<JournalDamagedException>(() => journal.LoadSnapshot(Queue)).Entity);
        Assert.Equal(100, journal.Read(Queue, 1).Count());
    }

    [Theory]
    [InlineData("UPDATE entity SET key = 'queue/almaty/general/2023' WHERE id = 1")]
    [InlineData("UPDATE entity SET key = 'queue/almaty/general/2021' WHERE id = 1")]
    [InlineData("DELETE FROM entity WHERE id = 1")]
    [InlineData("DELETE FROM entity WHERE id = 2")]
    [InlineData("DELETE FROM entity WHERE id = 2; DELETE FROM head WHERE entity = 2")]
    [InlineData("DELETE FROM head WHERE entity = 1")]
    [InlineData("UPDATE head SET last_sequence = 99 WHERE entity = 1")]
    [InlineData("UPDATE head SET last_hash = zeroblob(32) WHERE entity = 2")]
    [InlineData("UPDATE head SET pages = 99 WHERE entity = 2")]
    [InlineData("DELETE FROM page WHERE id > 190")]
    [InlineData("DELETE FROM page")]
    [InlineData("DROP TABLE snapshot")]
    public void Heads_that_are_changed_or_do_not_agree_with_the_pages_are_found_when_opening(string sql)
    {
        _directory.Tamper(sql);
        Assert.Contains(_directory.File, Assert.Throws<JournalDamagedException>(_directory.Open).Message, StringComparison.Ordinal);
        Assert.Throws<JournalDamagedException>(_directory.Audit);
    }

    [Fact]
    public void Pages_beyond_the_head_are_found()
    {
        _directory.Tamper("INSERT INTO page SELECT 201, entity, 101, 1, id, NULL, crc, last_hash, body FROM page WHERE id = 199");
        var damage = Assert.Throws<JournalDamagedException>(_directory.Open);
        Assert.Equal((Queue, 101), (damage.Entity, damage.Sequence));
    }

    [Fact]
    public void A_head_from_before_the_last_commits_is_found()
    {
        using var copy = new DataDirectory();
        using (var journal = copy.Open())
        {
            for (var sequence = 1; sequence <= 90; sequence++)
                journal.Write([Page(Queue, sequence), Page(Other, sequence, bytes: 20)]);
        }

        _directory.Tamper($"""
            ATTACH '{copy.File}' AS old;
            UPDATE main.head SET (last_sequence, last_hash, pages, last_page, crc) =
                (SELECT last_sequence, last_hash, pages, last_page, crc FROM old.head WHERE entity = 1) WHERE entity = 1;
            """);
        var damage = Assert.Throws<JournalDamagedException>(_directory.Open);
        Assert.Equal((Queue, 91), (damage.Entity, damage.Sequence));
    }

    [Fact]
    public void A_head_beyond_the_pages_is_found()
    {
        _directory.Tamper("DELETE FROM page WHERE id IN (197, 199, 200)");
        var damage = Assert.Throws<JournalDamagedException>(_directory.Open);
        Assert.Equal((Queue, 99), (damage.Entity, damage.Sequence));
    }

    [Theory]
    [InlineData("DELETE FROM page WHERE id = 99", 50)]
    [InlineData("DELETE FROM page WHERE id = 199; INSERT INTO page SELECT 199, 2, first, count, previous, NULL, crc, last_hash, body FROM page WHERE id = 198", 100)]
    [InlineData("UPDATE page SET first = 49 WHERE id = 99", 50)]
    [InlineData("UPDATE page SET count = 2 WHERE id = 97", 49)]
    [InlineData("UPDATE page SET count = 0 WHERE id = 97", 49)]
    [InlineData("UPDATE page SET previous = 95 WHERE id = 99", 49)]
    [InlineData("UPDATE page SET previous = 199 WHERE id = 99", 49)]
    [InlineData("UPDATE page SET previous = 0 WHERE id = 99", 49)]
    [InlineData("UPDATE page SET entity = 2 WHERE id = 99", 50)]
    public void A_gap_or_a_page_out_of_order_is_found_when_reading(string sql, int about)
    {
        _directory.Tamper(sql);
        using var audit = _directory.Audit();
        var damage = Assert.Throws<JournalDamagedException>(() => audit.Read(Queue, 40).Count());
        Assert.Equal(Queue, damage.Entity);
        Assert.InRange(damage.Sequence!.Value, about - 1, about + 1);
        Assert.Throws<JournalDamagedException>(() => audit.Read(Queue, 1).Count());
        Assert.Equal(100, audit.Read(Other, 1).Count());
    }

    [Theory]
    [InlineData("DELETE FROM page WHERE id = 202", 111)]
    [InlineData("DELETE FROM page WHERE id IN (201, 202)", 101)]
    [InlineData("UPDATE page SET entity = 2 WHERE id = 202", 111)]
    public void Of_a_lost_page_the_first_record_is_named(string sql, int first)
    {
        using (var journal = _directory.Open())
        {
            for (var page = 0; page < 4; page++)
                journal.Write([Page(Queue, 101 + (page * 10), count: 10)]);
        }

        _directory.Tamper(sql);
        using var audit = _directory.Audit();
        var damage = Assert.Throws<JournalDamagedException>(() => audit.Read(Queue, 101).Count());
        Assert.Equal((Queue, first), (damage.Entity, damage.Sequence));
        Assert.Contains($"record {first}:", damage.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_page_of_the_index_that_is_lost_loses_no_record()
    {
        _directory.Tamper("UPDATE page SET milestone = NULL");
        using var journal = _directory.Open();
        for (var from = 1; from <= 100; from++)
            Assert.Equal(101 - from, journal.Read(Queue, from).Count());
    }

    [Fact]
    public void Wherever_the_file_is_damaged_reading_gives_the_truth_or_an_exception()
    {
        var good = File.ReadAllBytes(_directory.File);
        string[] queue = [.. Enumerable.Range(1, 100).Select(sequence => Told(Page(Queue, sequence)))];
        string[] other = [.. Enumerable.Range(1, 100).Select(sequence => Told(Page(Other, sequence, bytes: 20)))];
        var random = new Random(2022);
        for (var round = 0; round < 300; round++)
        {
            var bytes = (byte[])good.Clone();
            var start = random.Next(bytes.Length);
            var length = round % 3 == 0 ? 1 : random.Next(1, 300);
            random.NextBytes(bytes.AsSpan(start, Math.Min(length, bytes.Length - start)));
            File.WriteAllBytes(_directory.File, bytes);
            File.Delete(_directory.File + "-wal");
            File.Delete(_directory.File + "-shm");
            try
            {
                using var audit = _directory.Audit();
                Assert.Equal([Other, Queue], audit.Heads().Select(head => head.Entity));
                Assert.Equal(queue, Told(audit, Queue));
                Assert.Equal(other, Told(audit, Other));
                if (audit.LoadSnapshot(Queue) is { } snapshot)
                    Assert.Equal(Snapshot(Queue, 100).Body.ToArray(), snapshot.Body.ToArray());
            }
            catch (Exception e) when (e is JournalDamagedException or JournalFormatException or JournalUnavailableException)
            {
                Assert.Contains(_directory.File, e.Message, StringComparison.Ordinal);
            }
        }
    }

    [Fact]
    public void A_file_cut_short_is_found()
    {
        using (var file = new FileStream(_directory.File, FileMode.Open))
            file.SetLength(file.Length - (2 * 16384));
        var damage = Assert.Throws<JournalDamagedException>(() =>
        {
            using var audit = _directory.Audit();
            _ = audit.Read(Queue, 1).Count() + audit.Read(Other, 1).Count();
            audit.LoadSnapshot(Queue);
        });
        Assert.Contains(_directory.File, damage.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("UPDATE page SET count = 2 WHERE id = 1")]
    [InlineData("DELETE FROM page WHERE id = 200")]
    [InlineData("UPDATE entity SET key = 'x' WHERE id = 1")]
    [InlineData("DELETE FROM entity WHERE id = 1")]
    [InlineData("DELETE FROM head WHERE entity = 1")]
    public void The_file_itself_refuses_to_change_what_is_recorded(string sql)
    {
        using var connection = new SqliteConnection($"Data Source={_directory.File};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        Assert.Contains("append-only", Assert.Throws<SqliteException>(() => command.ExecuteNonQuery()).Message, StringComparison.Ordinal);
    }

    private static JournalDamagedException FoundAfter(SqliteJournal journal, string entity, int goodPages)
    {
        var read = 0;
        var damage = Assert.Throws<JournalDamagedException>(() =>
        {
            foreach (var page in journal.Read(entity, 1))
                read += Told(page) == Told(Page(entity, read + 1)) ? 1 : 1000;
        });
        Assert.InRange(read, 0, goodPages);
        return damage;
    }
}
