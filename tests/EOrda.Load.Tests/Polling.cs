using EOrda.Load.Live;
using EOrda.Load.Measures;
using EOrda.Load.Portal;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Xunit;

namespace EOrda.Load.Tests;

/// <summary>A browser that polls, against answers that the test gives.</summary>
public sealed class Polling : IAsyncLifetime
{
    private const string Queue = "almaty/general/2022";
    private const string Secret = "own-secret";
    private const double Every = 0.01;
    private const long Release = 1_781_056_800_000;

    private readonly WebApplication app;
    private readonly Ticker ticker = new();
    private readonly Followers followers = new();
    private readonly Measure measure = new();
    private readonly List<string?> known = [];
    private PortalApi api = null!;
    private Answer answer = new("\"1\"", """[{"number":0,"place":"P","kindergarten":"K","state":"available","access":"open","from":null}]""");
    private bool isFailing;
    private int position = 7;

    public Polling()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        app = builder.Build();
        app.Urls.Add("http://127.0.0.1:0");
        app.MapGet($"/api/queues/{Queue}/places", (HttpContext context) =>
        {
            var (tag, places, at) = Volatile.Read(ref answer);
            var given = (string?)context.Request.Headers.IfNoneMatch;
            lock (known)
            {
                known.Add(given);
            }

            context.Response.Headers.ETag = tag;
            return isFailing ? Results.StatusCode(500) : given == tag ? Results.StatusCode(304) : Results.Text($$"""{"at":"{{at}}","total":1,"from":0,"places":{{places}}}""", "application/json");
        });
        app.MapGet($"/api/queues/{Queue}/applications/A", (HttpContext context) => context.Request.Headers.Authorization != $"Bearer {Secret}" ? Results.StatusCode(401) : Results.Text(
            $$"""{"application":"A","at":"2026-06-10T02:00:00.000Z","status":"waiting","position":{{position}},"waiting":20,"place":null,"reservedUntil":null,"standing":null}""",
            "application/json"));
        app.MapGet($"/api/queues/{Queue}/order", () => Results.Text("""{"total":21,"from":1,"applications":["A"]}""", "application/json"));
    }

    public async Task InitializeAsync()
    {
        await app.StartAsync();
        api = new PortalApi(new Uri(app.Urls.Single()), connections: 4, new Budget(100_000));
    }

    public async Task DisposeAsync()
    {
        api.Dispose();
        ticker.Dispose();
        await app.DisposeAsync();
    }

    [Fact]
    public async Task It_names_what_it_has_and_reads_only_what_is_new()
    {
        await using var browser = await ComeAsync("A");
        await UntilAsync(() => Known.Count(tag => tag == "\"1\"") >= 3);
        Assert.Null(Known[0]);
        Assert.Equal(0, measure.Of(Count.Updates));
        Assert.Equal(1, measure.Of(Count.Connected));
        Assert.Equal(7, browser.Told!.Position);

        (position, answer) = (6, Reserved("\"2\""));
        await UntilAsync(() => browser.Told!.Position == 6);
        Assert.Equal(1, measure.Of(Count.Updates));
        Assert.Equal(PlaceNow.Reserved, Assert.Single(browser.Picture!.Places).State);
        Assert.Equal(20, browser.Shown!.Counts.Sum());
    }

    [Fact]
    public async Task The_age_of_what_it_sees_counts_from_the_reservation_by_the_servers_time()
    {
        await using var browser = await ComeAsync("A");

        // The server's clock stands a minute after the release, when the place was reserved.
        browser.Clock = new ServerClock(Release + 60_000 - Ticker.Now, 1);
        answer = Reserved("\"2\"");
        await UntilAsync(() => measure.Of(Timed.Seen).Count > 0);
        Assert.InRange(measure.Of(Timed.Seen).Percentile(50), 60_000 * 0.99, double.MaxValue);
        Assert.Equal(1, measure.Of(Timed.Seen).Count);
    }

    [Fact]
    public async Task One_that_only_watches_asks_how_many_wait()
    {
        await using var watcher = await ComeAsync(application: null);
        Assert.Equal(21, watcher.Shown!.Counts.Sum());
        Assert.Null(watcher.Told);
    }

    [Fact]
    public async Task One_that_is_not_answered_does_not_claim_to_know()
    {
        await using var browser = await ComeAsync("A");
        isFailing = true;
        await UntilAsync(() => !browser.IsConnected);
        isFailing = false;
        await UntilAsync(() => browser.IsConnected);
        Assert.Contains(measure.ErrorsSoFar, error => error.Key.StartsWith("poll: ", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Two_that_are_told_different_things_under_one_tag_tell_on_the_portal()
    {
        await using var first = await ComeAsync("A");
        answer = Reserved("\"1\"");
        await using var second = await ComeAsync("A");
        Assert.Contains("under the tag \"1\"", Assert.Single(followers.OfPolled(Queue).Contradictions), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_instant_of_the_look_may_differ_under_one_tag()
    {
        await using var first = await ComeAsync("A");
        answer = answer with { At = "2026-06-10T02:00:00.050Z" };
        await using var second = await ComeAsync("A");
        Assert.Empty(followers.OfPolled(Queue).Contradictions);
    }

    private static Answer Reserved(string tag) =>
        new(tag, """[{"number":0,"place":"P","kindergarten":"K","state":"reserved","access":null,"from":"2026-06-10T02:10:00.000Z"}]""");

    private static async Task UntilAsync(Func<bool> holds)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(2));
        while (!holds())
        {
            await Task.Delay(5, limit.Token);
        }
    }

    private List<string?> Known
    {
        get
        {
            lock (known)
            {
                return [.. known];
            }
        }
    }

    private async Task<PollingBrowser> ComeAsync(string? application)
    {
        var browser = new PollingBrowser(api, ticker, followers, Queue, application is null ? null : new Credential(Queue, application, Secret), Every, () => measure);
        await browser.ConnectAsync();
        return browser;
    }

    private sealed record Answer(string Tag, string Places, string At = "2026-06-10T02:00:00.000Z");
}
