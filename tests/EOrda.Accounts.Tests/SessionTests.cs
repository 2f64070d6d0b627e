using EOrda.Accounts.People;
using EOrda.Accounts.Retention;
using EOrda.Accounts.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Time.Testing;

namespace EOrda.Accounts.Tests;

/// <summary>Sessions: idle, old, ended, on every node and after a restart (P2).</summary>
public sealed class SessionTests : AccountsTests
{
    private static readonly TimeSpan Offset = TimeSpan.FromHours(5);

    [Fact]
    public async Task A_parents_session_ends_after_30_minutes_without_activity()
    {
        await using var room = await Open();
        var parent = await room.Parent();
        for (var i = 0; i < 3; i++)
        {
            room.Time.Advance(TimeSpan.FromMinutes(29));
            Assert.True((await room.Sessions.Validate(parent.First.Token)).IsGiven);
        }

        room.Time.Advance(TimeSpan.FromMinutes(30));
        Refused(Reasons.SessionIdle, await room.Sessions.Validate(parent.First.Token));
    }

    [Fact]
    public async Task A_session_of_staff_lasts_8_hours_idle_or_not()
    {
        await using var room = await Open();
        var signedIn = (await (await room.Administrator()).SignIn()).Value;
        room.Time.Advance(TimeSpan.FromHours(8) - TimeSpan.FromSeconds(1));
        Assert.True((await room.Sessions.Validate(signedIn.Token)).IsGiven);
        room.Time.Advance(TimeSpan.FromSeconds(1));
        Refused(Reasons.SessionExpired, await room.Sessions.Validate(signedIn.Token));
    }

    [Theory]
    [InlineData("05:59", false)]
    [InlineData("06:00", true)]
    [InlineData("07:59", true)]
    [InlineData("08:00", false)]
    public async Task A_live_page_of_the_race_is_activity_from_6_to_8_local(string local, bool counts)
    {
        var at = new DateTimeOffset(2026, 3, 2, int.Parse(local[..2]), int.Parse(local[3..]), 0, Offset);
        await using var room = await Open(time: new FakeTimeProvider(at - TimeSpan.FromMinutes(29)));
        var parent = await room.Parent();
        room.Time.Advance(TimeSpan.FromMinutes(29));
        Assert.True((await room.Sessions.ValidateLive(parent.First.Token)).IsGiven);
        room.Time.Advance(TimeSpan.FromMinutes(2));
        Assert.Equal(counts, (await room.Sessions.Validate(parent.First.Token)).IsGiven);
    }

    [Fact]
    public async Task Sessions_devices_and_locks_survive_a_restart()
    {
        var time = new FakeTimeProvider(new DateTimeOffset(2026, 3, 2, 10, 0, 0, Offset));
        string token;
        string? deviceToken;
        System.Security.Cryptography.ECDsa key;
        await using (var room = await Open(time: time))
        {
            var parent = await room.Parent();
            (token, deviceToken, key) = (parent.First.Token, parent.First.DeviceToken, parent.Key);
            for (var i = 0; i < 3; i++)
            {
                await room.Parents.SignInByPassword(Iins.Bek, "a wrong password", room.Stranger);
            }
        }

        await using var later = await Open(time: time);
        Assert.True((await later.Sessions.Validate(token)).IsGiven);
        Refused(Reasons.Locked, await later.Parents.SignInByPassword(Iins.Bek, "a wrong password", later.Stranger));
        var session = (await later.Sessions.Validate(token)).Value;
        Assert.Equal(Iins.Aru, (await later.Persons.Show(new Acting(session, later.Home), session.PersonId, "")).Value.Iin);
        var atHome = new ParentAtHome(later, Iins.Aru, key, new Sessions.SignedIn(session, token, deviceToken), later.Home with { DeviceToken = deviceToken });
        Assert.True((await atHome.SignInByDevice()).IsGiven);
    }

    [Fact]
    public async Task Activity_is_stored_and_seen_by_another_node()
    {
        var time = new FakeTimeProvider(new DateTimeOffset(2026, 3, 2, 10, 0, 0, Offset));
        await using var one = await Open(time: time);
        await using var other = await Open(time: time);
        var parent = await one.Parent();
        time.Advance(TimeSpan.FromMinutes(25));
        Assert.True((await one.Sessions.Validate(parent.First.Token)).IsGiven);
        Assert.True((await one.Sessions.StoreActivity(CancellationToken.None)).IsGiven);
        time.Advance(TimeSpan.FromMinutes(25));
        Assert.True((await other.Sessions.Validate(parent.First.Token)).IsGiven);
    }

    [Fact]
    public async Task A_session_that_ended_on_one_node_is_heard_of_on_the_other()
    {
        var time = new FakeTimeProvider(new DateTimeOffset(2026, 3, 2, 10, 0, 0, Offset));
        await using var one = await Open(time: time);
        await using var other = await Open(time: time);
        var parent = await one.Parent();
        Assert.True((await other.Sessions.Validate(parent.First.Token)).IsGiven);
        var told = new List<string>();
        other.Sessions.Ended += (_, ended) => told.Add(ended.Reason);
        Assert.True((await one.Sessions.SignOut(parent.First.Token, one.Home)).IsGiven);
        time.Advance(TimeSpan.FromSeconds(1));
        await other.Sessions.HearEnded(CancellationToken.None);
        await other.Sessions.HearEnded(CancellationToken.None);
        Refused(Reasons.SessionEnded, await other.Sessions.Validate(parent.First.Token));
        Assert.Equal([Reasons.SessionEnded], told);
    }

    [Fact]
    public async Task The_upkeep_hears_it_by_itself_and_goes_on_when_the_database_fails()
    {
        var time = new FakeTimeProvider(new DateTimeOffset(2026, 3, 2, 10, 0, 0, Offset));
        await using var one = await Open(time: time);
        await using var other = await Open(time: time);
        var parent = await one.Parent();
        Assert.True((await other.Sessions.Validate(parent.First.Token)).IsGiven);
        var ended = new TaskCompletionSource();
        other.Sessions.Ended += (_, _) => ended.TrySetResult();
        var upkeep = other.Get<IEnumerable<IHostedService>>().OfType<Upkeep>().Single();
        await upkeep.StartAsync(CancellationToken.None);
        await one.Change(context => context.Database.ExecuteSqlRawAsync("ALTER TABLE \"Sessions\" RENAME TO \"Gone\""));
        time.Advance(TimeSpan.FromSeconds(1));
        await one.Change(context => context.Database.ExecuteSqlRawAsync("ALTER TABLE \"Gone\" RENAME TO \"Sessions\""));
        await one.Sessions.SignOut(parent.First.Token, one.Home);
        for (var i = 0; i < 100 && !ended.Task.IsCompleted; i++)
        {
            time.Advance(TimeSpan.FromSeconds(0.1));
            await Task.WhenAny(ended.Task, Task.Delay(100));
        }

        Assert.True(ended.Task.IsCompleted);
        await upkeep.StopAsync(CancellationToken.None);
    }

    [Fact]
    public async Task Without_hearing_it_a_node_finds_an_ended_session_within_five_minutes()
    {
        var time = new FakeTimeProvider(new DateTimeOffset(2026, 3, 2, 10, 0, 0, Offset));
        await using var one = await Open(time: time);
        await using var other = await Open(time: time);
        var parent = await one.Parent();
        Assert.True((await other.Sessions.Validate(parent.First.Token)).IsGiven);
        await one.Sessions.SignOut(parent.First.Token, one.Home);
        Assert.True((await other.Sessions.Validate(parent.First.Token)).IsGiven);
        time.Advance(TimeSpan.FromMinutes(5));
        Refused(Reasons.SessionEnded, await other.Sessions.Validate(parent.First.Token));
    }

    [Fact]
    public async Task A_session_in_memory_and_an_invented_token_ask_the_database_nothing()
    {
        await using var room = await Open();
        var parent = await room.Parent();
        Assert.True((await room.Sessions.Validate(parent.First.Token)).IsGiven);
        await room.Change(context => context.Database.ExecuteSqlRawAsync("ALTER TABLE \"Sessions\" RENAME TO \"Gone\""));
        Assert.True((await room.Sessions.Validate(parent.First.Token)).IsGiven);
        foreach (var invented in new[] { null, "", "x", new string('A', 43), parent.First.Token[..42] + "_", parent.First.Token[..42] + "!", parent.First.Token[..40] + "   ", parent.First.Token + "A" })
        {
            Refused(Reasons.NoSession, await room.Sessions.Validate(invented));
        }

        room.Time.Advance(TimeSpan.FromMinutes(5));
        Refused(Reasons.Unavailable, await room.Sessions.Validate(parent.First.Token));
    }

    [Fact]
    public async Task A_full_memory_still_answers()
    {
        await using var room = await Open(Room.Quick with { SessionCacheEntries = 1 });
        var one = await room.Parent();
        var other = await room.Parent(Iins.Bek, "+77059876543");
        for (var i = 0; i < 2; i++)
        {
            Assert.True((await room.Sessions.Validate(one.First.Token)).IsGiven);
            Assert.True((await room.Sessions.Validate(other.First.Token)).IsGiven);
        }
    }

    [Fact]
    public async Task Codes_sessions_devices_and_attempts_are_kept_for_a_day()
    {
        await using var room = await Open();
        var parent = await room.Parent();
        await parent.SignInByDevice();
        await room.Parents.SignInByPassword(Iins.Bek, "a wrong password", room.Stranger);
        await room.Staff.FirstAdministrator("root.admin", "Root");
        async Task<List<int>> Rows() => await room.Read(async context => new List<int>
        {
            await context.Codes.CountAsync(), await context.Sessions.CountAsync(), await context.UsedChallenges.CountAsync(),
            await context.Attempts.CountAsync(), await context.Enrolments.CountAsync(), await context.Devices.CountAsync(), await context.People.CountAsync(),
        });
        Assert.Equal([1, 2, 1, 1, 1, 1, 2], await Rows());
        room.Time.Advance(TimeSpan.FromHours(23));
        await room.Eraser.Erase(CancellationToken.None);
        Assert.Equal([1, 2, 0, 1, 1, 1, 2], await Rows());
        room.Time.Advance(TimeSpan.FromHours(49));
        await room.Eraser.Erase(CancellationToken.None);
        Assert.Equal([0, 0, 0, 0, 0, 1, 2], await Rows());
    }

    [Fact]
    public async Task A_role_of_staff_and_that_of_a_parent_have_sessions_of_their_own()
    {
        await using var room = await Open();
        var root = await (await room.Administrator()).Act();
        var parent = await room.Parent();
        await room.Change(context =>
        {
            context.Grants.Add(new RoleGrant { Id = Guid.CreateVersion7(room.Time.GetUtcNow()), PersonId = root.Session.PersonId, Role = Role.Auditor, Scope = "almaty", GrantedAt = room.Time.GetUtcNow() });
            return Task.CompletedTask;
        });
        Refused(Reasons.Forbidden, await room.StaffSignIn.Switch(parent.Acting, Duty.Administrator));
        Assert.True((await room.StaffSignIn.Switch(root, new Duty(Role.Auditor, "almaty"))).IsGiven);
        Assert.True((await room.Sessions.Validate(parent.First.Token)).IsGiven);
    }
}
