using EOrda.Load.Live;
using EOrda.Load.Measures;
using EOrda.Load.Portal;
using EOrda.Load.Tests.Support;
using Xunit;

namespace EOrda.Load.Tests;

/// <summary>The tool's own SignalR client against the real portal.</summary>
public sealed class LiveClient : IAsyncLifetime
{
    private readonly RehearsalPortal portal = new();
    private readonly Followers followers = new();
    private readonly Measure measure = new();
    private PortalApi? api;
    private RehearsalControl? control;

    private Credential Parent => portal.Credentials.Parents[0];

    public async Task InitializeAsync()
    {
        await portal.InitializeAsync();
        api = new PortalApi(portal.Address, connections: 4, new Budget(10_000));
        control = new RehearsalControl(portal.Address, portal.Credentials.Token);
    }

    public async Task DisposeAsync()
    {
        api!.Dispose();
        control!.Dispose();
        await portal.DisposeAsync();
    }

    [Fact]
    public async Task It_watches_a_queue_and_follows_its_numbers()
    {
        await using var browser = await WatchAsync();
        Assert.Equal(50, browser.Picture!.Counts.Sum());
        await control!.BeginMorningAsync(places: 6, leadSeconds: 5, CancellationToken.None);
        var picture = await PictureAsync(browser, p => p.Places.Count(place => place.State == PlaceNow.Locked) == 3);
        Assert.All(picture.Places, place => Assert.StartsWith("rehearsal-1-k", place.Kindergarten, StringComparison.Ordinal));
        Assert.Empty(followers.Of(Parent.Queue).Contradictions);
        Assert.True(measure.Of(Count.Updates) > 0);
    }

    [Fact]
    public async Task One_that_loses_its_connection_comes_back_with_a_snapshot()
    {
        await using var browser = await WatchAsync();
        await browser.LoseAsync();
        await UntilAsync(() => measure.Of(Count.Reconnected) == 1 && measure.Of(Count.Snapshots) == 2);
        Assert.True(browser.IsConnected);
        await control!.BeginMorningAsync(places: 2, leadSeconds: 5, CancellationToken.None);
        await PictureAsync(browser, p => p.Places.Length == 1);
        Assert.Empty(followers.Of(Parent.Queue).Contradictions);
    }

    [Fact]
    public async Task A_ping_is_taken_by_the_hub()
    {
        await using var connection = await SignalRConnection.OpenAsync(api!, Browser.Hub, CancellationToken.None);
        await connection.SendAsync(SignalRConnection.Ping, CancellationToken.None);
        await connection.InvokeAsync("Watch", "no queue", number: 7, CancellationToken.None);
        var answer = new TaskCompletionSource<LiveRecord>();
        var receiving = connection.ReceiveAsync(
            bytes =>
            {
                if (followers.Read(bytes) is Completion completion)
                {
                    answer.TrySetResult(completion);
                }
            });
        Assert.EndsWith("bad-queue", Assert.IsType<Completion>(await answer.Task).Error, StringComparison.Ordinal);
        await connection.DisposeAsync();
        await receiving;
    }

    [Fact]
    public async Task A_hub_that_does_not_exist_is_an_error_and_no_connection() =>
        Assert.StartsWith("negotiate: 405", (await Assert.ThrowsAsync<IOException>(() => SignalRConnection.OpenAsync(api!, "/nowhere", CancellationToken.None))).Message, StringComparison.Ordinal);

    [Fact]
    public async Task The_servers_time_is_measured_to_half_of_the_way_to_it()
    {
        var clock = await api!.MeasureClockAsync(samples: 5, CancellationToken.None);
        var before = clock.Now;
        var shown = (await api.GetAsync("/api/time", ContractsJson.Default.TimeAnswer, CancellationToken.None)).Now.ToUnixTimeMilliseconds();
        var after = clock.Now;
        var error = clock.RoundTrip / 2 + 1;
        Assert.InRange(shown, before - error, after + error);
    }

    private static async Task UntilAsync(Func<bool> holds)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        while (!holds())
        {
            await Task.Delay(10, patience.Token);
        }
    }

    private static async Task<Picture> PictureAsync(Browser browser, Func<Picture, bool> wanted)
    {
        await UntilAsync(() => wanted(browser.Picture!));
        return browser.Picture!;
    }

    private async Task<Browser> WatchAsync()
    {
        var browser = new Browser(api!, followers, Parent.Queue, () => measure);
        await browser.ConnectAsync();
        return browser;
    }
}
