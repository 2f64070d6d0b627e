using EOrda.Actors.Journal;
using static EOrda.Actors.Sqlite.Tests.DataDirectory;

namespace EOrda.Actors.Sqlite.Tests;

public sealed class WritingAndReading : IDisposable
{
    private const string Queue = "queue/almaty/general/2022";
    private const string Other = "queue/кызылорда/special/2021";

    private readonly DataDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Fact]
    public void A_new_journal_is_empty()
    {
        using var journal = _directory.Open();
        Assert.Empty(journal.Heads());
        Assert.Null(journal.Head(Queue));
        Assert.Null(journal.LoadSnapshot(Queue));
        Assert.Empty(journal.Read(Queue, 1));
    }

    [Fact]
    public void Pages_come_back_as_they_were_written()
    {
        var pages = new[] { Page(Queue, 1, 3), Page(Other, 1, 1, bytes: 0), Page(Queue, 4, 1000, bytes: 5000) };
        using var journal = _directory.Open();
        journal.Write(pages);
        Assert.Equal([Told(pages[0]), Told(pages[2])], Told(journal, Queue));
        Assert.Equal([Told(pages[1])], Told(journal, Other));
    }

    [Fact]
    public void Everything_is_there_after_reopening()
    {
        JournalPage[] pages = [Page(Queue, 1, 3), Page(Queue, 4, 2)];
        using (var journal = _directory.Open())
            journal.Write(pages);
        using (var journal = _directory.Open())
        {
            Assert.Equal(pages.Select(Told), Told(journal, Queue));
            journal.Write([Page(Queue, 6)]);
            Assert.Equal(3, Told(journal, Queue).Count);
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(31)]
    [InlineData(32)]
    [InlineData(33)]
    [InlineData(34)]
    [InlineData(65)]
    [InlineData(100)]
    public void Reading_from_any_sequence_gives_that_one_and_all_later_in_order(int last)
    {
        using var journal = _directory.Open();
        WriteSingly(journal, Queue, last);
        for (var from = 1; from <= last; from++)
        {
            Assert.Equal(
                Enumerable.Range(from, last - from + 1).Select(sequence => Told(Page(Queue, sequence))),
                Told(journal, Queue, from));
        }

        Assert.Empty(journal.Read(Queue, last + 1));
    }

    [Fact]
    public void Reading_from_within_a_page_begins_with_the_whole_page()
    {
        using var journal = _directory.Open();
        for (var page = 0; page < 70; page++)
            journal.Write([Page(Queue, (page * 10) + 1, 10)]);
        for (var from = 1; from <= 700; from++)
            Assert.Equal(((from - 1) / 10 * 10) + 1, journal.Read(Queue, from).First().FirstSequence);
    }

    [Fact]
    public void Entities_do_not_mix()
    {
        using var journal = _directory.Open();
        string[] entities = [.. Enumerable.Range(0, 40).Select(number => $"queue/{number}")];
        for (var round = 0; round < 50; round++)
            journal.Write([.. entities.Where((_, number) => (number + round) % 3 != 0).Select(entity => Page(entity, (journal.Head(entity)?.LastSequence ?? 0) + 1))]);
        foreach (var entity in entities)
        {
            var last = (int)journal.Head(entity)!.LastSequence;
            Assert.Equal(Enumerable.Range(1, last).Select(sequence => Told(Page(entity, sequence))), Told(journal, entity));
        }
    }

    [Fact]
    public void A_read_ends_where_the_head_was_when_it_began()
    {
        using var journal = _directory.Open();
        WriteSingly(journal, Queue, 40);
        var read = journal.Read(Queue, 1);
        WriteSingly(journal, Other, 40);
        journal.Write([Page(Queue, 41)]);
        Assert.Equal(40, read.Count());
    }

    [Fact]
    public void A_journal_is_written_while_it_is_being_read()
    {
        using var journal = _directory.Open();
        WriteSingly(journal, Queue, 40);
        var next = 41;
        foreach (var _ in journal.Read(Queue, 1))
            journal.Write([Page(Queue, next++)]);
        Assert.Equal(80, journal.Head(Queue)!.LastSequence);
    }

    [Fact]
    public void Several_threads_read_while_one_writes()
    {
        using var journal = _directory.Open();
        WriteSingly(journal, Queue, 40);
        Parallel.Invoke(
            [() => WriteSingly(journal, Other, 200), .. Enumerable.Repeat<Action>(() =>
            {
                for (var round = 0; round < 30; round++)
                {
                    Assert.Equal(40, journal.Read(Queue, 1).Count());
                    var known = journal.Head(Other)?.LastSequence ?? 0;
                    Assert.True(journal.Read(Other, 1).Count() >= known);
                }
            }, 6)]);
    }

    [Fact]
    public void Heads_are_ordered_by_key_and_tell_the_last_record()
    {
        using var journal = _directory.Open();
        journal.Write([Page("b", 1, 2), Page("B", 1), Page("a/\uFFEE", 1), Page("a/\U0001F476", 1, 7), Page("b", 3, 2)]);
        Assert.Equal(["B", "a/\U0001F476", "a/\uFFEE", "b"], journal.Heads().Select(head => head.Entity));
        var head = journal.Head("b")!;
        Assert.Equal(4, head.LastSequence);
        Assert.Equal(Hash("b", 4), head.LastHash.ToArray());
    }

    [Fact]
    public void A_page_that_does_not_follow_is_refused_with_all_of_its_commit()
    {
        using var journal = _directory.Open();
        journal.Write([Page(Queue, 1, 5)]);
        foreach (var first in new long[] { 1, 5, 7, 100 })
            Assert.Throws<InvalidOperationException>(() => journal.Write([Page(Other, 1), Page(Queue, first)]));
        Assert.Throws<InvalidOperationException>(() => journal.Write([Page(Other, 2)]));
        Assert.Throws<InvalidOperationException>(() => journal.Write([Page(Queue, 6), Page(Queue, 6)]));
        Assert.Null(journal.Head(Other));
        Assert.Equal(5, journal.Head(Queue)!.LastSequence);
        journal.Write([Page(Queue, 6), Page(Other, 1)]);
        Assert.Equal(2, Told(journal, Queue).Count);
    }

    [Fact]
    public void Values_out_of_their_bounds_are_refused_and_nothing_is_stored()
    {
        using var journal = _directory.Open();
        var good = Page(Queue, 1);
        JournalPage[] bad =
        [
            good with { Count = 0 }, good with { LastHash = new byte[31] }, good with { Entity = "" },
            good with { Entity = new string('x', 201) }, good with { Entity = "a\0b" }, good with { Entity = "a\uD800" },
        ];
        foreach (var page in bad)
            Assert.ThrowsAny<ArgumentException>(() => journal.Write([Page(Other, 1), page]));
        Assert.Throws<ArgumentOutOfRangeException>(() => journal.Read(Queue, 0));
        Assert.Empty(journal.Heads());
    }

    [Fact]
    public void Writing_no_pages_does_nothing()
    {
        using var journal = _directory.Open();
        journal.Write([]);
        Assert.Empty(journal.Heads());
    }

    [Fact]
    public void Large_pages_come_back_and_more_than_a_log_is_checkpointed()
    {
        const int bytes = 4_000_000;
        using (var journal = _directory.Open())
        {
            for (var sequence = 1; sequence <= 20; sequence++)
                journal.Write([Page(Queue, sequence, bytes: bytes), Page(Other, sequence)]);
            Assert.Equal(Enumerable.Range(1, 20).Select(sequence => Told(Page(Queue, sequence, bytes: bytes))), Told(journal, Queue));
        }

        using var reopened = _directory.Open();
        Assert.Equal(Enumerable.Range(1, 20).Select(sequence => Told(Page(Queue, sequence, bytes: bytes))), Told(reopened, Queue));
        Assert.Equal(20, Told(reopened, Other).Count);
    }

    [Fact]
    public void The_last_snapshot_replaces_the_earlier_one_and_stays()
    {
        using (var journal = _directory.Open())
        {
            journal.Write([Page(Queue, 1, 20), Page(Other, 1)]);
            journal.SaveSnapshot(Snapshot(Queue, 10, bytes: 3_000_000));
            journal.SaveSnapshot(Snapshot(Queue, 20, bytes: 50));
            journal.SaveSnapshot(Snapshot(Other, 1));
        }

        using var reopened = _directory.Open();
        var expected = Snapshot(Queue, 20, bytes: 50);
        var loaded = reopened.LoadSnapshot(Queue)!;
        Assert.Equal((expected.Entity, expected.Sequence, expected.FormatVersion), (loaded.Entity, loaded.Sequence, loaded.FormatVersion));
        Assert.Equal(expected.RecordHash.ToArray(), loaded.RecordHash.ToArray());
        Assert.Equal(expected.Body.ToArray(), loaded.Body.ToArray());
        Assert.Equal(1, reopened.LoadSnapshot(Other)!.Sequence);
    }

    [Fact]
    public void An_entity_with_a_snapshot_only_has_a_head_without_records()
    {
        using var journal = _directory.Open();
        journal.SaveSnapshot(Snapshot(Queue, 0) with { RecordHash = default });
        var head = Assert.Single(journal.Heads());
        Assert.Equal((Queue, 0), (head.Entity, head.LastSequence));
        Assert.True(head.LastHash.IsEmpty);
        Assert.Empty(journal.Read(Queue, 1));
        journal.Write([Page(Queue, 1)]);
        Assert.Single(journal.Read(Queue, 1));
    }

    [Fact]
    public void A_snapshot_ahead_of_the_records_is_refused_and_the_earlier_one_stays()
    {
        using var journal = _directory.Open();
        journal.Write([Page(Queue, 1, 5)]);
        journal.SaveSnapshot(Snapshot(Queue, 5));
        Assert.Throws<InvalidOperationException>(() => journal.SaveSnapshot(Snapshot(Queue, 6)));
        Assert.Throws<InvalidOperationException>(() => journal.SaveSnapshot(Snapshot(Other, 1)));
        Assert.Equal(5, journal.LoadSnapshot(Queue)!.Sequence);
        Assert.Null(journal.Head(Other));
    }

    [Fact]
    public void A_closed_journal_refuses_everything()
    {
        var journal = _directory.Open();
        journal.Dispose();
        journal.Dispose();
        Assert.Throws<ObjectDisposedException>(() => journal.Write([Page(Queue, 1)]));
        Assert.Throws<ObjectDisposedException>(() => journal.SaveSnapshot(Snapshot(Queue, 0)));
        Assert.Throws<ObjectDisposedException>(() => journal.Read(Queue, 1));
        Assert.Throws<ObjectDisposedException>(() => journal.Heads());
        Assert.Throws<ObjectDisposedException>(() => journal.Head(Queue));
        Assert.Throws<ObjectDisposedException>(() => journal.LoadSnapshot(Queue));
        Assert.Throws<ObjectDisposedException>(() => journal.View());
    }
}
