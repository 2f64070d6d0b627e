using EOrda.Actors.Journal;
using static EOrda.Actors.Sqlite.Tests.DataDirectory;

namespace EOrda.Actors.Sqlite.Tests;

public sealed class Auditing : IDisposable
{
    private const string Queue = "queue/almaty/general/2022";
    private const string Other = "queue/almaty/general/2021";

    private readonly DataDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Fact]
    public void A_view_beside_a_writer_stays_at_its_moment()
    {
        using var journal = _directory.Open();
        WriteSingly(journal, Queue, 50);
        journal.SaveSnapshot(Snapshot(Queue, 50));
        using var audit = _directory.Audit();
        using var view = journal.View();
        var before = Told(journal, Queue);
        for (var sequence = 51; sequence <= 100; sequence++)
            journal.Write([Page(Queue, sequence, bytes: 500_000), Page(Other, sequence - 50)]);
        journal.SaveSnapshot(Snapshot(Queue, 100));
        foreach (var seen in new[] { audit, view })
        {
            Assert.Equal((Queue, 50), seen.Heads().Select(head => (head.Entity, head.LastSequence)).Single());
            Assert.Null(seen.Head(Other));
            Assert.Equal(before, Told(seen, Queue));
            Assert.Equal(before.Skip(39), Told(seen, Queue, 40));
            Assert.Equal(50, seen.LoadSnapshot(Queue)!.Sequence);
        }

        using var later = _directory.Audit();
        Assert.Equal(2, later.Heads().Count);
        Assert.Equal(100, later.LoadSnapshot(Queue)!.Sequence);
        Assert.Equal(Told(journal, Queue), Told(later, Queue));
    }

    [Fact]
    public void A_view_writes_nothing()
    {
        using (var journal = _directory.Open())
            journal.Write([Page(Queue, 1)]);
        var content = File.ReadAllBytes(_directory.File);
        using (var audit = _directory.Audit())
        {
            Assert.Throws<JournalUnavailableException>(() => audit.Write([Page(Queue, 2)]));
            Assert.Throws<JournalUnavailableException>(() => audit.SaveSnapshot(Snapshot(Queue, 1)));
            Assert.Single(audit.Read(Queue, 1));
            Assert.Empty(audit.Read(Other, 1));
            Assert.Throws<ArgumentOutOfRangeException>(() => audit.Read(Queue, 0));
        }

        Assert.Equal(content, File.ReadAllBytes(_directory.File));
    }

    [Fact]
    public void A_killed_nodes_journal_can_be_audited_and_then_opened()
    {
        using var journal = _directory.Open();
        WriteSingly(journal, Queue, 40);
        using var left = _directory.CopyWhileOpen();
        using (var audit = left.Audit())
            Assert.Equal(Told(journal, Queue), Told(audit, Queue));
        using var restarted = left.Open();
        Assert.Equal(Told(journal, Queue), Told(restarted, Queue));
    }

    [Fact]
    public void A_view_does_not_keep_a_writer_away()
    {
        _directory.Open().Dispose();
        using var audit = _directory.Audit();
        using var journal = _directory.Open();
        journal.Write([Page(Queue, 1)]);
        Assert.Empty(audit.Heads());
    }

    [Fact]
    public void A_directory_that_is_missing_or_without_a_journal_is_told_and_stays_so()
    {
        Assert.Throws<DirectoryNotFoundException>(_directory.Audit);
        Assert.False(Directory.Exists(_directory.Path));
        Directory.CreateDirectory(_directory.Path);
        var refused = Assert.Throws<FileNotFoundException>(_directory.Audit);
        Assert.Equal(_directory.File, refused.FileName);
        File.WriteAllBytes(_directory.File, []);
        Assert.Throws<JournalFormatException>(_directory.Audit);
        Assert.Equal(0, new FileInfo(_directory.File).Length);
    }

    [Fact]
    public void A_closed_view_refuses_reading()
    {
        using (var journal = _directory.Open())
        {
            journal.Write([Page(Queue, 1)]);
            journal.SaveSnapshot(Snapshot(Queue, 1));
        }

        var audit = _directory.Audit();
        audit.Dispose();
        audit.Dispose();
        Assert.Throws<ObjectDisposedException>(() => audit.Read(Queue, 1).Count());
        Assert.Throws<ObjectDisposedException>(() => audit.LoadSnapshot(Queue));
    }
}
