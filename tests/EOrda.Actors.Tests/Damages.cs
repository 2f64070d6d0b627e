using EOrda.Actors.Audit;
using EOrda.Actors.Journal;
using EOrda.Actors.Tests.Support;
using EOrda.Queues;

namespace EOrda.Actors.Tests;

/// <summary>What was written is not what is read: recovery and audit name it, and skip nothing.</summary>
public sealed class Damages
{
    private const string Entity = "queue/almaty/general/2022";

    // Page 1 has the rules and a1's filing, each other one a prolonging: records 3 to 6.
    private static readonly Dictionary<string, (Action<List<JournalPage>> Do, int Record)> Kinds = new(StringComparer.Ordinal)
    {
        ["a flipped bit in the first record"] = (pages => Change(pages, 0, body => body[10] ^= 1), 1),
        ["a flipped bit in a later record"] = (pages => Change(pages, 2, body => body[20] ^= 1), 4),
        ["a flipped bit in the last record"] = (pages => Change(pages, 4, body => body[20] ^= 1), 6),
        ["a flipped bit in a hash"] = (pages => Change(pages, 2, body => body[^1] ^= 1), 4),
        ["a record's time edited"] = (pages => Change(pages, 2, body => body[5]++), 4),
        ["a length too large"] = (pages => Change(pages, 2, body => body[0]++), 4),
        ["a negative length"] = (pages => Change(pages, 2, body => body[3] = 0x80), 4),
        ["a page cut off"] = (pages => pages[2] = pages[2] with { Body = pages[2].Body[..^1] }, 4),
        ["an empty page"] = (pages => pages[2] = pages[2] with { Body = ReadOnlyMemory<byte>.Empty }, 4),
        ["bytes behind a page's records"] = (pages => pages[2] = pages[2] with { Body = (byte[])[.. pages[2].Body.Span, 0] }, 4),
        ["the first page removed"] = (pages => pages.RemoveAt(0), 1),
        ["a page removed"] = (pages => pages.RemoveAt(2), 4),
        ["a page removed and the later ones renumbered"] = (pages =>
        {
            pages.RemoveAt(2);
            pages[2] = pages[2] with { FirstSequence = 4 };
            pages[3] = pages[3] with { FirstSequence = 5 };
        }, 4),
        ["the last page removed"] = (pages => pages.RemoveAt(4), 6),
        ["all pages removed"] = (pages => pages.Clear(), 1),
        ["two pages swapped"] = (pages => (pages[2], pages[3]) = (pages[3], pages[2]), 4),
        ["two pages' records swapped"] = (pages => (pages[2], pages[3]) = (pages[2] with { Body = pages[3].Body }, pages[3] with { Body = pages[2].Body }), 4),
        ["a page twice"] = (pages => pages.Insert(2, pages[2]), 5),
        ["a page of other records"] = (pages => pages[2] = pages[2] with { Body = pages[1].Body }, 4),
    };

    public static TheoryData<string> Names => [.. Kinds.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void The_damaged_record_is_named(string kind)
    {
        var city = Written();
        Kinds[kind].Do(city.Disk.PagesOf(Entity));
        var audited = Assert.Throws<JournalDamagedException>(city.Audit);
        Assert.Equal((Entity, Kinds[kind].Record), (audited.Entity, audited.Sequence));
        var recovered = Assert.Throws<OutcomeUnknownException>(() => city.Crash().State("a1"));
        var damage = Assert.IsType<JournalDamagedException>(recovered.InnerException);
        Assert.Equal((Entity, Kinds[kind].Record), (damage.Entity, damage.Sequence));
        Assert.Equal("waiting", city.State("b1", City.Other));
    }

    [Fact]
    public void An_event_that_cannot_have_happened_is_named_though_its_hash_is_right()
    {
        var city = Written();
        var pages = city.Disk.PagesOf(Entity);
        var others = city.Disk.PagesOf("queue/almaty/general/2021");

        // The other queue's records under this one's name, hashed for it.
        pages.RemoveRange(0, pages.Count);
        pages.Add(others[0] with { Entity = Entity });
        Assert.Equal(1, Assert.Throws<JournalDamagedException>(city.Audit).Sequence);
    }

    [Fact]
    public void A_snapshot_of_another_version_is_passed_over()
    {
        var city = Rested(out var before);
        var snapshot = city.Disk.SnapshotOf(Entity)!;
        city.Disk.PutSnapshot(snapshot with { FormatVersion = snapshot.FormatVersion + 100, Body = new byte[] { 1, 2, 3 } });
        Assert.Equal(before, city.Crash().Bytes());
        city.Audit();
    }

    [Fact]
    public void A_damaged_snapshot_is_named()
    {
        var city = Rested(out _);
        var snapshot = city.Disk.SnapshotOf(Entity)!;
        city.Disk.PutSnapshot(snapshot with { Body = snapshot.Body[..^3] });
        Assert.Equal(Entity, Assert.Throws<JournalDamagedException>(city.Audit).Entity);
        var recovered = Assert.Throws<OutcomeUnknownException>(() => city.Crash().State("a1"));
        Assert.Contains($"snapshot of {Entity} after record {snapshot.Sequence}", recovered.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_flipped_bit_of_a_snapshot_is_found_by_the_audit_unless_it_reads_as_the_same()
    {
        var city = Rested(out _);
        var snapshot = city.Disk.SnapshotOf(Entity)!;
        var same = 0;
        for (var at = 0; at < snapshot.Body.Length; at++)
        {
            city.Disk.PutSnapshot(snapshot with { Body = Failures.Flipped(snapshot.Body, at) });
            var fault = Record.Exception(city.Audit);
            Assert.True(fault is null or JournalDamagedException or ContradictionException, $"{at}: {fault}");
            same += fault is null ? 1 : 0;
        }

        // A flag is true whatever bit is set in it.
        Assert.InRange(same, 0, 5);
    }

    [Fact]
    public void A_snapshot_with_the_hash_of_another_record_is_named()
    {
        var city = Rested(out _);
        var snapshot = city.Disk.SnapshotOf(Entity)!;
        city.Disk.PutSnapshot(snapshot with { RecordHash = Failures.Flipped(snapshot.RecordHash) });
        Assert.Throws<ContradictionException>(city.Audit);
        Assert.Contains($"Record {snapshot.Sequence} of {Entity}", Assert.Throws<OutcomeUnknownException>(() => city.Crash().State("a1")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_snapshot_of_records_that_the_journal_has_not_is_named()
    {
        var city = Rested(out _);
        var snapshot = city.Disk.SnapshotOf(Entity)!;
        city.Disk.PutSnapshot(snapshot with { Sequence = snapshot.Sequence + 1 });
        Assert.Throws<ContradictionException>(city.Audit);
        Assert.Throws<OutcomeUnknownException>(() => city.Crash().State("a1"));
    }

    [Fact]
    public void A_snapshot_that_is_another_state_is_found_by_the_audit()
    {
        var city = Rested(out _);
        var another = new City().Filed("a9");
        another.Pass(TimeSpan.FromMinutes(20));
        city.Disk.PutSnapshot(city.Disk.SnapshotOf(Entity)! with { Body = another.Disk.SnapshotOf(Entity)!.Body });
        Assert.Contains(Entity, Assert.Throws<ContradictionException>(city.Audit).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_register_without_its_queue_is_found_by_the_audit()
    {
        var city = Written();
        var disk = new Simulation.Virtual.VirtualDisk();
        var journal = disk.Open();
        journal.Write([.. city.Disk.Entities.Where(entity => entity != Entity).SelectMany(entity => city.Disk.PagesOf(entity).Take(1))]);
        Assert.Throws<ContradictionException>(() => JournalAudit.Run(journal));
    }

    private static City Written()
    {
        var city = new City().Filed("a1").FiledIn(City.Other, "b1");
        for (var i = 0; i < 4; i++)
        {
            city.Pass(TimeSpan.FromSeconds(1));
            city.Do(new Prolong("a1"));
        }

        Assert.Equal(5, city.Disk.PagesOf(Entity).Count);
        return city;
    }

    private static City Rested(out byte[] before)
    {
        var city = Written();
        city.Pass(TimeSpan.FromMinutes(20));
        Assert.NotNull(city.Disk.SnapshotOf(Entity));
        before = city.Bytes();
        return city;
    }

    private static void Change(List<JournalPage> pages, int page, Action<byte[]> change)
    {
        var body = pages[page].Body.ToArray();
        change(body);
        pages[page] = pages[page] with { Body = body };
    }
}
