using EOrda.Accounts;
using EOrda.Accounts.Audit;
using EOrda.Accounts.People;
using EOrda.Accounts.Staff;
using EOrda.Portal.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace EOrda.Portal.Tests.Staff;

/// <summary>Staff sign in and out over HTTP (P2).</summary>
public sealed class SessionTests(StaffPortal portal) : IClassFixture<StaffPortal>
{
    private const string Session = "/api/staff/session";

    [Fact]
    public async Task The_cookie_of_a_session_is_for_this_host_over_TLS_and_for_no_script()
    {
        var somebody = await portal.Hire("cookie", Role.Auditor, "almaty");
        var parts = somebody.Given.Split("; ").Select(part => part.ToLowerInvariant()).ToList();
        Assert.StartsWith("__Host-eorda-session=", somebody.Given, StringComparison.Ordinal);
        Assert.Equal(["httponly", "path=/", "samesite=lax", "secure"], parts.Skip(1).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_session_tells_who_acts_in_which_role_and_ends_when_its_owner_signs_out()
    {
        var somebody = await portal.Hire("leaver", Role.Authority, "almaty");
        var told = (await somebody.Get(Session)).Json;
        Assert.Equal(("leaver", "A name", "authority", "almaty"), (told.GetProperty("login").GetString(), told.GetProperty("name").GetString(), told.GetProperty("duty").GetProperty("role").GetString(), told.GetProperty("duty").GetProperty("scope").GetString()));
        Assert.Equal(200, (await somebody.Command(HttpMethod.Delete, Session, body: null)).Status);
        var reply = await somebody.Get(Session);
        Assert.Equal((401, "session-ended"), (reply.Status, reply.Reason));
    }

    [Fact]
    public async Task A_newer_sign_in_ends_the_older_one_which_is_told_so()
    {
        var first = await portal.Hire("twice", Role.Authority, "almaty");
        await portal.SignIn("twice");
        Assert.Equal("session-ended-elsewhere", (await first.Get(Session)).Reason);
    }

    [Fact]
    public async Task A_wrong_password_a_wrong_code_and_a_login_that_nobody_has_are_told_the_same()
    {
        await portal.Hire("somebody", Role.Authority, "almaty");
        var replies = new List<Reply>
        {
            await portal.Stranger(HttpMethod.Post, Session, StaffPortal.SignInBody("somebody", "a wrong password here", portal.CodeOf("somebody"))),
            await portal.Stranger(HttpMethod.Post, Session, StaffPortal.SignInBody("somebody", StaffPortal.Password, "000000")),
            await portal.Stranger(HttpMethod.Post, Session, StaffPortal.SignInBody("nobody", StaffPortal.Password, "000000")),
        };
        Assert.All(replies, reply => Assert.Equal((401, replies[0].Text), (reply.Status, reply.Text)));
        Assert.All(replies, reply => Assert.Null(reply.Header("Set-Cookie")));
    }

    [Fact]
    public async Task Three_wrong_attempts_lock_and_say_when_to_come_again()
    {
        await portal.Hire("locked", Role.Authority, "almaty");
        Reply reply = null!;
        for (var i = 0; i < 4; i++)
        {
            reply = await portal.Stranger(HttpMethod.Post, Session, StaffPortal.SignInBody("locked", "a wrong password here", "000000"));
        }

        Assert.Equal((429, "locked"), (reply.Status, reply.Reason));
        Assert.NotNull(reply.Header("Retry-After"));
    }

    [Theory]
    [InlineData("Antiforgery-Token", "")]
    [InlineData("Antiforgery-Token", "AAAA")]
    [InlineData("Antiforgery-Token", "=?%")]
    [InlineData("Origin", "https://elsewhere.example")]
    [InlineData("Origin", "null")]
    [InlineData("Sec-Fetch-Site", "cross-site")]
    [InlineData("Sec-Fetch-Site", "same-site")]
    public async Task A_command_that_another_site_sends_is_refused(string header, string value)
    {
        var who = portal.Administrator;
        var headers = new Dictionary<string, string>(StringComparer.Ordinal) { ["Cookie"] = who.Cookie, ["Antiforgery-Token"] = who.Antiforgery, ["Idempotency-Key"] = portal.NewKey() };
        headers[header] = value;
        var reply = await portal.Send(HttpMethod.Post, "/api/administration/staff", "{}", headers.Select(h => (h.Key, h.Value)));
        Assert.Equal((403, "foreign-request"), (reply.Status, reply.Reason));
    }

    [Fact]
    public async Task The_token_of_another_session_is_refused()
    {
        var other = await portal.Hire("other", Role.Administrator, "");
        var reply = await (portal.Administrator with { Antiforgery = other.Antiforgery }).Post("/api/administration/staff", "{}");
        Assert.Equal("foreign-request", reply.Reason);
    }

    [Fact]
    public async Task Signing_in_from_another_sites_page_is_refused()
    {
        var reply = await portal.Send(HttpMethod.Post, Session, StaffPortal.SignInBody("admin", "x", "y"), [("Origin", "https://elsewhere.example")]);
        Assert.Equal("foreign-request", reply.Reason);
    }

    [Fact]
    public async Task One_person_switches_between_roles_and_acts_in_one_at_a_time()
    {
        var somebody = await portal.Hire("two-roles", Role.Authority, "almaty");
        var person = (await portal.Administrator.Get("/api/administration/staff")).Json.GetProperty("staff").EnumerateArray().Single(m => m.GetProperty("login").GetString() == "two-roles").GetProperty("person").GetString();
        Assert.Equal(200, (await portal.Administrator.Post($"/api/administration/staff/{person}/duties", """{"role":"auditor","scope":"astana","reason":"a test"}""")).Status);
        var switched = portal.SignedBy(await somebody.Post(Session + "/duty", """{"role":"auditor","scope":"astana"}"""));
        Assert.Equal(403, (await switched.Get("/api/administration/localities/almaty")).Status);
        Assert.Equal("session-ended-elsewhere", (await somebody.Get(Session)).Reason);
        Assert.Equal("forbidden", (await switched.Post(Session + "/duty", """{"role":"administrator","scope":""}""")).Reason);
    }

    [Fact]
    public async Task Who_is_blocked_or_loses_the_role_is_out_at_once_and_the_trail_says_why()
    {
        var somebody = await portal.Hire("blocked", Role.Authority, "almaty");
        var person = (await portal.Administrator.Get("/api/administration/staff")).Json.GetProperty("staff").EnumerateArray().Single(m => m.GetProperty("login").GetString() == "blocked").GetProperty("person").GetGuid();
        var until = portal.Portal.Clock.GetUtcNow().AddDays(2);
        Assert.Equal(200, (await portal.Administrator.Post($"/api/administration/staff/{person}/block", $$"""{"until":"{{until:O}}","reason":"lent the login"}""")).Status);
        Assert.Equal(401, (await somebody.Get(Session)).Status);
        var trail = await portal.Portal.Services.GetRequiredService<AuditTrail>().Search(new AuditQuery { Action = "blocked", SubjectId = person.ToString("N") });
        Assert.Equal("lent the login", Assert.Single(trail.Value).Entry.Reason);
    }

    [Fact]
    public async Task A_link_is_good_once_and_a_weak_password_is_refused()
    {
        var link = await portal.Portal.Services.GetRequiredService<StaffAccounts>().RecoverAdministrator("nobody-such");
        Assert.Equal(Reasons.UnknownPerson, link.Refusal!.Reason);
        var invited = await portal.Administrator.Post("/api/administration/staff", """{"login":"newcomer","name":"A name","duties":[{"role":"auditor","scope":"almaty"}],"reason":"a test"}""");
        var token = invited.Json.GetProperty("token").GetString();
        Assert.Equal("password-short", (await portal.Stranger(HttpMethod.Post, "/api/staff/enrolment/completion", $$"""{"token":"{{token}}","password":"short","code":"000000"}""")).Reason);
        await portal.Enrol(token!);
        Assert.Equal("enrolment-invalid", (await portal.Stranger(HttpMethod.Post, "/api/staff/enrolment", $$"""{"token":"{{token}}"}""")).Reason);
    }

    [Theory]
    [InlineData("""{"login":"x","name":"N","duties":[{"role":"auditor","scope":"almaty"}],"reason":"why not"}""", "bad-login")]
    [InlineData("""{"login":"good","name":" ","duties":[{"role":"auditor","scope":"almaty"}],"reason":"why not"}""", "bad-name")]
    [InlineData("""{"login":"good","name":"N","duties":[],"reason":"why not"}""", "bad-scope")]
    [InlineData("""{"login":"good","name":"N","duties":[{"role":"auditor","scope":""}],"reason":"why not"}""", "bad-scope")]
    [InlineData("""{"login":"good","name":"N","duties":[{"role":"king","scope":""}],"reason":"why not"}""", "bad-input")]
    [InlineData("""{"login":"good","name":"N","duties":[{"role":"auditor","scope":"almaty"}],"reason":""}""", "bad-reason")]
    [InlineData("""{"login":"admin","name":"N","duties":[{"role":"auditor","scope":"almaty"}],"reason":"why not"}""", "login-taken")]
    [InlineData("""{"login":"good","name":"N","duties":null,"reason":"why not"}""", "bad-input")]
    public async Task Bad_input_makes_no_account(string body, string reason) => Assert.Equal(reason, (await portal.Administrator.Post("/api/administration/staff", body)).Reason);
}
