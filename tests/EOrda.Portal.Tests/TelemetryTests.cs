using System.Diagnostics;
using EOrda.Portal.Telemetry;
using EOrda.Portal.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using OpenTelemetry.Trace;
using Xunit;

namespace EOrda.Portal.Tests;

/// <summary>What an operator sees of a portal that works. Alone: meters are the whole process's.</summary>
[Collection(nameof(Alone))]
public sealed class TelemetryTests
{
    private const string TraceId = "0af7651916cd43dd8448eb211c80319c";
    private static readonly string[] Measured = ["--metrics", "http://127.0.0.1:0"];

    [Fact]
    public async Task The_metrics_tell_what_commands_came_to_and_what_the_disk_did()
    {
        await using var portal = new TestPortal { Options = Measured };
        await portal.InitializeAsync();
        portal.ItIs(7);
        var before = await MetricsOf(portal);
        Assert.Equal(200, (await portal.Reserve("A-1", "P-1", key: "once")).Status);
        Assert.Equal(200, (await portal.Reserve("A-1", "P-1", key: "once")).Status);
        Assert.Equal("place-taken", (await portal.Reserve("A-9", "P-1")).Reason);
        Assert.Equal("key-reused", (await portal.Reserve("A-1", "P-2", key: "once")).Reason);
        var after = await MetricsOf(portal);
        Assert.Equal(1, Risen("eorda_decisions_total", "outcome=\"accepted\""));
        Assert.Equal(1, Risen("eorda_decisions_total", "outcome=\"repeated\""));
        Assert.Equal(1, Risen("eorda_decisions_total", "outcome=\"refused\",reason=\"place-taken\""));
        Assert.Equal(1, Risen("eorda_decisions_total", "outcome=\"key-reused\""));

        // The two presses one after the other, and what seven o'clock brought.
        var transactions = Risen("eorda_commit_duration_seconds_count", "outcome=\"written\"");
        Assert.True(transactions >= 2);
        Assert.Equal(transactions, Risen("eorda_batch_size_count", ""));
        Assert.True(Risen("eorda_batch_size_sum", "") >= transactions);
        Assert.True(Value(after, "eorda_recovery_duration_seconds_count", "outcome=\"recovered\"") > 0);
        Assert.Equal(0, Value(after, "eorda_mailbox_depth", ""));
        Assert.Equal(1, Value(after, "eorda_ready", ""));

        double Risen(string metric, string tags) => Value(after, metric, tags) - Value(before, metric, tags);
    }

    [Fact]
    public async Task The_metrics_tell_who_watches_what_was_told_and_how_late_things_due_were()
    {
        await using var portal = new TestPortal { Options = Measured };
        await portal.InitializeAsync();
        await using (var browser = await LiveSocket.ConnectAsync(portal))
        {
            await browser.InvokeAsync("Watch", TestPortal.Queue);
            portal.ItIs(7);
            await browser.UpdateAsync();
            var metrics = await MetricsOf(portal);
            Assert.Equal(1, Value(metrics, "eorda_live_watchers", ""));
            Assert.Equal(1, Value(metrics, "eorda_live_watches", ""));
            Assert.True(Value(metrics, "eorda_live_updates_total", "") > 0);
            Assert.True(Value(metrics, "eorda_dues_late_seconds_count", "") > 0);
        }
    }

    [Theory]
    [InlineData("/metrics")]
    [InlineData("/METRICS")]
    [InlineData("/Metrics/")]
    [InlineData("/%6detrics")]
    [InlineData("//metrics")]
    [InlineData("/./metrics")]
    [InlineData("/metrics?x=1")]
    public async Task Nothing_of_the_metrics_is_told_on_the_public_listener_however_it_is_spelt(string path)
    {
        await using var portal = new TestPortal { Options = Measured };
        await portal.StartAsync();
        await portal.ReadyAsync();
        using var response = await portal.Http.GetAsync(new Uri(portal.Http.BaseAddress!.GetLeftPart(UriPartial.Authority) + path, new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true }));
        Assert.Equal(404, (int)response.StatusCode);
        Assert.DoesNotContain("eorda_", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_listener_of_the_metrics_tells_nothing_else()
    {
        await using var portal = new TestPortal { Options = Measured };
        await portal.StartAsync();
        await portal.ReadyAsync();
        using var http = new HttpClient();
        var metrics = new Uri(AddressOf(portal));
        Assert.Contains("eorda_ready", await http.GetStringAsync(metrics), StringComparison.Ordinal);
        using var other = await http.GetAsync(new Uri(metrics, "/api/time"));
        Assert.Equal(404, (int)other.StatusCode);
    }

    [Fact]
    public async Task Without_being_asked_for_there_is_no_listener_for_metrics()
    {
        await using var portal = new TestPortal();
        await portal.StartAsync();
        await portal.ReadyAsync();
        Assert.Null(portal.Services.GetRequiredService<MetricsServer>().Address);
    }

    [Fact]
    public async Task A_claim_is_traced_from_the_request_to_the_disk_without_naming_the_application()
    {
        await using var collector = new Collector();
        await collector.StartAsync();
        var portal = new TestPortal
        {
            Options = ["--OTEL_EXPORTER_OTLP_ENDPOINT", collector.Address, "--OTEL_EXPORTER_OTLP_PROTOCOL", "http/protobuf", "--OTEL_METRIC_EXPORT_INTERVAL", "50", "--OTEL_TRACES_SAMPLER", "always_on"],
        };
        await using (portal)
        {
            await portal.InitializeAsync();
            portal.ItIs(7);
            using var request = portal.Request(HttpMethod.Post, "A-1", "/reservation", """{"place":"P-1"}""");
            request.Headers.Add("traceparent", $"00-{TraceId}-b7ad6b7169203331-01");
            Assert.Equal(200, (await portal.Send(request)).Status);
            await collector.ComesAsync("/v1/metrics", "eorda.decisions");
        }

        var traces = collector.At("/v1/traces");
        var trace = string.Concat(Convert.FromHexString(TraceId).Select(b => (char)b));
        foreach (var name in new[] { "eorda.ask", "eorda.mailbox", "eorda.decide", "eorda.commit", "Reserve", "accepted" })
        {
            Assert.Contains(name, traces, StringComparison.Ordinal);
        }

        // The request, the command, and its three stages are of the caller's trace.
        Assert.Equal(5, traces.Split(trace).Length - 1);
        Assert.DoesNotContain("A-1", traces, StringComparison.Ordinal);
    }

    [Fact]
    public void What_a_caller_says_of_its_trace_does_not_have_it_traced()
    {
        var (own, traced) = (PortalTelemetry.Sampler(), 0);
        for (var i = 0; i < 1_000; i++)
        {
            // The number of this trace is the least of all: a share of numbers would have it always.
            var caller = new ActivityContext(ActivityTraceId.CreateFromString("00000000000000000000000000000001"), ActivitySpanId.CreateRandom(), ActivityTraceFlags.Recorded, isRemote: true);
            var request = new SamplingParameters(caller, caller.TraceId, "request", ActivityKind.Server);
            traced += own.ShouldSample(request).Decision == SamplingDecision.RecordAndSample ? 1 : 0;
        }

        Assert.InRange(traced, 0, 200);

        // What belongs to a request that is traced is traced with it.
        var inside = new ActivityContext(ActivityTraceId.CreateRandom(), ActivitySpanId.CreateRandom(), ActivityTraceFlags.Recorded, isRemote: false);
        Assert.Equal(SamplingDecision.RecordAndSample, own.ShouldSample(new SamplingParameters(inside, inside.TraceId, "command", ActivityKind.Internal)).Decision);
    }

    [Fact]
    public async Task No_log_names_a_child_a_parent_an_application_or_a_secret()
    {
        using var log = new LogLines();
        await using var portal = new TestPortal { Adjust = builder => builder.Logging.SetMinimumLevel(LogLevel.Trace).AddProvider(log) };
        await portal.InitializeAsync();
        portal.ItIs(7);
        await portal.Reserve("A-1", "P-1");
        await portal.Reserve("A-9", "P-1");
        await portal.Ask(HttpMethod.Post, "A-1", "/reservation", """{"place":7}""");
        await portal.Ask(HttpMethod.Post, "A-1", "/reservation/confirmation");
        portal.Node.BeforeAsk = _ => throw new InvalidOperationException("failed inside");
        Assert.Equal(500, (await portal.Ask(HttpMethod.Delete, "A-1", "/referral")).Status);
        var text = log.Text;
        Assert.Contains("failed inside", text, StringComparison.Ordinal);
        Assert.All(
            ["secret-child", "secret-parent", "A-1", "A-9", portal.SecretOf("A-1")],
            named => Assert.DoesNotContain(named, text, StringComparison.Ordinal));
    }

    private static string AddressOf(TestPortal portal) => portal.Services.GetRequiredService<MetricsServer>().Address!;

    private static async Task<string> MetricsOf(TestPortal portal)
    {
        using var http = new HttpClient();
        return await http.GetStringAsync(new Uri(AddressOf(portal)));
    }

    private static double Value(string metrics, string name, string tags)
    {
        var lines = metrics.Split('\n').Where(line => line.StartsWith(name + "{", StringComparison.Ordinal) && line.Contains(tags, StringComparison.Ordinal)).ToList();
        Assert.True(lines.Count <= 1, string.Join('\n', lines));
        return lines.Count == 0 ? 0 : double.Parse(lines[0].Split(' ')[1]);
    }
}
