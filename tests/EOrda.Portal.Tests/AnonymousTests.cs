using System.Text;
using EOrda.Portal.Admission;
using EOrda.Portal.Hosting;
using EOrda.Portal.Tests.Support;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Xunit;

namespace EOrda.Portal.Tests;

/// <summary>Attacks 3, 5 and 6 of docs/security.md: who proves nothing makes nothing fail, passes no gate, and uses nobody's rate up.</summary>
public sealed class AnonymousTests
{
    private static readonly string[] Secrets =
    [
        "", " ", "x", new('!', 43), new('=', 43), new('-', 43), new('A', 42), new('A', 44), new('A', 1000), new(' ', 43), new('\u00e9', 43), "A\tA", new string('\u00ff', 20) + new string('A', 23),
    ];

    private static readonly string[] Lines =
    [
        "GET /%00", "GET /api/time%00", "GET /%", "GET /%zz", "GET /%FF%FE", "GET //", "GET /..%2f..%2fetc", "GET /\u00e9", "GET http://x/api/time", "GET *", "OPTIONS *", "CONNECT x:1", "TRACE /api/time", "NONSENSE /api/time",
        "GET /api/localities/%FF", "GET /api/localities/%ED%A0%80/queues", "GET /api/queues/%FF%FE/general/2022", "GET /api/queues/almaty/general/%00", "GET /api/queues/almaty/general/20%2f22",
        $"GET /api/queues/{TestPortal.Queue}/order?from=0", $"GET /api/queues/{TestPortal.Queue}/order?from=99999999999999999999", $"GET /api/queues/{TestPortal.Queue}/order?from=2147483647&count=500",
        $"GET /api/queues/{TestPortal.Queue}/places?from=2147483647", $"GET /api/queues/{TestPortal.Queue}/places?count=%FF", $"GET /api/queues/{TestPortal.Queue}/places?count=1&count=2", $"GET /api/queues/{TestPortal.Queue}/places?%00=%00&=&&&;",
        $"GET {TestPortal.AddressOf("%ED%A0%80")}", $"GET {TestPortal.AddressOf("%0d%0a")}", $"GET {TestPortal.AddressOf(new string('a', 3000))}", $"GET {TestPortal.AddressOf("A-1")}?changes=-1",
        $"GET {TestPortal.AddressOf("A-1")}/window", $"GET {TestPortal.AddressOf("%ED%A0%80")}/window?sibling=x", $"GET {TestPortal.AddressOf(new string('a', 3000))}/window", "GET /api/queues/nowhere/general/2022/applications/A-1/window",
        $"POST {TestPortal.AddressOf(new string('a', 3000))}/reservation", $"POST {TestPortal.AddressOf("%ED%A0%80")}/reservation", $"DELETE {TestPortal.AddressOf("A-1")}/reservation", "POST /api/queues/nowhere/general/2022/applications/A-1/reservation",
        "GET /live", "POST /live", "DELETE /live", "GET /live?id=x", "POST /live?id=%00", "POST /live/negotiate", "POST /live/negotiate?negotiateVersion=x", "POST /live/negotiate?negotiateVersion=99", "OPTIONS /live",
        "GET /openapi/v2.json", "POST /openapi/v1.json", "GET /health/%00", "GET /metrics/", "PUT /",
    ];

    private static readonly string[] Headers =
    [
        "Accept-Language: ;;,q=,kk;q=9999999999999999999999999999999,\u00ff", "Accept-Encoding: br;q=x,,;", "If-None-Match: *\"", "Content-Type: ;", "Content-Type: application/json; charset=\"", "Content-Length: 5", "Transfer-Encoding: chunked",
        "Idempotency-Key: \u00ff", "X-Forwarded-For: ,,x,[::", "traceparent: 00-x", "baggage: =;=,", "Upgrade: websocket", "Upgrade: nonsense", "Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 99\r\nSec-WebSocket-Key: x",
        "Cookie: ;=;", "Range: bytes=9-1", "Expect: nonsense", "Authorization: Basic", "Authorization: Bearer x\r\nAuthorization: Bearer y", "Origin: null", "Origin: ://",
    ];

    [Fact]
    public async Task A_secret_that_is_none_is_told_so_whatever_it_is()
    {
        await using var watched = new Watched();
        await watched.StartAsync();
        foreach (var secret in Secrets)
        {
            var answer = await watched.SendAsync($"POST {TestPortal.AddressOf("A-1")}/reservation", $"Authorization: Bearer {secret}", "Content-Length: 0", "Content-Type: application/json");

            // What is no text at all is refused before it is looked at.
            Assert.Matches("^HTTP/1.1 (401|400) ", answer);
            Assert.True(answer.StartsWith("HTTP/1.1 401", StringComparison.Ordinal) || secret.Any(c => c > '~'), secret);
        }

        watched.NothingWasLogged();
    }

    [Fact]
    public async Task Nothing_that_an_anonymous_caller_sends_fails_inside_or_is_logged()
    {
        await using var watched = new Watched();
        await watched.StartAsync();
        foreach (var line in Lines)
        {
            Assert.DoesNotMatch("^HTTP/1.1 5", await watched.SendAsync(line));
        }

        foreach (var header in Headers)
        {
            foreach (var line in new[] { "GET /api/time", "GET /", "GET /live", $"POST {TestPortal.AddressOf("A-1")}/reservation", $"GET {TestPortal.AddressOf("A-1")}" })
            {
                Assert.DoesNotMatch("^HTTP/1.1 5", await watched.SendAsync(line, header));
            }
        }

        watched.NothingWasLogged();
    }

    [Fact]
    public async Task A_connection_beyond_the_bound_is_not_logged()
    {
        await using var watched = new Watched("--server:connections", "1");
        await watched.StartAsync();
        using var first = await RawClient.AskedAsync(watched.Portal);
        for (var i = 0; i < 5; i++)
        {
            using var refused = await RawClient.ConnectAsync(watched.Portal);
            Assert.Equal("", await refused.ReadToEndAsync());
        }

        watched.NothingWasLogged();
    }

    [Theory]
    [InlineData("80000000")]
    [InlineData("ffffffffffffffff")]
    public async Task A_chunk_whose_size_overflows_is_the_callers_fault_and_logged_nowhere(string size)
    {
        await using var watched = new Watched();
        await watched.StartAsync();
        using var client = await RawClient.ConnectAsync(watched.Portal);
        await client.SendAsync(
            $"POST {TestPortal.AddressOf("A-1")}/reservation HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer {watched.Portal.SecretOf("A-1")}\r\nIdempotency-Key: chunks\r\n"
            + $"Content-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n{size}\r\nabc");
        Assert.StartsWith("HTTP/1.1 400", await client.ReadAsync(), StringComparison.Ordinal);
        watched.NothingWasLogged();
    }

    [Theory]
    [InlineData("Max open files            20000                524288               files     ", 18_000)]
    [InlineData("Max open files            450                  450                  files     ", 322)]
    [InlineData("Max open files            100                  100                  files     ", 1)]
    [InlineData("Max open files            unlimited            unlimited            files     ", int.MaxValue)]
    [InlineData("Max processes             20000                524288               processes ", int.MaxValue)]
    public void Connections_leave_some_of_the_files_that_the_process_may_open(string line, int most) =>
        Assert.Equal(most, OpenFiles.Of(["Limit                     Soft Limit           Hard Limit           Units     ", line]));

    [Theory]
    [InlineData("/API/TIME")]
    [InlineData("/api/time/")]
    [InlineData("/%61pi/t%69me")]
    [InlineData("/Api/Localities/almaty/")]
    [InlineData("/LIVE")]
    [InlineData("/live/")]
    [InlineData("/l%69ve")]
    [InlineData("/Live/Negotiate/")]
    public async Task However_an_address_is_spelled_it_waits_for_the_start(string address)
    {
        var start = new TaskCompletionSource();
        await using var portal = new TestPortal { BeforeStart = start.Task };
        await portal.StartAsync();
        using var client = await RawClient.ConnectAsync(portal);
        await client.SendAsync($"{(address.Contains("Negotiate", StringComparison.Ordinal) ? "POST" : "GET")} {address} HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
        var answer = await client.ReadToEndAsync();
        Assert.StartsWith("HTTP/1.1 503", answer, StringComparison.Ordinal);
        Assert.Contains("\"starting\"", answer, StringComparison.Ordinal);
        start.SetResult();
        await portal.ReadyAsync();
    }

    [Fact]
    public async Task However_an_address_is_spelled_it_is_refused_when_too_much_is_under_way()
    {
        await using var portal = new TestPortal { Options = ["--admission:requests", "16"] };
        await portal.InitializeAsync();
        portal.ItIs(7);
        await portal.RulesAreKnownAsync();
        var work = portal.Services.GetRequiredService<WorkInFlight>();
        Assert.All(Enumerable.Range(0, 16), _ => Assert.True(work.TryEnter()));
        foreach (var address in new[] { "/api/time", "/API/time", "/api/time/", "/%61PI/time", $"/Api/Queues/{TestPortal.Queue}/Order/" })
        {
            Assert.Equal((address, 503), (address, (await portal.Get(address)).Status));
        }

        Assert.Equal(503, (await portal.Ask(HttpMethod.Post, "A-1", "/RESERVATION/", """{"place":"P-1"}""")).Status);
        Assert.Equal(200, (await portal.Get("/HEALTH/ready/")).Status);
        work.Leave();
        Assert.Equal(200, (await portal.Get("/API/time/")).Status);
    }

    [Theory]
    [InlineData("Test")]
    [InlineData("Development")]
    public async Task Every_endpoint_says_what_kind_of_request_it_answers(string environment)
    {
        await using var portal = new TestPortal { Options = environment == "Test" ? [] : ["--environment", environment, "--rehearsal", "parents=5"] };
        await portal.StartAsync();
        var endpoints = portal.Services.GetRequiredService<EndpointDataSource>().Endpoints;
        Assert.NotEmpty(endpoints);
        Assert.All(endpoints, endpoint => Assert.NotNull(endpoint.Metadata.GetMetadata<RequestKind>()));
        await portal.ReadyAsync();
    }

    [Fact]
    public async Task Only_what_has_proved_itself_spends_the_rate_of_commands()
    {
        // A fifth of a second's commands at once: one.
        await using var portal = new TestPortal { Options = ["--admission:commandRate", "5"] };
        await portal.InitializeAsync();
        portal.ItIs(7);
        for (var i = 0; i < 10; i++)
        {
            using var unknown = new HttpRequestMessage(HttpMethod.Options, "/api/x");
            Assert.Equal(405, (await portal.Send(unknown)).Status);
            using var unproved = portal.Request(HttpMethod.Post, "A-1", "/reservation", """{"place":"P-1"}""");
            unproved.Headers.Authorization = new("Bearer", "wrong");
            Assert.Equal(401, (await portal.Send(unproved)).Status);
        }

        Assert.Equal(200, (await portal.Reserve("A-1", "P-1")).Status);
    }

    [Fact]
    public async Task What_proves_nothing_has_a_rate_of_its_own_that_nobody_else_minds()
    {
        await using var portal = new TestPortal { Options = ["--admission:unprovedRate", "1"] };
        await portal.InitializeAsync();
        portal.ItIs(7);
        var replies = await Task.WhenAll(Enumerable.Range(0, 30).Select(async _ =>
        {
            using var unproved = portal.Request(HttpMethod.Post, "A-1", "/reservation", """{"place":"P-1"}""");
            unproved.Headers.Authorization = null;
            return await portal.Send(unproved);
        }));
        Assert.Equal("unauthorized", replies.First(reply => reply.Status == 401).Reason);
        var refused = replies.First(reply => reply.Status == 503);
        Assert.Equal("busy", refused.Reason);
        Assert.NotNull(refused.Response.Headers.RetryAfter);
        Assert.Equal(200, (await portal.Reserve("A-1", "P-1")).Status);
        Assert.Equal(200, (await portal.Get("/api/time")).Status);
        Assert.Equal(200, (await portal.Get("/")).Status);
    }

    [Theory]
    [InlineData("/api/time", 200)]
    [InlineData("/", 200)]
    [InlineData("/health/ready", 200)]
    [InlineData("/nowhere", 404)]
    [InlineData("/api/localities/nowhere", 404)]
    public async Task HEAD_is_answered_as_GET_is_but_for_the_body(string address, int status)
    {
        await using var portal = new TestPortal();
        await portal.InitializeAsync();
        using var request = new HttpRequestMessage(HttpMethod.Head, address);
        var head = await portal.Send(request);
        var get = await portal.Get(address);
        Assert.Equal((status, status, ""), (head.Status, get.Status, head.Text));
        Assert.Equal(get.Response.Content.Headers.ContentType, head.Response.Content.Headers.ContentType);
        Assert.NotEqual("", get.Text);
    }

    [Fact]
    public async Task Refusals_forbid_the_browser_what_every_response_does()
    {
        await using var portal = new TestPortal { Options = ["--admission:requests", "16", "--admission:applicationRequests", "1"] };
        await portal.InitializeAsync();
        portal.ItIs(7);
        using var unproved = portal.Request(HttpMethod.Delete, "A-1", "/reservation");
        unproved.Headers.Authorization = null;
        var replies = new List<Reply> { await portal.Send(unproved), await portal.Get("/api/nothing"), await portal.Get($"/api/queues/{TestPortal.Queue}/order?count=x") };
        Assert.True(portal.Services.GetRequiredService<UnderWay>().OfApplications.TryEnter(Callers.KeyOf("A-1")));
        replies.Add(await portal.Reserve("A-1", "P-1"));
        var work = portal.Services.GetRequiredService<WorkInFlight>();
        Assert.All(Enumerable.Range(0, 16), _ => Assert.True(work.TryEnter()));
        replies.Add(await portal.Get("/api/time"));
        Assert.Equal([401, 404, 400, 429, 503], replies.Select(reply => reply.Status));
        Assert.All(
            replies,
            reply => Assert.All(["Content-Security-Policy", "X-Content-Type-Options", "Referrer-Policy", "Cross-Origin-Resource-Policy"], header => Assert.NotNull(reply.Header(header))));
    }

    [Fact]
    public async Task A_line_that_ends_with_a_bare_line_feed_is_refused()
    {
        await using var portal = new TestPortal();
        await portal.InitializeAsync();
        using var client = await RawClient.ConnectAsync(portal);
        await client.SendAsync("GET /api/time HTTP/1.1\nHost: 127.0.0.1\n\n");
        Assert.StartsWith("HTTP/1.1 400", await client.ReadToEndAsync(), StringComparison.Ordinal);
    }

    /// <summary>A portal and all that it logs.</summary>
    private sealed class Watched : IAsyncDisposable
    {
        private readonly LogLines log = new();

        public Watched(params string[] options) => Portal = new TestPortal { Options = options, Adjust = builder => builder.Logging.SetMinimumLevel(LogLevel.Trace).AddProvider(log) };

        public TestPortal Portal { get; }

        public Task StartAsync() => Portal.InitializeAsync();

        public async Task<string> SendAsync(string line, params string[] headers)
        {
            using var client = await RawClient.ConnectAsync(Portal);
            var head = new StringBuilder($"{line} HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n");
            foreach (var header in headers)
            {
                head.Append(header).Append("\r\n");
            }

            await client.SendAsync(head.Append("\r\n").ToString());
            return await client.ReadAsync();
        }

        public void NothingWasLogged()
        {
            var lines = log.Text.Split('\n');
            Assert.DoesNotContain(lines, line => line.StartsWith(nameof(LogLevel.Warning), StringComparison.Ordinal) || line.StartsWith(nameof(LogLevel.Error), StringComparison.Ordinal) || line.Contains("Exception", StringComparison.Ordinal));
        }

        public async ValueTask DisposeAsync()
        {
            await Portal.DisposeAsync();
            log.Dispose();
        }
    }
}
