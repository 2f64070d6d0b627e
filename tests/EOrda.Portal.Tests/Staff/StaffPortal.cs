using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using EOrda.Accounts;
using EOrda.Accounts.People;
using EOrda.Accounts.Sessions;
using EOrda.Accounts.Staff;
using EOrda.Portal.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace EOrda.Portal.Tests.Staff;

/// <summary>A portal with staff: an administrator who has enrolled, and whoever a test invites. It is 06:00 in Almaty on 10 June 2026, for sessions too.</summary>
public sealed class StaffPortal : IAsyncLifetime, IAsyncDisposable
{
    /// <summary>Every member of staff has this password.</summary>
    public const string Password = "seven quiet herons walk";

    private const string Cookie = "__Host-eorda-session";
    private const int StepSeconds = 30;
    private readonly Dictionary<string, string> authenticators = new(StringComparer.Ordinal);
    private int keys;

    public StaffPortal() => Portal = new TestPortal { Adjust = builder => builder.Services.AddSingleton<TimeProvider>(_ => Portal!.Clock) };

    /// <summary>The portal.</summary>
    internal TestPortal Portal { get; }

    /// <summary>The administrator.</summary>
    internal Signed Administrator { get; private set; } = null!;

    /// <inheritdoc/>
    public async Task InitializeAsync()
    {
        await Portal.InitializeAsync();
        var link = await Portal.Services.GetRequiredService<StaffAccounts>().FirstAdministrator("admin", "Aigerim Administrator");
        await Enrol(link.Value.Token);
        Administrator = await SignIn("admin");
    }

    /// <summary>Invites somebody, who enrols and signs in.</summary>
    internal async Task<Signed> Hire(string login, Role role, string scope)
    {
        var invited = await Administrator.Post("/api/administration/staff", $$"""{"login":"{{login}}","name":"A name","duties":[{"role":"{{WordOf(role)}}","scope":"{{scope}}"}],"reason":"a test"}""");
        Assert.True(invited.Status == 200, invited.Text);
        await Enrol(invited.Json.GetProperty("token").GetString()!);
        return await SignIn(login);
    }

    /// <summary>Opens a link and enrols.</summary>
    internal async Task Enrol(string token)
    {
        var offer = await Stranger(HttpMethod.Post, "/api/staff/enrolment", $$"""{"token":"{{token}}"}""");
        Assert.True(offer.Status == 200, offer.Text);
        var login = offer.Json.GetProperty("login").GetString()!;
        authenticators[login] = offer.Json.GetProperty("key").GetString()!;
        var enrolled = await Stranger(HttpMethod.Post, "/api/staff/enrolment/completion", $$"""{"token":"{{token}}","password":"{{Password}}","code":"{{CodeOf(login)}}"}""");
        Assert.True(enrolled.Status == 200, enrolled.Text);
        NextCode();
    }

    /// <summary>Signs in.</summary>
    internal async Task<Signed> SignIn(string login)
    {
        var reply = await Stranger(HttpMethod.Post, "/api/staff/session", SignInBody(login, Password, CodeOf(login)));
        Assert.True(reply.Status == 200, reply.Text);
        NextCode();
        return SignedBy(reply);
    }

    /// <summary>The session that a reply has begun.</summary>
    internal Signed SignedBy(Reply reply)
    {
        var cookie = Assert.Single(reply.Response.Headers.GetValues("Set-Cookie"), c => c.StartsWith(Cookie, StringComparison.Ordinal));
        return new Signed(this, cookie.Split(';')[0], reply.Json.GetProperty("antiforgery").GetString()!, cookie);
    }

    internal static string SignInBody(string login, string password, string code) => $$"""{"login":"{{login}}","password":"{{password}}","code":"{{code}}"}""";

    /// <summary>The code that somebody's authenticator shows.</summary>
    internal string CodeOf(string login) => Code(authenticators[login], Portal.Clock.GetUtcNow());

    /// <summary>The code that an authenticator shows (RFC 6238, written anew here).</summary>
    internal static string Code(string key, DateTimeOffset at)
    {
        var bits = string.Concat(key.Select(c => Convert.ToString("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".IndexOf(c, StringComparison.Ordinal), 2).PadLeft(5, '0')));
        var secret = Enumerable.Range(0, bits.Length / 8).Select(i => Convert.ToByte(bits.Substring(i * 8, 8), 2)).ToArray();
        var counter = BitConverter.GetBytes(at.ToUnixTimeSeconds() / StepSeconds).Reverse().ToArray();
#pragma warning disable CA5350 // RFC 6238 as every authenticator app has it.
        var hash = HMACSHA1.HashData(secret, counter);
#pragma warning restore CA5350
        var offset = hash[^1] & 0xF;
        var number = ((hash[offset] & 0x7F) << 24) | (hash[offset + 1] << 16) | (hash[offset + 2] << 8) | hash[offset + 3];
        return (number % 1_000_000).ToString("D6", CultureInfo.InvariantCulture);
    }

    /// <summary>A code is taken once: the authenticator shows the next one.</summary>
    internal void NextCode() => Portal.Clock.Advance(TimeSpan.FromSeconds(StepSeconds));

    /// <summary>Asks without a session, as the portal's own page does.</summary>
    internal Task<Reply> Stranger(HttpMethod method, string address, string? body = null) => Send(method, address, body, []);

    /// <summary>Sends a request with headers.</summary>
    internal async Task<Reply> Send(HttpMethod method, string address, string? body, IEnumerable<(string Name, string Value)> headers, string type = "application/json")
    {
        using var request = new HttpRequestMessage(method, address);
        foreach (var (name, value) in headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        if (body is not null)
        {
            // What is too large is refused before it is sent.
            request.Headers.ExpectContinue = type == "text/csv";
            request.Content = new StringContent(body, Encoding.UTF8, type);
        }

        return await Portal.Send(request);
    }

    /// <summary>A key that no command had before.</summary>
    internal string NewKey() => $"staff-{Interlocked.Increment(ref keys)}";

    internal static string WordOf(Role role) => role == Role.ServiceCentre ? "service-centre" : role.ToString().ToLowerInvariant();

    async Task IAsyncLifetime.DisposeAsync() => await DisposeAsync();

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => Portal.DisposeAsync();
}

/// <summary>Somebody who is signed in.</summary>
/// <param name="Portal">Where.</param>
/// <param name="Cookie">The cookie of the session.</param>
/// <param name="Antiforgery">The token that commands carry.</param>
/// <param name="Given">The cookie as it was given.</param>
internal sealed record Signed(StaffPortal Portal, string Cookie, string Antiforgery, string Given)
{
    /// <summary>Looks something up.</summary>
    public Task<Reply> Get(string address) => Portal.Send(HttpMethod.Get, address, body: null, [("Cookie", Cookie)]);

    /// <summary>Asks for something to be done, with a key of its own unless another is given.</summary>
    public Task<Reply> Post(string address, string body, string? key = null) => Command(HttpMethod.Post, address, body, key);

    /// <summary>Asks for something to be done.</summary>
    public Task<Reply> Command(HttpMethod method, string address, string? body, string? key = null) => Portal.Send(method, address, body, Headers(key));

    /// <summary>Imports a file; the last line of the answer.</summary>
    public async Task<Reply> Import(string locality, string csv, bool dryRun = false, string? key = null)
    {
        var reply = await Portal.Send(
            HttpMethod.Post,
            $"/api/administration/localities/{locality}/kindergartens/import?dryRun={(dryRun ? "true" : "false")}",
            csv,
            [.. Headers(key), ("Audit-Reason", Uri.EscapeDataString("бірінші импорт"))],
            "text/csv");
        return reply.Status == 200 ? reply with { Text = reply.Text.Split('\n', StringSplitOptions.RemoveEmptyEntries)[^1] } : reply;
    }

    /// <summary>What its commands carry.</summary>
    public (string Name, string Value)[] Headers(string? key) => [("Cookie", Cookie), ("Antiforgery-Token", Antiforgery), ("Idempotency-Key", key ?? Portal.NewKey()), ("Accept-Language", "en")];
}
