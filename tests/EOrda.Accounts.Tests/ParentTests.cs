using System.Net;
using System.Security.Cryptography;
using EOrda.Accounts.Audit;
using EOrda.Accounts.Codes;
using EOrda.Accounts.People;
using EOrda.Accounts.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace EOrda.Accounts.Tests;

/// <summary>Parents: IIN, code, password, device, number (P2).</summary>
public sealed class ParentTests : AccountsTests
{
    private const string Phone = "+77011234567";
    private const string OtherPhone = "+77059876543";

    [Fact]
    public async Task The_first_sign_in_is_by_a_code_to_the_number_of_the_register_and_binds_the_device()
    {
        await using var room = await Open();
        var parent = await room.Parent();
        Assert.NotNull(parent.First.DeviceToken);
        var session = (await room.Sessions.Validate(parent.First.Token)).Value;
        Assert.Equal((Duty.Parent, parent.PersonId), (session.Duty, session.PersonId));
        var own = (await room.Persons.Show(parent.Acting, parent.PersonId, "")).Value;
        Assert.Equal((Iins.Aru, Phone), (own.Iin, own.Phone));
        Assert.True((await parent.SignInByDevice()).IsGiven);
    }

    [Fact]
    public async Task An_account_that_is_there_gets_its_code_on_its_own_number_whatever_the_register_says()
    {
        await using var room = await Open();
        await room.Parent();
        room.Time.Advance(TimeSpan.FromMinutes(1));
        await room.Parents.AskCode(Iins.Aru, OtherPhone, room.Stranger);
        Assert.Equal(2, room.Outbox.Count);
        Assert.Equal(6, room.Outbox.Last(Phone).Length);
    }

    [Fact]
    public async Task The_database_alone_shows_neither_IIN_nor_number()
    {
        await using (var room = await Open())
        {
            var root = await (await room.Administrator()).Act();
            await room.Parent();
            await room.Invite(root, "dana.k", new Duty(Role.Authority, "almaty"));
        }

        CloseFiles();
        var bytes = Directory.GetFiles(DataDirectory, "accounts.db*").SelectMany(File.ReadAllBytes).ToArray();
        Assert.True(bytes.AsSpan().IndexOf("signed-in"u8) > 0);
        foreach (var personal in new[] { Iins.Aru, Phone, Phone[1..], "dana.k", "Айгүл", Room.GoodPassword })
        {
            Assert.Equal(-1, bytes.AsSpan().IndexOf(System.Text.Encoding.UTF8.GetBytes(personal)));
        }

        // The keys of Data Protection lie there encrypted.
        Assert.Equal(-1, bytes.AsSpan().IndexOf("masterKey"u8));
        Assert.True(bytes.AsSpan().IndexOf("encryptedKey"u8) > 0 || bytes.AsSpan().IndexOf("encryptedSecret"u8) > 0);
    }

    [Fact]
    public async Task A_newer_sign_in_ends_the_older_session_which_is_told_so()
    {
        await using var room = await Open();
        var parent = await room.Parent();
        var told = new List<(Guid, string)>();
        room.Sessions.Ended += (_, ended) => told.Add((ended.SessionId, ended.Reason));
        await room.Sessions.Validate(parent.First.Token);
        var newer = (await parent.SignInByDevice()).Value;
        Assert.True(newer.EndedAnother);
        Refused(Reasons.SessionEndedElsewhere, await room.Sessions.Validate(parent.First.Token));
        Assert.Equal([(parent.First.Session.Id, Reasons.SessionEndedElsewhere)], told);
        Assert.True((await room.Sessions.Validate(newer.Token)).IsGiven);
    }

    [Fact]
    public async Task Another_device_needs_password_and_code_and_unbinds_the_old_one()
    {
        await using var room = await Open();
        var parent = await room.Parent();
        Assert.True((await room.ParentAccounts.SetPassword(parent.Acting, null, Room.GoodPassword)).IsGiven);
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var ticket = (await room.Parents.AskCode(Iins.Aru, null, room.Stranger)).Value.Ticket;
        var digits = room.Outbox.Last(Phone);
        Refused(Reasons.PasswordNeeded, await room.Parents.SignInByCode(ticket, digits, null, key.ExportSubjectPublicKeyInfo(), room.Stranger));
        Refused(Reasons.WrongCredentials, await room.Parents.SignInByCode(ticket, digits, "not the password at all", key.ExportSubjectPublicKeyInfo(), room.Stranger));
        Assert.True((await room.Parents.SignInByCode(ticket, digits, Room.GoodPassword, key.ExportSubjectPublicKeyInfo(), room.Stranger)).IsGiven);
        Refused(Reasons.WrongCredentials, await parent.SignInByDevice());
    }

    [Fact]
    public async Task A_password_signs_in_on_the_bound_device_and_on_no_other()
    {
        await using var room = await Open();
        var parent = await room.Parent();
        await room.ParentAccounts.SetPassword(parent.Acting, null, Room.GoodPassword);
        Assert.True((await room.Parents.SignInByPassword(Iins.Aru, Room.GoodPassword, parent.Origin)).IsGiven);
        Refused(Reasons.WrongCredentials, await room.Parents.SignInByPassword(Iins.Aru, Room.GoodPassword, room.Home));
    }

    [Fact]
    public async Task A_lost_password_is_replaced_by_a_code_and_by_a_code_for_that_only()
    {
        await using var room = await Open();
        var parent = await room.Parent();
        await room.ParentAccounts.SetPassword(parent.Acting, null, Room.GoodPassword);
        var toSignIn = (await room.Parents.AskCode(Iins.Aru, null, room.Stranger)).Value.Ticket;
        Refused(Reasons.WrongCredentials, await room.Parents.ResetPassword(toSignIn, room.Outbox.Last(Phone), "seven green umbrellas", null, room.Stranger));
        var ticket = (await room.Parents.AskCodeForPassword(Iins.Aru, room.Stranger)).Value.Ticket;
        var signedIn = (await room.Parents.ResetPassword(ticket, room.Outbox.Last(Phone), "seven green umbrellas", null, room.Stranger)).Value;
        var there = room.Stranger with { DeviceToken = signedIn.DeviceToken };
        Refused(Reasons.WrongCredentials, await room.Parents.SignInByPassword(Iins.Aru, Room.GoodPassword, there));
        Assert.True((await room.Parents.SignInByPassword(Iins.Aru, "seven green umbrellas", there)).IsGiven);
    }

    [Fact]
    public async Task A_password_is_changed_by_who_knows_it()
    {
        await using var room = await Open();
        var parent = await room.Parent();
        await room.ParentAccounts.SetPassword(parent.Acting, null, Room.GoodPassword);
        Refused(Reasons.WrongCredentials, await room.ParentAccounts.SetPassword(parent.Acting, null, "seven green umbrellas"));
        Refused(Reasons.WrongCredentials, await room.ParentAccounts.SetPassword(parent.Acting, "not the password at all", "seven green umbrellas"));
        Assert.True((await room.ParentAccounts.SetPassword(parent.Acting, Room.GoodPassword, "seven green umbrellas")).IsGiven);
    }

    [Fact]
    public async Task A_number_is_changed_by_a_code_to_the_new_one_at_most_once_in_40_days()
    {
        await using var room = await Open();
        var parent = await room.Parent();
        var ticket = (await room.ParentAccounts.AskCodeForPhone(parent.Acting, OtherPhone)).Value.Ticket;
        Assert.Equal(Phone, (await room.ParentAccounts.ChangePhone(parent.Acting, ticket, room.Outbox.Last(OtherPhone))).Value.OldPhone);
        room.Time.Advance(TimeSpan.FromDays(39));
        Refused(Reasons.PhoneChangedLately, await room.ParentAccounts.AskCodeForPhone(parent.Acting, Phone));
        room.Time.Advance(TimeSpan.FromDays(1));
        ticket = (await room.ParentAccounts.AskCodeForPhone(parent.Acting, Phone)).Value.Ticket;
        Assert.True((await room.ParentAccounts.ChangePhone(parent.Acting, ticket, room.Outbox.Last(Phone))).IsGiven);
    }

    [Fact]
    public async Task A_number_belongs_to_one_account_and_only_who_holds_it_is_told()
    {
        await using var room = await Open();
        await room.Parent();
        var other = await room.Parent(Iins.Bek, OtherPhone);
        var ticket = (await room.ParentAccounts.AskCodeForPhone(other.Acting, Phone)).Value.Ticket;
        Refused(Reasons.PhoneTaken, await room.ParentAccounts.ChangePhone(other.Acting, ticket, room.Outbox.Last(Phone)));
        ticket = (await room.Parents.AskCode(Iins.Unknown, Phone, room.Stranger)).Value.Ticket;
        Refused(Reasons.PhoneTaken, await room.Parents.SignInByCode(ticket, room.Outbox.Last(Phone), null, null, room.Stranger));
    }

    [Fact]
    public async Task A_code_for_somebody_elses_number_changes_nothing_of_mine()
    {
        await using var room = await Open();
        var one = await room.Parent();
        var other = await room.Parent(Iins.Bek, OtherPhone);
        var ticket = (await room.ParentAccounts.AskCodeForPhone(other.Acting, "+77771112233")).Value.Ticket;
        Refused(Reasons.WrongCredentials, await room.ParentAccounts.ChangePhone(one.Acting, ticket, room.Outbox.Last("+77771112233")));
    }

    [Fact]
    public async Task Staff_make_an_account_for_who_is_there_and_the_authority_gives_one_to_who_shows_originals()
    {
        await using var room = await Open();
        var root = await (await room.Administrator()).Act();
        var authority = await (await room.Invite(root, "dana", new Duty(Role.Authority, "almaty"))).Act();
        var made = (await room.ParentAccounts.RegisterInPerson(authority, Iins.Bek, OtherPhone, "came in person")).Value;
        Refused(Reasons.HasAccount, await room.ParentAccounts.RegisterInPerson(authority, Iins.Bek, Phone, "came in person"));
        Refused(Reasons.PhoneTaken, await room.ParentAccounts.RegisterInPerson(authority, Iins.Unknown, OtherPhone, "came in person"));
        Refused(Reasons.Forbidden, await room.ParentAccounts.RegisterInPerson(root, Iins.Unknown, Phone, "came in person"));
        var parent = await room.Parent(Iins.Bek, OtherPhone);
        Assert.Equal(made, parent.PersonId);
        Refused(Reasons.Forbidden, await room.ParentAccounts.Reassign(parent.Acting, made, Phone, "originals shown"));
        Assert.Equal(OtherPhone, (await room.ParentAccounts.Reassign(authority, made, Phone, "originals shown")).Value.OldPhone);
        Refused(Reasons.SessionEnded, await room.Sessions.Validate(parent.First.Token));
        Refused(Reasons.WrongCredentials, await parent.SignInByDevice());
        var record = Assert.Single((await room.Audit.Search(new AuditQuery { Action = "account-reassigned" })).Value);
        Assert.Equal(("originals shown", "almaty"), (record.Entry.Reason, record.Entry.Locality));
    }

    [Fact]
    public async Task A_look_of_staff_at_a_parent_is_in_the_audit_trail_and_a_parents_at_another_is_refused()
    {
        await using var room = await Open();
        var root = await (await room.Administrator()).Act();
        var authority = await (await room.Invite(root, "dana", new Duty(Role.Authority, "almaty"))).Act();
        var parent = await room.Parent();
        var other = await room.Parent(Iins.Bek, OtherPhone);
        Refused(Reasons.UnknownPerson, await room.Persons.Show(other.Acting, parent.PersonId, "curious"));
        Refused(Reasons.Forbidden, await room.Persons.FindByIin(other.Acting, Iins.Aru, "curious"));
        Refused(Reasons.BadReason, await room.Persons.FindByIin(authority, Iins.Aru, ""));
        Assert.Equal(parent.PersonId, (await room.Persons.FindByIin(authority, Iins.Aru, "benefit to review")).Value.Id);
        var looks = (await room.Audit.Search(new AuditQuery { SubjectKind = "person", SubjectId = parent.PersonId.ToString("N"), Action = "person-shown" })).Value;
        Assert.Equal(authority.Session.PersonId, Assert.Single(looks).Actor.PersonId);
    }

    [Fact]
    public async Task A_blocked_parent_is_told_why_on_the_device()
    {
        await using var room = await Open();
        var root = await (await room.Administrator()).Act();
        var parent = await room.Parent();
        Assert.True((await room.Staff.Block(root, parent.PersonId, room.Time.GetUtcNow().AddDays(3), "a program pressed")).IsGiven);
        Refused(Reasons.SessionEnded, await room.Sessions.Validate(parent.First.Token));
        Assert.Equal("a program pressed", (await parent.SignInByDevice()).Refusal?.Text);
    }

    [Fact]
    public async Task A_device_key_that_is_not_on_P256_is_refused_before_the_code_is_tried()
    {
        await using var room = await Open();
        using var wrong = ECDsa.Create(ECCurve.NamedCurves.nistP384);
        var ticket = (await room.Parents.AskCode(Iins.Aru, Phone, room.Home)).Value.Ticket;
        foreach (var key in new[] { wrong.ExportSubjectPublicKeyInfo(), [1, 2, 3], new byte[4_000] })
        {
            Refused(Reasons.BadDeviceKey, await room.Parents.SignInByCode(ticket, room.Outbox.Last(Phone), null, key, room.Home));
        }

        Assert.Equal(0, (await room.Read(context => context.Codes.SingleAsync())).Tries);
    }

    [Fact]
    public void What_carries_a_code_or_a_token_does_not_print_it()
    {
        var session = new Sessions.Session(Guid.Empty, Guid.Empty, Duty.Parent, null, default, default);
        Assert.DoesNotContain("123456", new CodeMessage(Phone, "123456", CodePurpose.SignIn).ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("the-token", new Sessions.SignedIn(session, "the-token", "the-token").ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("the-token", new Origin(IPAddress.Loopback, "the-token").ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("the-token", new Staff.EnrolmentLink(Guid.Empty, "the-token", default).ToString(), StringComparison.Ordinal);
    }
}
