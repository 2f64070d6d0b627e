using EOrda.Accounts.Audit;
using EOrda.Accounts.People;
using EOrda.Accounts.Tests.Support;

namespace EOrda.Accounts.Tests;

/// <summary>Staff: made by an administrator, password and authenticator, roles (P1, P2).</summary>
public sealed class StaffTests : AccountsTests
{
    private static readonly Duty Almaty = new(Role.Authority, "almaty");
    private static readonly Duty Kindergarten = new(Role.Kindergarten, "almaty-17");

    [Fact]
    public async Task The_first_administrator_enrols_by_a_link_and_signs_in_with_password_and_authenticator()
    {
        await using var room = await Open();
        var administrator = await room.Administrator();
        var signedIn = (await administrator.SignIn()).Value;
        Assert.Equal(Duty.Administrator, signedIn.Session.Duty);
        Assert.Equal(room.Time.GetUtcNow().AddHours(8), signedIn.Session.ExpiresAt);
        Assert.Equal(signedIn.Session, (await room.Sessions.Validate(signedIn.Token)).Value);
    }

    [Fact]
    public async Task The_first_administrator_is_made_again_until_one_has_enrolled_and_the_link_before_ends()
    {
        await using var room = await Open();
        var lost = (await room.Staff.FirstAdministrator("first", "First")).Value;
        var link = (await room.Staff.FirstAdministrator("second", "Second")).Value;
        Refused(Reasons.EnrolmentInvalid, await room.Enrolment.Open(lost.Token));
        await room.Enrol(link, "second");
        Refused(Reasons.HasAdministrator, await room.Staff.FirstAdministrator("third", "Third"));
    }

    [Fact]
    public async Task A_link_of_enrolment_is_good_once_and_for_a_day()
    {
        await using var room = await Open();
        var link = (await room.Staff.FirstAdministrator("root.admin", "Root")).Value;
        await room.Enrol(link, "root.admin");
        Refused(Reasons.EnrolmentInvalid, await room.Enrolment.Complete(link.Token, Room.GoodPassword, "000000", room.Home));
        var recovered = (await room.Staff.RecoverAdministrator("root.admin")).Value;
        room.Time.Advance(TimeSpan.FromHours(24));
        Refused(Reasons.EnrolmentInvalid, await room.Enrolment.Open(recovered.Token));
    }

    [Fact]
    public async Task An_administrator_who_is_recovered_signs_in_by_the_new_authenticator_only()
    {
        await using var room = await Open();
        var before = await room.Administrator();
        var session = (await before.SignIn()).Value;
        var after = await room.Enrol((await room.Staff.RecoverAdministrator("root.admin")).Value, "root.admin");
        Refused(Reasons.SessionEnded, await room.Sessions.Validate(session.Token));
        Refused(Reasons.WrongCredentials, await before.SignIn());
        Assert.True((await after.SignIn()).IsGiven);
    }

    [Fact]
    public async Task A_code_of_the_authenticator_is_taken_once()
    {
        await using var room = await Open();
        var administrator = await room.Administrator();
        room.Time.Advance(TimeSpan.FromSeconds(30));
        var code = administrator.Code();
        Assert.True((await room.StaffSignIn.SignIn("root.admin", Room.GoodPassword, code, null, room.Home)).IsGiven);
        Refused(Reasons.WrongCredentials, await room.StaffSignIn.SignIn("root.admin", Room.GoodPassword, code, null, room.Home));
    }

    [Theory]
    [InlineData("short", Reasons.PasswordShort)]
    [InlineData("Qwerty123456!", Reasons.PasswordCommon)]
    public async Task A_password_that_is_short_or_common_is_refused_before_anything_else(string password, string reason)
    {
        await using var room = await Open();
        var link = (await room.Staff.FirstAdministrator("root.admin", "Root")).Value;
        Refused(reason, await room.Enrolment.Complete(link.Token, password, "000000", room.Home));
        Assert.True((await room.Enrolment.Open(link.Token)).IsGiven);
    }

    [Fact]
    public async Task Codes_of_enrolment_cannot_be_guessed_for_ever()
    {
        await using var room = await Open();
        var link = (await room.Staff.FirstAdministrator("root.admin", "Root")).Value;
        for (var i = 0; i < 10; i++)
        {
            Refused(Reasons.WrongCredentials, await room.Enrolment.Complete(link.Token, Room.GoodPassword, "abcdef", room.Home));
        }

        Refused(Reasons.EnrolmentInvalid, await room.Enrolment.Open(link.Token));
    }

    [Fact]
    public async Task One_person_has_several_roles_and_a_session_acts_in_one()
    {
        await using var room = await Open();
        var root = await (await room.Administrator()).Act();
        var member = await room.Invite(root, "dana", Almaty);
        room.Time.Advance(TimeSpan.FromSeconds(1));
        Assert.True((await room.Staff.Grant(root, member.PersonId, Kindergarten, Room.Reason)).IsGiven);
        var first = (await member.SignIn()).Value;
        Assert.Equal(Almaty, first.Session.Duty);
        var acting = new Acting(first.Session, room.Home);
        Assert.Equal([Almaty, Kindergarten], (await room.StaffSignIn.Duties(acting)).Value);
        var second = (await room.StaffSignIn.Switch(acting, Kindergarten)).Value;
        Assert.Equal(Kindergarten, second.Session.Duty);
        Assert.Equal(first.Session.ExpiresAt, second.Session.ExpiresAt);
        Assert.NotEqual(first.Token, second.Token);
        Refused(Reasons.SessionEndedElsewhere, await room.Sessions.Validate(first.Token));
        Refused(Reasons.Forbidden, await room.StaffSignIn.Switch(new Acting(second.Session, room.Home), Duty.Administrator));
        Refused(Reasons.Forbidden, await member.SignIn(Duty.Administrator));
    }

    [Fact]
    public async Task A_session_that_has_ended_switches_to_nothing()
    {
        await using var room = await Open();
        var root = await (await room.Administrator()).Act();
        var member = await room.Invite(root, "dana", Almaty, Kindergarten);
        var signedIn = (await member.SignIn()).Value;
        await room.Sessions.SignOut(signedIn.Token, room.Home);
        Refused(Reasons.NoSession, await room.StaffSignIn.Switch(new Acting(signedIn.Session, room.Home), Kindergarten));
    }

    [Fact]
    public async Task Only_an_administrator_makes_accounts_gives_roles_and_blocks()
    {
        await using var room = await Open();
        var root = await (await room.Administrator()).Act();
        var authority = await (await room.Invite(root, "dana", Almaty)).Act();
        Refused(Reasons.Forbidden, await room.Staff.Invite(authority, "eve", "Eve", [Almaty], Room.Reason));
        Refused(Reasons.Forbidden, await room.Staff.Grant(authority, authority.Session.PersonId, Duty.Administrator, Room.Reason));
        Refused(Reasons.Forbidden, await room.Staff.Revoke(authority, root.Session.PersonId, Duty.Administrator, Room.Reason));
        Refused(Reasons.Forbidden, await room.Staff.Block(authority, root.Session.PersonId, room.Time.GetUtcNow().AddDays(1), Room.Reason));
        Refused(Reasons.Forbidden, await room.Staff.InviteAgain(authority, root.Session.PersonId, Room.Reason));
        Refused(Reasons.Forbidden, await room.Persons.Staff(authority, null));
    }

    [Theory]
    [InlineData(Role.Authority, "")]
    [InlineData(Role.Kindergarten, "two words")]
    [InlineData(Role.Administrator, "almaty")]
    [InlineData(Role.Parent, "")]
    [InlineData((Role)77, "almaty")]
    public async Task A_role_that_is_none_of_staffs_or_lacks_its_scope_is_refused(Role role, string scope)
    {
        await using var room = await Open();
        var root = await (await room.Administrator()).Act();
        Refused(Reasons.BadScope, await room.Staff.Invite(root, "dana", "Dana", [new Duty(role, scope)], Room.Reason));
        Refused(Reasons.BadScope, await room.Staff.Grant(root, root.Session.PersonId, new Duty(role, scope), Room.Reason));
    }

    [Fact]
    public async Task A_role_that_is_taken_ends_the_sessions_that_act_in_it()
    {
        await using var room = await Open();
        var administrator = await room.Administrator();
        var root = await administrator.Act();
        var member = await room.Invite(root, "dana", Almaty, Kindergarten);
        var signedIn = (await member.SignIn(Almaty)).Value;
        Assert.True((await room.Staff.Revoke(root, member.PersonId, Kindergarten, Room.Reason)).IsGiven);
        Assert.True((await room.Sessions.Validate(signedIn.Token)).IsGiven);
        Assert.True((await room.Staff.Revoke(root, member.PersonId, Almaty, Room.Reason)).IsGiven);
        Refused(Reasons.SessionEnded, await room.Sessions.Validate(signedIn.Token));
        Refused(Reasons.Forbidden, await member.SignIn());
    }

    [Fact]
    public async Task The_last_administrator_stays()
    {
        await using var room = await Open();
        var root = await (await room.Administrator()).Act();
        Refused(Reasons.LastAdministrator, await room.Staff.Revoke(root, root.Session.PersonId, Duty.Administrator, Room.Reason));
        Refused(Reasons.LastAdministrator, await room.Staff.Block(root, root.Session.PersonId, room.Time.GetUtcNow().AddDays(1), Room.Reason));
        Refused(Reasons.LastAdministrator, await room.Staff.InviteAgain(root, root.Session.PersonId, Room.Reason));
        await room.Invite(root, "second", Duty.Administrator);
        Assert.True((await room.Staff.Revoke(root, root.Session.PersonId, Duty.Administrator, Room.Reason)).IsGiven);
    }

    [Fact]
    public async Task A_block_has_a_reason_and_an_end_and_its_owner_is_told()
    {
        await using var room = await Open();
        var root = await (await room.Administrator()).Act();
        var member = await room.Invite(root, "dana", Almaty);
        var signedIn = (await member.SignIn()).Value;
        Refused(Reasons.BadReason, await room.Staff.Block(root, member.PersonId, room.Time.GetUtcNow().AddDays(1), " "));
        Refused(Reasons.BadUntil, await room.Staff.Block(root, member.PersonId, room.Time.GetUtcNow().AddDays(184), Room.Reason));
        Refused(Reasons.BadUntil, await room.Staff.Block(root, member.PersonId, room.Time.GetUtcNow(), Room.Reason));
        Assert.True((await room.Staff.Block(root, member.PersonId, room.Time.GetUtcNow().AddDays(10), "works for two authorities")).IsGiven);
        Refused(Reasons.SessionEnded, await room.Sessions.Validate(signedIn.Token));
        var refusal = (await member.SignIn()).Refusal!;
        Assert.Equal((Reasons.Blocked, "works for two authorities"), (refusal.Reason, refusal.Text));
        room.Time.Advance(TimeSpan.FromDays(10));
        Assert.True((await member.SignIn()).IsGiven);
    }

    [Fact]
    public async Task A_block_is_told_to_nobody_who_does_not_know_the_password()
    {
        await using var room = await Open();
        var root = await (await room.Administrator()).Act();
        var member = await room.Invite(root, "dana", Almaty);
        await room.Staff.Block(root, member.PersonId, room.Time.GetUtcNow().AddDays(10), Room.Reason);
        Refused(Reasons.WrongCredentials, await member.SignIn(password: "a wrong password, long enough"));
    }

    [Fact]
    public async Task What_an_administrator_did_stands_in_the_audit_trail()
    {
        await using var room = await Open();
        var root = await (await room.Administrator()).Act();
        var member = await room.Invite(root, "dana", Almaty);
        await room.Staff.Grant(root, member.PersonId, Kindergarten, "helps out in May");
        var records = (await room.Audit.Search(new AuditQuery { PersonId = root.Session.PersonId })).Value;
        Assert.Equal(["role-given", "staff-invited", "signed-in", "staff-enrolled"], records.Select(record => record.Entry.Action));
        Assert.Equal(("helps out in May", member.PersonId.ToString("N")), (records[0].Entry.Reason, records[0].Entry.SubjectId));
        Assert.Equal((Duty.Administrator, "92.46.1.10"), (records[0].Actor.Duty, records[0].Actor.Address));
        Assert.Contains((await room.Audit.Search(new AuditQuery())).Value, record => record is { Actor.Address: "command-line", Entry.Action: "first-administrator" });
    }

    [Fact]
    public async Task Administrators_see_the_accounts_of_staff_and_no_parents()
    {
        await using var room = await Open();
        var root = await (await room.Administrator()).Act();
        var parent = await room.Parent();
        await room.Invite(root, "dana", Almaty);
        var staff = (await room.Persons.Staff(root, null)).Value;
        Assert.Equal([("root.admin", "Айгүл Админ", true), ("dana", "Name of dana", true)], staff.Select(person => (person.Login, person.Name, person.IsEnrolled)));
        Refused(Reasons.UnknownPerson, await room.Persons.Show(root, parent.PersonId, Room.Reason));
    }

    [Fact]
    public async Task A_login_belongs_to_one()
    {
        await using var room = await Open();
        var root = await (await room.Administrator()).Act();
        Refused(Reasons.LoginTaken, await room.Staff.Invite(root, " ROOT.Admin ", "Somebody", [Almaty], Room.Reason));
        Refused(Reasons.BadLogin, await room.Staff.Invite(root, "no", "Somebody", [Almaty], Room.Reason));
        Refused(Reasons.BadReason, await room.Staff.Invite(root, "somebody", "Somebody", [Almaty], "\n"));
        Refused(Reasons.BadName, await room.Staff.Invite(root, "somebody", "\ud800", [Almaty], Room.Reason));
    }
}
