using System.Net;
using EOrda.Accounts.Audit;
using EOrda.Accounts.People;
using EOrda.Accounts.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace EOrda.Accounts.Tests;

/// <summary>The audit trail: append-only, chained, searched (P11).</summary>
public sealed class AuditTests : AccountsTests
{
    private static readonly Acting Auditor = new(
        new Sessions.Session(Guid.Empty, new Guid(1, 0, 0, [0, 0, 0, 0, 0, 0, 0, 0]), new Duty(Role.Authority, "almaty"), null, default, default), new Origin(IPAddress.Loopback));

    [Fact]
    public async Task The_chain_holds_and_many_writers_at_once_make_one()
    {
        await using var room = await Open();
        await Task.WhenAll(Enumerable.Range(0, 40).Select(i => Task.Run(() => room.Audit.Record(Auditor, Entry(i)))));
        var verdict = (await room.Audit.Verify()).Value;
        Assert.True(verdict.Holds);
        Assert.Equal((40L, 40L), (verdict.Entries, verdict.End.Sequence));
    }

    [Fact]
    public async Task The_database_lets_no_entry_be_changed_or_erased()
    {
        await using var room = await Filled(5);
        foreach (var attack in new[] { "UPDATE \"Audit\" SET \"Reason\" = 'other' WHERE \"Sequence\" = 2", "DELETE FROM \"Audit\" WHERE \"Sequence\" = 2", "DELETE FROM \"Audit\"" })
        {
            var refused = await Assert.ThrowsAsync<Microsoft.Data.Sqlite.SqliteException>(() => room.Read(context => context.Database.ExecuteSqlRawAsync(attack)));
            Assert.Contains("append-only", refused.Message, StringComparison.Ordinal);
        }

        Assert.True((await room.Audit.Verify()).Value.Holds);
    }

    [Theory]
    [InlineData("UPDATE \"Audit\" SET \"Reason\" = 'other' WHERE \"Sequence\" = 3", 3)]
    [InlineData("UPDATE \"Audit\" SET \"At\" = \"At\" + 1 WHERE \"Sequence\" = 1", 1)]
    [InlineData("UPDATE \"Audit\" SET \"PersonId\" = NULL WHERE \"Sequence\" = 5", 5)]
    [InlineData("UPDATE \"Audit\" SET \"SubjectKind\" = 'personi', \"SubjectId\" = substr(\"SubjectId\", 2) WHERE \"Sequence\" = 4", 4)]
    [InlineData("DELETE FROM \"Audit\" WHERE \"Sequence\" = 2", 2)]
    [InlineData("DELETE FROM \"Audit\" WHERE \"Sequence\" = 5", 5)]
    public async Task What_is_changed_in_spite_of_that_is_found(string attack, long faultAt)
    {
        await using var room = await Filled(5);
        await Break(room, attack);
        Assert.Equal(faultAt, (await room.Audit.Verify()).Value.FaultAt);
    }

    [Fact]
    public async Task A_chain_that_was_cut_off_with_its_head_is_found_by_an_anchor_noted_elsewhere()
    {
        await using var room = await Filled(5);
        var anchor = (await room.Audit.End()).Value;
        Assert.True((await room.Audit.Verify(anchor)).Value.Holds);
        await Break(room, "DELETE FROM \"Audit\" WHERE \"Sequence\" > 3; UPDATE \"AuditHead\" SET \"Sequence\" = 3, \"Hash\" = (SELECT \"Hash\" FROM \"Audit\" WHERE \"Sequence\" = 3)");
        Assert.True((await room.Audit.Verify()).Value.Holds);
        Assert.False((await room.Audit.Verify(anchor)).Value.Holds);
        await room.Audit.Record(Auditor, Entry(7));
        await room.Audit.Record(Auditor, Entry(8));
        Assert.True((await room.Audit.Verify()).Value.Holds);
        Assert.Equal(5, (await room.Audit.Verify(anchor)).Value.FaultAt);
    }

    [Fact]
    public async Task Entries_are_found_by_person_data_locality_action_and_time_the_newest_first()
    {
        await using var room = await Open();
        var began = room.Time.GetUtcNow();
        for (var i = 0; i < 10; i++)
        {
            await room.Audit.Record(Auditor, Entry(i));
            room.Time.Advance(TimeSpan.FromMinutes(1));
        }

        async Task<List<long>> Find(AuditQuery query) => [.. (await room.Audit.Search(query)).Value.Select(record => record.Sequence)];
        Assert.Equal([10, 9, 8], await Find(new AuditQuery { PersonId = Auditor.Session.PersonId, Take = 3 }));
        Assert.Equal([7, 6, 5], await Find(new AuditQuery { Before = 8, Take = 3 }));
        Assert.Empty(await Find(new AuditQuery { PersonId = Guid.Empty }));
        Assert.Equal([4], await Find(new AuditQuery { SubjectKind = "application", SubjectId = "3" }));
        Assert.Equal(10, (await Find(new AuditQuery { Locality = "almaty" })).Count);
        Assert.Empty(await Find(new AuditQuery { Locality = "astana" }));
        Assert.Equal([10, 8, 6, 4, 2], await Find(new AuditQuery { Action = "odd" }));
        Assert.Equal([4, 3], await Find(new AuditQuery { From = began.AddMinutes(2), Until = began.AddMinutes(4) }));
        Assert.Empty(await Find(new AuditQuery { From = began.AddMinutes(20) }));
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => Find(new AuditQuery { Take = 201 }));
    }

    [Fact]
    public async Task A_clock_that_steps_back_leaves_the_instants_in_order()
    {
        await using var room = await Filled(1);
        var first = (await room.Audit.Search(new AuditQuery())).Value[0].At;
        await using var behind = await Open(time: new Microsoft.Extensions.Time.Testing.FakeTimeProvider(first - TimeSpan.FromHours(1)));
        await behind.Audit.Record(Auditor, Entry(2));
        Assert.Equal(first, (await behind.Audit.Search(new AuditQuery())).Value[0].At);
    }

    [Fact]
    public async Task After_five_years_the_oldest_are_erased_and_the_rest_still_holds()
    {
        await using var room = await Filled(3);
        room.Time.Advance(TimeSpan.FromDays(365));
        await room.Audit.Record(Auditor, Entry(9));
        await room.Eraser.Erase(CancellationToken.None);
        Assert.Equal(4, (await room.Audit.Verify()).Value.Entries);
        room.Time.Advance(TimeSpan.FromDays(4 * 365 + 3));
        await room.Eraser.Erase(CancellationToken.None);
        var verdict = (await room.Audit.Verify()).Value;
        Assert.True(verdict.Holds);
        Assert.Equal((1L, 4L), (verdict.Entries, verdict.End.Sequence));
    }

    [Fact]
    public async Task An_entry_that_is_too_long_is_refused_before_it_is_written()
    {
        await using var room = await Open();
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => room.Audit.Record(Auditor, Entry(1) with { Reason = new string('x', 501) }));
        Assert.Equal(0, (await room.Audit.End()).Value.Sequence);
    }

    private static AuditEntry Entry(int i) => new(i % 2 == 0 ? "even" : "odd", "application", i.ToString()) { Locality = "almaty", Reason = $"reason {i}" };

    private static Task<int> Break(Room room, string attack) => room.Read(async context =>
    {
        await context.Database.ExecuteSqlRawAsync("DROP TRIGGER \"AuditIsNotChanged\"; DROP TRIGGER \"AuditIsNotErased\"");
        return await context.Database.ExecuteSqlRawAsync(attack);
    });

    private async Task<Room> Filled(int entries)
    {
        var room = await Open();
        for (var i = 0; i < entries; i++)
        {
            await room.Audit.Record(Auditor, Entry(i));
        }

        return room;
    }
}
