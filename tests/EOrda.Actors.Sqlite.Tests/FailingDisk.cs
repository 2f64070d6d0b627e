using EOrda.Actors.Journal;
using Microsoft.Data.Sqlite;
using static EOrda.Actors.Sqlite.Tests.DataDirectory;

namespace EOrda.Actors.Sqlite.Tests;

public sealed class FailingDisk : IDisposable
{
    private const string Queue = "queue/almaty/general/2022";
    private const string Other = "queue/almaty/general/2021";

    private readonly DataDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Fact]
    public void A_full_disk_stores_nothing_and_later_writes_succeed()
    {
        using (var journal = _directory.Open())
        {
            journal.Write([Page(Queue, 1, 10)]);
            journal.SaveSnapshot(Snapshot(Queue, 10));
            Set(journal, "max_page_count = 1");
            for (var round = 0; round < 3; round++)
            {
                var refused = Assert.Throws<JournalUnavailableException>(() => journal.Write([Page(Other, 1), Page(Queue, 11, bytes: 200_000)]));
                Assert.Contains("full", refused.Message, StringComparison.Ordinal);
                Assert.Throws<JournalUnavailableException>(() => journal.SaveSnapshot(Snapshot(Queue, 10, bytes: 200_000)));
                Assert.Null(journal.Head(Other));
                Assert.Equal([Told(Page(Queue, 1, 10))], Told(journal, Queue));
                Assert.Equal(100, journal.LoadSnapshot(Queue)!.Body.Length);
            }

            Set(journal, "max_page_count = 1000000");
            journal.Write([Page(Other, 1), Page(Queue, 11, bytes: 200_000)]);
        }

        using var reopened = _directory.Open();
        Assert.Equal([Told(Page(Queue, 1, 10)), Told(Page(Queue, 11, bytes: 200_000))], Told(reopened, Queue));
        Assert.Single(reopened.Read(Other, 1));
    }

    [Fact]
    public void A_read_only_disk_stores_nothing_and_later_writes_succeed()
    {
        using var journal = _directory.Open();
        journal.Write([Page(Queue, 1)]);
        Set(journal, "query_only = ON");
        Assert.Throws<JournalUnavailableException>(() => journal.Write([Page(Queue, 2)]));
        Assert.Throws<JournalUnavailableException>(() => journal.SaveSnapshot(Snapshot(Queue, 1)));
        Assert.Null(journal.LoadSnapshot(Queue));
        Assert.Equal(1, journal.Head(Queue)!.LastSequence);
        Set(journal, "query_only = OFF");
        journal.Write([Page(Queue, 2)]);
        Assert.Equal(2, Told(journal, Queue).Count);
    }

    [Fact]
    public void A_foreign_programs_lock_stores_nothing_and_later_writes_succeed()
    {
        using var journal = _directory.Open();
        journal.Write([Page(Queue, 1)]);
        Set(journal, "busy_timeout = 0");
        using (var foreign = new SqliteConnection($"Data Source={_directory.File};Pooling=False"))
        {
            foreign.Open();
            using var transaction = foreign.BeginTransaction(deferred: false);
            Assert.Throws<JournalUnavailableException>(() => journal.Write([Page(Queue, 2)]));
            Assert.Equal(1, journal.Head(Queue)!.LastSequence);
        }

        journal.Write([Page(Queue, 2)]);
        Assert.Equal(2, Told(journal, Queue).Count);
    }

    [FactWithSmallDisk]
    public void A_disk_that_fills_up_while_committing_keeps_what_was_acknowledged()
    {
        using var disk = new SmallDisk(megabytes: 8);
        var data = Path.Combine(disk.Path, "data");
        var acknowledged = 0;
        using (var journal = SqliteJournal.Open(data))
        {
            JournalUnavailableException? refused = null;
            while (refused is null)
            {
                refused = Record.Exception(() => journal.Write([Page(Queue, acknowledged + 1, bytes: 300_000)])) as JournalUnavailableException;
                if (refused is null)
                    acknowledged++;
            }

            Assert.InRange(acknowledged, 5, 26);
            Assert.Equal(acknowledged, Told(journal, Queue).Count);
            disk.Resize(megabytes: 40);
            journal.Write([Page(Queue, acknowledged + 1, bytes: 300_000)]);
        }

        using var reopened = SqliteJournal.Open(data);
        Assert.Equal(
            Enumerable.Range(1, acknowledged + 1).Select(sequence => Told(Page(Queue, sequence, bytes: 300_000))), Told(reopened, Queue));
    }

    [FactWithSmallDisk]
    public void A_journal_on_a_read_only_disk_is_audited_but_not_opened_for_writing()
    {
        using var disk = new SmallDisk(megabytes: 8);
        var data = Path.Combine(disk.Path, "data");
        using (var journal = SqliteJournal.Open(data))
            journal.Write([Page(Queue, 1)]);
        disk.MakeReadOnly();
        using (var audit = SqliteJournal.OpenReadOnly(data))
            Assert.Single(audit.Read(Queue, 1));
        Assert.ThrowsAny<IOException>(() => SqliteJournal.Open(data));
    }

    [Fact]
    public async Task What_the_file_may_lack_because_a_sync_failed_stays_in_the_log()
    {
        const int Pages = 40;
        var log = _directory.File + "-wal";
        var told = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using (var journal = SqliteJournal.Open(_directory.Path, _ => throw new IOException("The disk fails."), told.SetResult))
        {
            for (var i = 1; i <= Pages; i++)
                journal.Write([Page(Queue, i, bytes: 300_000)]);
        }

        await told.Task.WaitAsync(TimeSpan.FromMinutes(1));

        // Closed as ever, the last connection would copy the log and delete it.
        Assert.True(new FileInfo(log) is { Exists: true, Length: > 0 });
        using (var reopened = _directory.Open())
            Assert.Equal(Pages, Told(reopened, Queue).Count);
        Assert.False(File.Exists(log));
    }

    [Theory]
    [InlineData(10, 10 | (4 << 8), typeof(JournalUncertainException))]
    [InlineData(10, 10 | (5 << 8), typeof(JournalUncertainException))]
    [InlineData(10, 10 | (3 << 8), typeof(JournalUnavailableException))]
    [InlineData(13, 13, typeof(JournalUnavailableException))]
    public void Only_a_sync_that_fails_leaves_open_what_is_stored(int code, int extended, Type thrown) =>
        Assert.IsType(thrown, Faults.Translate(new SqliteException("failed", code, extended), _directory.File, "write"));

    private static void Set(SqliteJournal journal, string pragma)
    {
        using var command = journal.WriterConnection.CreateCommand();
        command.CommandText = $"PRAGMA {pragma}";
        command.ExecuteNonQuery();
    }
}
