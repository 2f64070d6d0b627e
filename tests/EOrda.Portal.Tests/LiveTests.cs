using System.Text;
using System.Text.Json;
using EOrda.Actors;
using EOrda.Actors.Live;
using EOrda.Actors.Queries;
using EOrda.Portal.Live;
using EOrda.Portal.Tests.Support;
using EOrda.Queues;
using EOrda.Queues.Applications;
using EOrda.Queues.Names;
using EOrda.Queues.Order;
using EOrda.Queues.Places;
using EOrda.Queues.Time;
using Microsoft.AspNetCore.SignalR;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;
using Xunit;

namespace EOrda.Portal.Tests;

/// <summary>What a browser sees of a queue while it changes, over a WebSocket spoken by hand.</summary>
public sealed class LiveTests : IAsyncLifetime
{
    private static readonly TimeSpan UpdateInterval = TimeSpan.FromMilliseconds(100);
    private readonly TestPortal portal = new() { Options = ["--live:sendTimeout", "1s"] };

    public async Task InitializeAsync()
    {
        await portal.InitializeAsync();
        portal.ItIs(7);
    }

    public async Task DisposeAsync() => await portal.DisposeAsync();

    [Fact]
    public async Task A_watcher_gets_a_numbered_snapshot()
    {
        await using var browser = await LiveSocket.ConnectAsync(portal);
        var snapshot = await browser.InvokeAsync("Watch", TestPortal.Queue);
        Assert.Equal(TestPortal.Queue, snapshot.GetProperty("q").GetString());
        Assert.Equal("[0,1,9]", snapshot.GetProperty("c").GetRawText());
        Assert.Equal("[1,3,0]", snapshot.GetProperty("p").GetRawText());
        Assert.Equal($"""[2,0,{new DateTimeOffset(2026, 6, 13, 7, 0, 0, TimeSpan.FromHours(5)).ToUnixTimeMilliseconds()},"P-1","k-1"]""", snapshot.GetProperty("s")[0].GetRawText());
        Assert.Equal(3, snapshot.GetProperty("s").GetArrayLength());
        Assert.Equal(10, snapshot.GetProperty("x").GetInt64());
    }

    [Fact]
    public async Task A_place_that_is_taken_goes_before_every_watchers_eyes_with_the_same_bytes()
    {
        await using var first = await LiveSocket.ConnectAsync(portal);
        await using var second = await LiveSocket.ConnectAsync(portal);
        var number = (await first.InvokeAsync("Watch", TestPortal.Queue)).GetProperty("n").GetInt64();
        await second.InvokeAsync("Watch", TestPortal.Queue);
        await portal.Reserve("A-1", "P-2");
        var update = await first.UpdateAsync();
        Assert.Equal(number + 1, update.GetProperty("n").GetInt64());
        var (place, code, from) = Assert.Single(LiveNumbers.Places(update));
        Assert.Equal((1, ((int)PlaceState.Reserved * 3 + 2) * 2 + 1), (place, code));
        Assert.Equal(portal.Clock.GetUtcNow().AddMinutes(10).ToUnixTimeMilliseconds(), await BeginningAsync(first) + update.GetProperty("t").GetInt64() + from);
        Assert.Equal(update.GetRawText(), (await second.UpdateAsync()).GetRawText());
        Assert.Equal(1, portal.Node.Watches);
    }

    [Fact]
    public async Task One_who_leaves_moves_those_behind()
    {
        await using var browser = await LiveSocket.ConnectAsync(portal);
        await browser.InvokeAsync("Watch", TestPortal.Queue);
        await portal.Order(new Withdraw("A-2"));
        var update = await browser.UpdateAsync();
        var submitted = new DateTimeOffset(2026, 6, 8, 15, 0, 0, TimeSpan.FromHours(5)).ToUnixTimeMilliseconds();
        var whenAndWho = new long[] { 0, 1 };
        var whyAndWhere = ((int)PositionCause.Withdrawal * 3 + (int)Category.General) * 2;
        Assert.Equal([.. whenAndWho, whyAndWhere, submitted - await BeginningAsync(browser)], LiveNumbers.Of(update.GetProperty("d").GetString()!));
        var snapshot = await browser.InvokeAsync("Snapshot", TestPortal.Queue);
        Assert.Equal(("[0,1,8]", 11), (snapshot.GetProperty("c").GetRawText(), snapshot.GetProperty("x").GetInt64()));
    }

    [Fact]
    public async Task Changes_close_together_come_in_one_update()
    {
        await using var browser = await LiveSocket.ConnectAsync(portal);
        await browser.InvokeAsync("Watch", TestPortal.Queue);
        await portal.Order(new Withdraw("A-2"));
        await browser.UpdateAsync();
        await portal.Order(new Withdraw("A-3"));
        await portal.Order(new Withdraw("A-4"));
        portal.Clock.Advance(UpdateInterval);
        const int NumbersOfAChange = 4;
        Assert.Equal(2 * NumbersOfAChange, LiveNumbers.Of((await browser.UpdateAsync()).GetProperty("d").GetString()!).Count);
    }

    [Fact]
    public async Task A_new_place_is_named()
    {
        await using var browser = await LiveSocket.ConnectAsync(portal);
        await browser.InvokeAsync("Watch", TestPortal.Queue);
        await portal.Order(new FreePlace("P-4", "k-2", TestPortal.Queue, Age: null));
        var update = await browser.UpdateAsync();
        Assert.Equal(3, Assert.Single(LiveNumbers.Places(update)).Number);
        Assert.Equal("""["P-4","k-2"]""", update.GetProperty("m").GetRawText());
    }

    [Fact]
    public async Task One_that_missed_a_number_asks_for_a_snapshot_that_has_it()
    {
        await using var browser = await LiveSocket.ConnectAsync(portal);
        await browser.InvokeAsync("Watch", TestPortal.Queue);
        await portal.Reserve("A-1", "P-1");
        var number = (await browser.UpdateAsync()).GetProperty("n").GetInt64();
        var snapshot = await browser.InvokeAsync("Snapshot", TestPortal.Queue);
        Assert.Equal(number, snapshot.GetProperty("n").GetInt64());
        Assert.Equal((int)PlaceState.Reserved, snapshot.GetProperty("s")[0][0].GetInt32());
    }

    [Fact]
    public async Task Too_many_changes_at_once_lead_to_a_fresh_snapshot()
    {
        await using var browser = await LiveSocket.ConnectAsync(portal);
        await browser.InvokeAsync("Watch", TestPortal.Queue);
        await portal.Order(new Withdraw("A-2"));
        await browser.UpdateAsync();
        await Task.WhenAll(Enumerable.Range(0, 1001).Select(i => portal.Order(
            new Submit(TestPortal.Queue, $"B-{i}", $"child {i}", new LocalDate(2022, 3, 1), $"parent {i}", Category.General, null, UnderReview: false))));
        portal.Clock.Advance(UpdateInterval);
        var update = await browser.UpdateAsync();
        Assert.Equal(1, update.GetProperty("r").GetInt32());
        var snapshot = await browser.InvokeAsync("Snapshot", TestPortal.Queue);
        Assert.Equal((update.GetProperty("n").GetInt64(), "[0,1,1009]"), (snapshot.GetProperty("n").GetInt64(), snapshot.GetProperty("c").GetRawText()));
    }

    [Fact]
    public async Task Whoever_joins_while_the_queue_changes_misses_no_number()
    {
        // The clock stands still but for steps of an interval: each withdrawal is an update of its own.
        var places = Enumerable.Range(0, 60).Select(i => $"X-{i}").ToList();
        var changing = Task.Run(async () =>
        {
            foreach (var place in places)
            {
                await portal.Order(new FreePlace(place, "k-2", TestPortal.Queue, Age: null));
                portal.Clock.Advance(UpdateInterval);
            }

            await portal.Order(new FreePlace("X-last", "k-2", TestPortal.Queue, Age: null));
            portal.Clock.Advance(UpdateInterval);
        });
        var watchers = Enumerable.Range(0, 8).Select(_ => Task.Run(async () =>
        {
            await using var browser = await LiveSocket.ConnectAsync(portal);
            var snapshot = await browser.InvokeAsync("Watch", TestPortal.Queue);
            var (number, known) = (snapshot.GetProperty("n").GetInt64(), snapshot.GetProperty("s").GetArrayLength());
            while (known < 3 + places.Count + 1)
            {
                var update = await browser.UpdateAsync();
                if (update.GetProperty("n").GetInt64() > number)
                {
                    Assert.Equal(++number, update.GetProperty("n").GetInt64());
                    known = Math.Max(known, LiveNumbers.Places(update).Max(place => place.Number) + 1);
                }
            }
        }));
        await Task.WhenAll(watchers.Append(changing));
    }

    [Fact]
    public async Task The_nodes_watch_ends_with_the_last_browser()
    {
        var ended = new TaskCompletionSource();
        portal.Node.WatchesChanged = watches =>
        {
            if (watches == 0)
            {
                ended.SetResult();
            }
        };
        var first = await LiveSocket.ConnectAsync(portal);
        await using var second = await LiveSocket.ConnectAsync(portal);
        await first.InvokeAsync("Watch", TestPortal.Queue);
        await second.InvokeAsync("Watch", TestPortal.Queue);
        await second.DoAsync("Unwatch", TestPortal.Queue);
        Assert.Equal(1, portal.Node.Watches);
        await first.DisposeAsync();
        await ended.Task.WaitAsync(TimeSpan.FromMinutes(2));
    }

    [Theory]
    [InlineData("Watch", "nowhere/general/2022", "bad-queue")]
    [InlineData("Watch", "almaty/general/2021", "bad-queue")]
    [InlineData("Watch", "almaty", "bad-queue")]
    [InlineData("Snapshot", TestPortal.Queue, "not-watched")]
    public async Task What_cannot_be_watched_is_refused(string method, string queue, string reason)
    {
        await using var browser = await LiveSocket.ConnectAsync(portal);
        var fault = await Assert.ThrowsAsync<InvalidOperationException>(() => browser.InvokeAsync(method, queue));
        Assert.Equal(reason, fault.Message);
    }

    [Theory]
    [InlineData("Watch")]
    [InlineData("Snapshot")]
    public async Task A_browser_is_told_to_try_again_where_nobody_can_say_which_queues_there_are(string method)
    {
        await using var browser = await LiveSocket.ConnectAsync(portal);
        portal.Node.BeforeTelling = () => throw new BusyException("Not known yet.", TimeSpan.FromSeconds(1));
        var fault = await Assert.ThrowsAsync<InvalidOperationException>(() => browser.InvokeAsync(method, TestPortal.Queue));
        Assert.Equal("busy", fault.Message);
        portal.Node.BeforeTelling = () => { };
        await browser.InvokeAsync("Watch", TestPortal.Queue);
    }

    [Fact]
    public async Task A_connection_watches_few_queues()
    {
        await using var own = new TestPortal { Options = ["--live:watchesPerConnection", "1"] };
        await own.InitializeAsync();
        await using var browser = await LiveSocket.ConnectAsync(own);
        await browser.InvokeAsync("Watch", TestPortal.Queue);
        await browser.InvokeAsync("Watch", TestPortal.Queue);
        var fault = await Assert.ThrowsAsync<InvalidOperationException>(() => browser.InvokeAsync("Watch", TestPortal.NextQueue));
        Assert.Equal("too-many-watches", fault.Message);
        await browser.DoAsync("Unwatch", TestPortal.Queue);
        await browser.InvokeAsync("Watch", TestPortal.NextQueue);
    }

    [Fact]
    public async Task A_queue_has_so_many_watchers_and_no_more()
    {
        await using var own = new TestPortal { Options = ["--live:watchersPerQueue", "2"] };
        await own.InitializeAsync();
        var first = await LiveSocket.ConnectAsync(own);
        await using var second = await LiveSocket.ConnectAsync(own);
        await using var third = await LiveSocket.ConnectAsync(own);
        await first.InvokeAsync("Watch", TestPortal.Queue);
        await second.InvokeAsync("Watch", TestPortal.Queue);
        var fault = await Assert.ThrowsAsync<InvalidOperationException>(() => third.InvokeAsync("Watch", TestPortal.Queue));
        Assert.Equal("busy", fault.Message);
        await third.InvokeAsync("Watch", TestPortal.NextQueue);
        await first.DoAsync("Unwatch", TestPortal.Queue);
        await third.InvokeAsync("Watch", TestPortal.Queue);
        await first.DisposeAsync();
    }

    [Fact]
    public async Task One_that_never_shakes_hands_is_closed()
    {
        await using var own = new TestPortal { Options = ["--live:handshake", "200ms"] };
        await own.InitializeAsync();
        await using var silent = await LiveSocket.OpenAsync(own);
        await silent.ClosedAsync();
    }

    [Fact]
    public async Task One_that_says_nothing_any_more_is_closed_and_one_that_pings_is_not()
    {
        await using var own = new TestPortal { Options = ["--live:silence", "2s"] };
        await own.InitializeAsync();
        await using var silent = await LiveSocket.ConnectAsync(own);
        await using var pinging = await LiveSocket.ConnectAsync(own);
        await silent.InvokeAsync("Watch", TestPortal.Queue);
        var closed = silent.ClosedAsync();
        for (var i = 0; i < 600 && !closed.IsCompleted; i++)
        {
            await pinging.SendAsync("""{"type":6}""");
            await Task.WhenAny(closed, Task.Delay(TimeSpan.FromMilliseconds(100)));
        }

        Assert.True(closed.IsCompleted);
        await pinging.InvokeAsync("Watch", TestPortal.Queue);
    }

    [Fact]
    public async Task The_portal_says_that_it_is_there_as_often_as_it_was_told_to()
    {
        await using var own = new TestPortal { Options = ["--live:ping", "100ms"] };
        await own.InitializeAsync();
        await using var browser = await LiveSocket.ConnectAsync(own);
        await browser.PingedAsync();
        await browser.PingedAsync();
        await browser.PingedAsync();
    }

    [Theory]
    [InlineData("nonsense")]
    [InlineData("""{"type":1,"target":"Watch","arguments":["0000"]}""")]
    public async Task One_that_sends_nonsense_or_too_much_is_closed(string message)
    {
        await using var browser = await LiveSocket.ConnectAsync(portal);
        await browser.SendAsync(message.Replace("0000", new string('0', 2000), StringComparison.Ordinal));
        await browser.ClosedAsync();
    }

    [Fact]
    public async Task A_browser_that_does_not_read_is_cut_off()
    {
        TaskCompletionSource begun = new(), ended = new();
        portal.Node.WatchesChanged = watches => (watches == 0 ? ended : begun).TrySetResult();
        using var deaf = await DeafBrowser.WatchAsync(portal, TestPortal.Queue);
        await begun.Task.WaitAsync(TimeSpan.FromMinutes(2));
        await using var reading = await LiveSocket.ConnectAsync(portal);
        var everyone = portal.Services.GetRequiredService<IHubContext<LiveHub>>().Clients.All;
        var message = new LiveMessage(Encoding.ASCII.GetBytes($"\"{new string('x', 60_000)}\""));
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(2));
        while (!ended.Task.IsCompleted)
        {
            limit.Token.ThrowIfCancellationRequested();
            // Said until every buffer on the way to the deaf one is full and the portal gives it up; the other one is served all the while.
            _ = everyone.SendCoreAsync(FanOut.UpdateMethod, [message]);
            await reading.UpdateAsync();
        }
    }

    [Fact]
    public async Task What_changes_while_an_update_is_on_its_way_is_told_in_one()
    {
        var state = new FeedState(feed: 1, await portal.Node.Query(new QueueKey("almaty", Kind.General, "2022"), new SnapshotQuery()));
        var (first, second, third) = (Changed(1, 0, PlaceState.Reserved), Changed(2, 1, PlaceState.Reserved), Changed(3, 0, PlaceState.Referred));
        Assert.NotNull(state.Take([first]));
        var told = JsonDocument.Parse(state.Take([second, third])!.Json).RootElement;
        Assert.Equal((2, 100), (told.GetProperty("n").GetInt64(), told.GetProperty("w").GetInt64()));
        Assert.Equal([(0, PlaceState.Referred), (1, PlaceState.Reserved)], LiveNumbers.Places(told).Select(p => (p.Number, (PlaceState)(p.Code / 6))).Order());
        Assert.Null(state.Take([Changed(5, 0, PlaceState.Enrolled)]));
    }

    [Fact]
    public async Task More_watchers_than_a_group_holds_all_see_a_place_go()
    {
        var browsers = await Task.WhenAll(Enumerable.Range(0, Audience.GroupSize + 2).Select(async _ =>
        {
            var browser = await LiveSocket.ConnectAsync(portal);
            await browser.InvokeAsync("Watch", TestPortal.Queue);
            return browser;
        }));
        await portal.Reserve("A-1", "P-2");
        var updates = await Task.WhenAll(browsers.Select(browser => browser.UpdateAsync()));
        Assert.Single(updates.Select(update => update.GetRawText()).Distinct());
        await Task.WhenAll(browsers.Select(browser => browser.DisposeAsync().AsTask()));
    }

    [Fact]
    public async Task Several_groups_get_the_same_updates_in_the_same_order()
    {
        var browsers = await Task.WhenAll(Enumerable.Range(0, Audience.GroupSize + 2).Select(async _ =>
        {
            var browser = await LiveSocket.ConnectAsync(portal);
            return (Browser: browser, Number: (await browser.InvokeAsync("Watch", TestPortal.Queue)).GetProperty("n").GetInt64());
        }));
        foreach (var place in Enumerable.Range(0, 20).Select(i => $"X-{i}"))
        {
            await portal.Order(new FreePlace(place, "k-2", TestPortal.Queue, Age: null));
            portal.Clock.Advance(UpdateInterval);
        }

        var told = await Task.WhenAll(browsers.Select(async one =>
        {
            var all = new List<string>();
            for (var (number, last) = (one.Number, false); !last;)
            {
                var update = await one.Browser.UpdateAsync();
                Assert.Equal(++number, update.GetProperty("n").GetInt64());
                all.Add(update.GetRawText());
                last = update.GetRawText().Contains("\"X-19\"", StringComparison.Ordinal);
            }

            return string.Join('\n', all);
        }));
        Assert.Single(told.Distinct());
        await Task.WhenAll(browsers.Select(one => one.Browser.DisposeAsync().AsTask()));
    }

    [Fact]
    public void Updates_are_told_to_nobody_for_practice() => Assert.Equal(40, LivePractice.Run());

    [Fact]
    public async Task The_window_comes_with_the_snapshot_and_with_an_update_that_changes_it_and_no_other()
    {
        await using var browser = await LiveSocket.ConnectAsync(portal);
        var snapshot = await browser.InvokeAsync("Watch", TestPortal.Queue);
        var submitted = new DateTimeOffset(2026, 6, 8, 15, 0, 0, TimeSpan.FromHours(5)).ToUnixTimeMilliseconds();
        Assert.Equal($"[3,null,[8,{submitted}],[1,{submitted}]]", snapshot.GetProperty("i").GetRawText());

        // Who takes a place of the window leaves it as far as it was; a place given up counts on that day; one in open access more changes nothing.
        await portal.Reserve("A-1", "P-2");
        Assert.Equal([2], LiveNumbers.Of((await browser.UpdateAsync()).GetProperty("i").GetString()!));
        portal.Clock.Advance(UpdateInterval);
        await portal.Order(new Withdraw("A-2"));
        Assert.Equal(
            [2, ((2 + 1) * 3) + 2, submitted - snapshot.GetProperty("b").GetInt64()],
            LiveNumbers.Of((await browser.UpdateAsync()).GetProperty("i").GetString()!));
        portal.Clock.Advance(UpdateInterval);
        await portal.Order(new Withdraw("A-8"));
        Assert.False((await browser.UpdateAsync()).TryGetProperty("i", out _));
    }

    [Fact]
    public async Task The_window_comes_when_priority_access_ends_by_the_clock_alone()
    {
        await using var browser = await LiveSocket.ConnectAsync(portal);
        await browser.InvokeAsync("Watch", TestPortal.Queue);
        portal.ItIs(7, day: 13);
        var update = await browser.UpdateAsync();
        const int NobodyOfFirstPriority = 1, NobodyOfGeneral = 2;
        Assert.Equal([0, NobodyOfFirstPriority, NobodyOfGeneral], LiveNumbers.Of(update.GetProperty("i").GetString()!));
        Assert.False(update.TryGetProperty("s", out _));
    }

    [Fact]
    public async Task Changes_that_a_snapshot_has_already_are_not_told_again()
    {
        var snapshot = await portal.Node.Query(new QueueKey("almaty", Kind.General, "2022"), new SnapshotQuery());
        var state = new FeedState(feed: 1, snapshot);
        OrderChange known = new(snapshot.At, PositionCause.Withdrawal, 3, snapshot.At, Category.General, -1), fresh = known with { Application = 4 };
        var told = JsonDocument.Parse(state.Take([Changed(snapshot.Number + 1, 0, PlaceState.Reserved) with { FirstChange = snapshot.LatestChange, Changes = [known, fresh] }])!.Json).RootElement;
        const int NumbersOfAChange = 4;
        Assert.Equal(NumbersOfAChange, LiveNumbers.Of(told.GetProperty("d").GetString()!).Count);
        Assert.Equal(snapshot.LatestChange + 1, JsonDocument.Parse(state.Message.Json).RootElement.GetProperty("x").GetInt64());
    }

    private static async Task<long> BeginningAsync(LiveSocket browser) => (await browser.InvokeAsync("Snapshot", TestPortal.Queue)).GetProperty("b").GetInt64();

    private LiveUpdate Changed(long number, int place, PlaceState state) => new(
        new QueueKey("almaty", Kind.General, "2022"),
        number,
        Moment.From(portal.Clock.GetUtcNow().AddMilliseconds(100 * number)),
        new CategoryCounts(0, 1, 9),
        Phase: 0,
        Available: 3,
        new LiveWindow(3, OutOfTurn: null, FirstPriority: null, General: null),
        FirstChange: 11,
        Changes: [],
        [new NumberedPlace(place, new PlaceView($"P-{place + 1}", "k-1", state, null, null))],
        Reload: false);
}
