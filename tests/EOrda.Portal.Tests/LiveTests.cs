using System.Text;
using EOrda.Portal.Live;
using EOrda.Portal.Tests.Support;
using EOrda.Queues;
using EOrda.Queues.Applications;
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
        Assert.Equal($"[[1,3,null,{portal.Clock.GetUtcNow().AddMinutes(10).ToUnixTimeMilliseconds()}]]", update.GetProperty("s").GetRawText());
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
        Assert.Equal("[0,1,8]", update.GetProperty("c").GetRawText());
        Assert.Equal(11, update.GetProperty("x").GetInt64());
        var submitted = new DateTimeOffset(2026, 6, 8, 15, 0, 0, TimeSpan.FromHours(5)).ToUnixTimeMilliseconds();
        Assert.Equal($"[[{portal.Clock.GetUtcNow().ToUnixTimeMilliseconds()},{(int)PositionCause.Withdrawal},1,{submitted},2,-1]]", update.GetProperty("d").GetRawText());
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
        Assert.Equal(2, (await browser.UpdateAsync()).GetProperty("d").GetArrayLength());
    }

    [Fact]
    public async Task A_new_place_is_named()
    {
        await using var browser = await LiveSocket.ConnectAsync(portal);
        await browser.InvokeAsync("Watch", TestPortal.Queue);
        await portal.Order(new FreePlace("P-4", "k-2", TestPortal.Queue, Age: null));
        var place = (await browser.UpdateAsync()).GetProperty("s")[0];
        Assert.Equal((3, "P-4", "k-2"), (place[0].GetInt32(), place[4].GetString(), place[5].GetString()));
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
        Assert.True(update.GetProperty("r").GetBoolean());
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
                    known = Math.Max(known, update.GetProperty("s").EnumerateArray().Max(place => place[0].GetInt32()) + 1);
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
        await ended.Task;
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
        Assert.EndsWith(": " + reason, fault.Message, StringComparison.Ordinal);
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
        Assert.EndsWith("too-many-watches", fault.Message, StringComparison.Ordinal);
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
        Assert.EndsWith("busy", fault.Message, StringComparison.Ordinal);
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
        await begun.Task;
        await using var reading = await LiveSocket.ConnectAsync(portal);
        var everyone = portal.Services.GetRequiredService<IHubContext<LiveHub>>().Clients.All;
        var message = new LiveMessage(Encoding.ASCII.GetBytes($"\"{new string('x', 60_000)}\""));
        while (!ended.Task.IsCompleted)
        {
            // Said until every buffer on the way to the deaf one is full and the portal gives it up; the other one is served all the while.
            _ = everyone.SendCoreAsync(QueueFeed.UpdateMethod, [message]);
            await reading.UpdateAsync();
        }
    }

    [Fact]
    public void The_numbers_of_the_protocol_are_those_of_its_description()
    {
        Assert.Equal(
            ["Reported=0", "Locked=1", "Available=2", "Reserved=3", "Referred=4", "Returning=5", "Enrolled=6", "Revoked=7"],
            Enum.GetValues<PlaceState>().Select(v => $"{v}={(int)v}"));
        Assert.Equal(["Priority=0", "Open=1"], Enum.GetValues<Access>().Select(v => $"{v}={(int)v}"));
        Assert.Equal(["OutOfTurn=0", "FirstPriority=1", "General=2"], Enum.GetValues<Category>().Select(v => $"{v}={(int)v}"));
        Assert.Equal(
            ["Filed=0", "Reviewed=1", "Referral=2", "Withdrawal=3", "StopList=4", "Age=5", "StopListEnd=6", "Return=7", "Category=8", "Pattern=9"],
            Enum.GetValues<PositionCause>().Select(v => $"{v}={(int)v}"));
    }
}
