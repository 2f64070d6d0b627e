using System.Net;
using System.Security.Cryptography;
using EOrda.Accounts.Audit;
using EOrda.Accounts.Keys;
using EOrda.Accounts.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace EOrda.Accounts.Tests;

/// <summary>What attackers try, and what it comes to.</summary>
public sealed class AttackTests : AccountsTests
{
    private const string Phone = "+77011234567";

    [Fact]
    public async Task Of_fifty_wrong_codes_at_once_three_are_compared_and_the_right_one_comes_too_late()
    {
        await using var room = await Open();
        var ticket = (await room.Parents.AskCode(Iins.Aru, Phone, room.Home)).Value.Ticket;
        var wrong = room.Outbox.Last(Phone) == "000000" ? "111111" : "000000";
        var outcomes = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => Task.Run(() => room.Parents.SignInByCode(ticket, wrong, null, null, room.Home))));
        Assert.Equal(3, outcomes.Count(outcome => outcome.Refusal?.Reason == Reasons.WrongCredentials));
        Assert.Equal(47, outcomes.Count(outcome => outcome.Refusal?.Reason == Reasons.Locked));

        // Also from elsewhere: a code has three tries in all.
        Refused(Reasons.WrongCredentials, await room.Parents.SignInByCode(ticket, room.Outbox.Last(Phone), null, null, room.Stranger));
        Assert.Equal(3, (await room.Read(context => context.Codes.SingleAsync())).Tries);
        Assert.Equal(room.Home.Address.ToString(), Assert.Single((await room.Audit.Search(new AuditQuery { Action = "locked" })).Value).Actor.Address);
    }

    [Fact]
    public async Task Of_fifty_right_codes_at_once_one_signs_in()
    {
        await using var room = await Open();
        var ticket = (await room.Parents.AskCode(Iins.Aru, Phone, room.Home)).Value.Ticket;
        var digits = room.Outbox.Last(Phone);
        var outcomes = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => Task.Run(() => room.Parents.SignInByCode(ticket, digits, null, null, room.Home))));
        Assert.Equal(1, outcomes.Count(outcome => outcome.IsGiven));
        Assert.Equal(1, await room.Read(context => context.People.CountAsync()));
    }

    [Fact]
    public async Task Of_fifty_wrong_passwords_at_once_three_are_hashed()
    {
        await using var room = await Open();
        await room.Administrator();
        var before = room.Passwords.Computed;
        var outcomes = await Task.WhenAll(Enumerable.Range(0, 50).Select(i =>
            Task.Run(() => room.StaffSignIn.SignIn("root.admin", $"a wrong password, number {i}", "000000", null, room.Stranger))));
        Assert.Equal(3, outcomes.Count(outcome => outcome.Refusal?.Reason == Reasons.WrongCredentials));
        Assert.Equal(47, outcomes.Count(outcome => outcome.Refusal?.Reason == Reasons.Locked));
        Assert.Equal(3, room.Passwords.Computed - before);
    }

    [Fact]
    public async Task Whoever_knows_an_IIN_locks_nobody_out()
    {
        await using var room = await Open();
        var parent = await room.Parent();
        await room.ParentAccounts.SetPassword(parent.Acting, null, Room.GoodPassword);
        for (var i = 0; i < 4; i++)
        {
            await room.Parents.SignInByPassword(Iins.Aru, "a wrong password, again", room.Stranger);
        }

        Refused(Reasons.Locked, await room.Parents.SignInByPassword(Iins.Aru, "a wrong password, again", room.Stranger));
        Assert.True((await room.Sessions.Validate(parent.First.Token)).IsGiven);
        Assert.True((await room.Parents.SignInByPassword(Iins.Aru, Room.GoodPassword, parent.Origin)).IsGiven);
        Assert.True((await parent.SignInByDevice()).IsGiven);

        // From the owner's own address, without the device, too.
        for (var i = 0; i < 4; i++)
        {
            await room.Parents.SignInByPassword(Iins.Aru, "a wrong password, again", room.Home);
        }

        Assert.True((await room.Parents.SignInByPassword(Iins.Aru, Room.GoodPassword, parent.Origin)).IsGiven);
    }

    [Fact]
    public async Task A_locked_device_still_signs_in_by_its_key()
    {
        await using var room = await Open();
        var parent = await room.Parent();
        await room.ParentAccounts.SetPassword(parent.Acting, null, Room.GoodPassword);
        for (var i = 0; i < 3; i++)
        {
            await room.Parents.SignInByPassword(Iins.Aru, "a wrong password, again", parent.Origin);
        }

        Refused(Reasons.Locked, await room.Parents.SignInByPassword(Iins.Aru, Room.GoodPassword, parent.Origin));
        Assert.True((await parent.SignInByDevice()).IsGiven);
    }

    [Fact]
    public async Task The_first_lock_of_a_day_lasts_4_hours_the_next_10_and_the_next_day_begins_anew()
    {
        await using var room = await Open();
        async Task<TimeSpan?> Lock()
        {
            for (var i = 0; i < 3; i++)
            {
                Refused(Reasons.WrongCredentials, await room.StaffSignIn.SignIn("root.admin", "a wrong password", "000000", null, room.Stranger));
            }

            return (await room.StaffSignIn.SignIn("root.admin", "a wrong password", "000000", null, room.Stranger)).Refusal?.RetryAfter;
        }

        Assert.Equal(TimeSpan.FromHours(4), await Lock());
        room.Time.Advance(TimeSpan.FromHours(4));
        Assert.Equal(TimeSpan.FromHours(10), await Lock());
        room.Time.Advance(TimeSpan.FromHours(10));
        Assert.Equal(TimeSpan.FromHours(4), await Lock());
        Assert.Equal(3, (await room.Audit.Search(new AuditQuery { Action = "locked" })).Value.Count);
    }

    [Fact]
    public async Task Wrong_attempts_count_within_60_minutes_whichever_three_they_are()
    {
        await using var room = await Open();
        foreach (var minutes in new[] { 0, 40, 40, 10 })
        {
            room.Time.Advance(TimeSpan.FromMinutes(minutes));
            Refused(Reasons.WrongCredentials, await room.StaffSignIn.SignIn("root.admin", "a wrong password", "000000", null, room.Stranger));
        }

        Refused(Reasons.Locked, await room.StaffSignIn.SignIn("root.admin", "a wrong password", "000000", null, room.Stranger));
    }

    [Fact]
    public async Task A_right_password_forgives_the_wrong_ones_before_it()
    {
        await using var room = await Open();
        var administrator = await room.Administrator();
        for (var round = 0; round < 3; round++)
        {
            Refused(Reasons.WrongCredentials, await administrator.SignIn(password: "a wrong password"));
            Refused(Reasons.WrongCredentials, await administrator.SignIn(password: "a wrong password"));
            Assert.True((await administrator.SignIn()).IsGiven);
        }
    }

    [Fact]
    public async Task An_address_that_fails_on_many_accounts_is_refused_on_others()
    {
        await using var room = await Open(Room.Quick with { FailedAccountsOfAddress = 5 });
        for (var i = 0; i < 5; i++)
        {
            Refused(Reasons.WrongCredentials, await room.StaffSignIn.SignIn($"user{i}", "a wrong password", "000000", null, room.Stranger));
        }

        Refused(Reasons.Locked, await room.StaffSignIn.SignIn("user9", "a wrong password", "000000", null, room.Stranger));
        Refused(Reasons.WrongCredentials, await room.StaffSignIn.SignIn("user9", "a wrong password", "000000", null, room.Home));
        room.Time.Advance(TimeSpan.FromMinutes(61));
        Refused(Reasons.WrongCredentials, await room.StaffSignIn.SignIn("user9", "a wrong password", "000000", null, room.Stranger));
    }

    [Fact]
    public async Task Nothing_tells_whether_an_IIN_is_known()
    {
        await using var room = await Open();
        var parent = await room.Parent();
        await room.ParentAccounts.SetPassword(parent.Acting, null, Room.GoodPassword);
        var replies = new List<(string Codes, string Passwords, long Hashes, int Rows)>();
        foreach (var iin in new[] { Iins.Aru, Iins.Unknown })
        {
            var hashes = room.Passwords.Computed;
            var rows = await room.Read(context => context.Codes.CountAsync());
            var asked = new List<Outcome<Parents.CodeTicket>>();
            for (var i = 0; i < 4; i++)
            {
                asked.Add(await room.Parents.AskCode(iin, null, room.Stranger));
            }

            var codes = string.Join(' ', asked.Select(a => a.Refusal?.Reason ?? "asked"));
            codes += " " + (await room.Parents.SignInByCode(asked[2].Value.Ticket, "00000x", null, null, room.Stranger)).Refusal?.Reason;
            var passwords = "";
            for (var i = 0; i < 4; i++)
            {
                passwords += (await room.Parents.SignInByPassword(iin, "a wrong password", room.Stranger)).Refusal?.Reason + " ";
            }

            replies.Add((codes, passwords, room.Passwords.Computed - hashes, await room.Read(context => context.Codes.CountAsync()) - rows));
        }

        Assert.Equal(replies[0], replies[1]);
        Assert.Equal(("asked asked asked too-many-codes wrong-credentials", "wrong-credentials wrong-credentials locked locked ", 2L, 3), replies[0]);
    }

    [Fact]
    public async Task Nothing_tells_whether_a_login_is_known()
    {
        await using var room = await Open();
        await room.Administrator();
        var replies = new List<(string?, long)>();
        foreach (var login in new[] { "root.admin", "nobody" })
        {
            var before = room.Passwords.Computed;
            replies.Add(((await room.StaffSignIn.SignIn(login, "a wrong password", "000000", null, room.Stranger)).Refusal?.Reason, room.Passwords.Computed - before));
        }

        Assert.Equal([(Reasons.WrongCredentials, 1L), (Reasons.WrongCredentials, 1L)], replies);
    }

    [Fact]
    public async Task A_challenge_is_taken_once_in_time_and_from_its_device()
    {
        await using var room = await Open();
        var parent = await room.Parent();
        var other = await room.Parent(Iins.Bek, "+77059876543");
        var challenge = room.Parents.Challenge(parent.Origin.DeviceToken).Value;
        var signature = parent.Sign(challenge);
        Refused(Reasons.WrongCredentials, await room.Parents.SignInByDevice(challenge, other.Sign(challenge), parent.Origin));
        Refused(Reasons.WrongCredentials, await room.Parents.SignInByDevice(challenge, other.Sign(challenge), other.Origin));
        var outcomes = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => Task.Run(() => room.Parents.SignInByDevice(challenge, signature, parent.Origin))));
        Assert.Equal(1, outcomes.Count(outcome => outcome.IsGiven));
        Refused(Reasons.WrongCredentials, await room.Parents.SignInByDevice(challenge, signature, parent.Origin));

        var stale = room.Parents.Challenge(parent.Origin.DeviceToken).Value;
        room.Time.Advance(TimeSpan.FromMinutes(2));
        Refused(Reasons.WrongCredentials, await room.Parents.SignInByDevice(stale, parent.Sign(stale), parent.Origin));
    }

    [Theory]
    [InlineData("")]
    [InlineData("not a challenge")]
    [InlineData("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    [InlineData("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA!")]
    [InlineData("AAAA                                                                       ")]
    public async Task A_challenge_that_was_not_made_here_is_refused(string challenge)
    {
        await using var room = await Open();
        var parent = await room.Parent();
        Refused(Reasons.WrongCredentials, await room.Parents.SignInByDevice(challenge, parent.Sign(challenge), parent.Origin));
    }

    [Fact]
    public async Task A_code_that_is_five_minutes_old_is_stale()
    {
        await using var room = await Open();
        var ticket = (await room.Parents.AskCode(Iins.Aru, Phone, room.Home)).Value.Ticket;
        room.Time.Advance(TimeSpan.FromMinutes(5));
        Refused(Reasons.WrongCredentials, await room.Parents.SignInByCode(ticket, room.Outbox.Last(Phone), null, null, room.Home));
    }

    [Fact]
    public async Task A_newer_code_ends_the_one_before_but_not_that_of_another_who_asks()
    {
        await using var room = await Open();
        var first = (await room.Parents.AskCode(Iins.Aru, Phone, room.Home)).Value.Ticket;
        var digits = room.Outbox.Last(Phone);
        var second = (await room.Parents.AskCode(Iins.Aru, Phone, room.Home)).Value.Ticket;
        var secondDigits = room.Outbox.Last(Phone);
        await room.Parents.AskCode(Iins.Aru, Phone, room.Stranger);
        Refused(Reasons.WrongCredentials, await room.Parents.SignInByCode(first, digits, null, null, room.Home));
        Assert.True((await room.Parents.SignInByCode(second, secondDigits, null, null, room.Home)).IsGiven);
    }

    [Fact]
    public async Task Codes_that_strangers_ask_for_use_up_nothing_of_the_owners()
    {
        await using var room = await Open();
        var parent = await room.Parent();
        room.Time.Advance(TimeSpan.FromHours(1));
        for (var i = 0; i < 20; i++)
        {
            await room.Parents.AskCode(Iins.Aru, null, new Origin(IPAddress.Parse($"203.0.113.{i}")));
        }

        Refused(Reasons.TooManyCodes, await room.Parents.AskCode(Iins.Aru, null, room.Stranger));
        Assert.Equal(6, room.Outbox.Count);
        for (var i = 0; i < 5; i++)
        {
            Assert.True((await room.Parents.AskCode(Iins.Aru, null, parent.Origin)).IsGiven);
        }

        var refusal = (await room.Parents.AskCode(Iins.Aru, null, parent.Origin)).Refusal!;
        Assert.Equal((Reasons.TooManyCodes, TimeSpan.FromHours(1)), (refusal.Reason, refusal.RetryAfter));
        room.Time.Advance(TimeSpan.FromHours(1));
        for (var i = 0; i < 5; i++)
        {
            Assert.True((await room.Parents.AskCode(Iins.Aru, null, parent.Origin)).IsGiven);
        }

        room.Time.Advance(TimeSpan.FromHours(2));
        Refused(Reasons.TooManyCodes, await room.Parents.AskCode(Iins.Aru, null, parent.Origin));
    }

    [Fact]
    public async Task An_address_asks_for_a_bounded_number_of_codes_whatever_the_IINs()
    {
        await using var room = await Open(Room.Quick with { CodesAnHourOfAddress = 3 });
        foreach (var iin in new[] { Iins.Aru, Iins.Bek, Iins.Unknown })
        {
            Assert.True((await room.Parents.AskCode(iin, null, room.Stranger)).IsGiven);
        }

        Refused(Reasons.TooManyCodes, await room.Parents.AskCode(Iins.Aru, null, room.Stranger));
    }

    [Fact]
    public async Task A_token_that_was_there_before_signing_in_is_not_the_sessions()
    {
        await using var room = await Open();
        var planted = room.Get<Secrets>().NewToken();
        Refused(Reasons.NoSession, await room.Sessions.Validate(planted));
        var parent = await room.Parent(origin: room.Home with { DeviceToken = planted });
        Assert.NotEqual(planted, parent.First.Token);
        Assert.NotEqual(planted, parent.First.DeviceToken);
        Refused(Reasons.NoSession, await room.Sessions.Validate(planted));
        var again = (await parent.SignInByDevice()).Value;
        Assert.NotEqual(parent.First.Token, again.Token);
    }

    [Fact]
    public async Task A_device_token_of_somebody_else_opens_nothing()
    {
        await using var room = await Open();
        var parent = await room.Parent();
        var other = await room.Parent(Iins.Bek, "+77059876543");
        await room.ParentAccounts.SetPassword(parent.Acting, null, Room.GoodPassword);
        Refused(Reasons.WrongCredentials, await room.Parents.SignInByPassword(Iins.Aru, Room.GoodPassword, other.Origin));
    }

    [Fact]
    public async Task A_ticket_that_nobody_was_given_is_refused_and_counted_on_no_account()
    {
        await using var room = await Open();
        Refused(Reasons.WrongCredentials, await room.Parents.SignInByCode(new Guid(RandomNumberGenerator.GetBytes(16)), "123456", null, null, room.Stranger));
        Assert.Equal(0, await room.Read(context => context.Attempts.CountAsync()));
    }

    [Fact]
    public async Task Passwords_beyond_the_queue_are_told_to_try_later_and_not_counted()
    {
        await using var room = await Open(Room.Quick with { PasswordsWaiting = 1 });
        Assert.True(room.Passwords.TryEnter(out var place));
        var refusal = (await room.StaffSignIn.SignIn("root.admin", "a wrong password", "000000", null, room.Stranger)).Refusal!;
        Assert.Equal(Reasons.Busy, refusal.Reason);
        Assert.True(refusal.RetryAfter >= TimeSpan.FromSeconds(1));
        Assert.Equal(0, await room.Read(context => context.Attempts.CountAsync()));
        place.Dispose();
        Refused(Reasons.WrongCredentials, await room.StaffSignIn.SignIn("root.admin", "a wrong password", "000000", null, room.Stranger));
    }

    [Fact]
    public void One_network_of_IPv6_is_one_address()
    {
        Assert.Equal(new Origin(IPAddress.Parse("2001:db8:1:2::1")).Network, new Origin(IPAddress.Parse("2001:db8:1:2:ffff::9")).Network);
        Assert.NotEqual(new Origin(IPAddress.Parse("2001:db8:1:2::1")).Network, new Origin(IPAddress.Parse("2001:db8:1:3::1")).Network);
        Assert.Equal("203.0.113.7", new Origin(IPAddress.Parse("::ffff:203.0.113.7")).Network);
    }
}
