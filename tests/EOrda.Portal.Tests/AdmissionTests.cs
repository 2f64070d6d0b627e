using System.Net;
using EOrda.Actors;
using EOrda.Actors.Queries;
using EOrda.Portal.Admission;
using EOrda.Portal.Tests.Support;
using EOrda.Queues.Names;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace EOrda.Portal.Tests;

/// <summary>What is too much is refused at once, and what is inside goes on.</summary>
public sealed class AdmissionTests
{
    [Theory]
    [InlineData("kk", "Порталға жүктеме көп")]
    [InlineData("ru", "Портал перегружен")]
    [InlineData("en", "The portal is overloaded")]
    public async Task More_than_may_be_under_way_is_refused_and_what_is_inside_is_answered(string language, string title)
    {
        await using var portal = new TestPortal { Options = ["--admission:requests", "16"] };
        await portal.InitializeAsync();
        portal.ItIs(7);
        using var inside = new CountdownEvent(16);
        var goOn = new TaskCompletionSource();
        portal.Node.BeforeAsk = _ =>
        {
            inside.Signal();
            return goOn.Task;
        };
        var asked = Enumerable.Range(0, 16).Select(i => portal.Reserve("A-1", "P-1", key: $"press-{i}")).ToList();
        Assert.True(inside.Wait(TimeSpan.FromMinutes(2)));
        using var request = portal.Request(HttpMethod.Post, "A-2", "/reservation", """{"place":"P-2"}""");
        request.Headers.Add("Accept-Language", language);
        var refused = await portal.Send(request);
        Assert.Equal((503, "busy", title), (refused.Status, refused.Reason, refused.Json.GetProperty("title").GetString()));
        Assert.InRange(refused.Response.Headers.RetryAfter!.Delta!.Value.TotalSeconds, 1, 2);
        Assert.Equal(language, refused.Response.Content.Headers.ContentLanguage.Single());
        Assert.Equal((503, "busy"), Told(await portal.Get("/api/time")));

        // Who watches over it, and who only wants the page, is not turned away.
        Assert.Equal(200, (await portal.Get("/health/ready")).Status);
        Assert.Equal(200, (await portal.Get("/")).Status);
        await using (var browser = await LiveSocket.ConnectAsync(portal))
        {
            await browser.InvokeAsync("Watch", TestPortal.Queue);
        }

        goOn.SetResult();
        portal.Node.BeforeAsk = _ => Task.CompletedTask;
        Assert.Single(await Task.WhenAll(asked), reply => reply.Status == 200);
        Assert.Equal(200, (await portal.Reserve("A-2", "P-2")).Status);
    }

    [Fact]
    public async Task All_together_ask_no_faster_than_they_may()
    {
        // A fifth of a second's commands at once, then five a second.
        await using var portal = new TestPortal { Options = ["--admission:commandRate", "5"] };
        await portal.InitializeAsync();
        portal.ItIs(7);
        var replies = new List<Reply>();
        for (var i = 1; i <= 9; i++)
        {
            replies.Add(await portal.Reserve($"A-{i}", "P-1"));
        }

        Assert.NotEqual(503, replies[0].Status);
        Assert.Contains(replies.Skip(1), reply => Told(reply) == (503, "busy"));
        Assert.Equal(200, (await portal.Get("/api/time")).Status);
    }

    [Fact]
    public async Task An_application_that_asks_too_fast_is_told_when_to_come_again_and_no_other_is()
    {
        await using var portal = new TestPortal { Options = ["--admission:applicationRate", "1", "--admission:applicationBurst", "3"] };
        await portal.InitializeAsync();
        portal.ItIs(7);
        var statuses = new List<Reply>();
        for (var i = 0; i < 6; i++)
        {
            statuses.Add(await portal.Reserve("A-1", "P-1"));
        }

        Assert.All(statuses.Take(3), reply => Assert.NotEqual(429, reply.Status));
        var refused = statuses.First(reply => reply.Status == 429);
        Assert.Equal((429, "too-many-requests", 1), (refused.Status, refused.Reason, refused.Response.Headers.RetryAfter!.Delta!.Value.TotalSeconds));
        Assert.Equal(200, (await portal.Reserve("A-2", "P-2")).Status);

        // Whoever has not proved to be the application does not use its rate up.
        for (var i = 0; i < 6; i++)
        {
            using var request = portal.Request(HttpMethod.Post, "A-3", "/reservation", """{"place":"P-3"}""");
            request.Headers.Authorization = new("Bearer", portal.SecretOf("A-1"));
            Assert.Equal(401, (await portal.Send(request)).Status);
        }

        Assert.NotEqual(429, (await portal.Reserve("A-3", "P-3")).Status);
    }

    [Fact]
    public async Task An_address_that_asks_too_fast_is_refused_and_another_behind_a_known_proxy_is_not()
    {
        await using var portal = new TestPortal { Options = ["--admission:addressRate", "1", "--admission:addressBurst", "3", "--proxies", "127.0.0.1;10.0.0.0/8"] };
        await portal.InitializeAsync();
        var replies = new List<Reply>();
        for (var i = 0; i < 6; i++)
        {
            replies.Add(await From("203.0.113.7"));
        }

        Assert.All(replies.Take(3), reply => Assert.Equal(200, reply.Status));
        var refused = replies.First(reply => reply.Status == 429);
        Assert.Equal("too-many-requests", refused.Reason);
        Assert.NotNull(refused.Response.Headers.RetryAfter);
        Assert.Equal(200, (await From("203.0.113.8")).Status);
        Assert.Equal(200, (await portal.Get("/health/live")).Status);

        async Task<Reply> From(string address)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, "/api/time");
            request.Headers.Add("X-Forwarded-For", address);
            return await portal.Send(request);
        }
    }

    [Fact]
    public async Task Nobody_is_believed_who_is_no_known_proxy()
    {
        await using var portal = new TestPortal { Options = ["--admission:addressRate", "1", "--admission:addressBurst", "3", "--proxies", "10.0.0.0/8"] };
        await portal.InitializeAsync();
        var statuses = new List<int>();
        for (var i = 0; i < 6; i++)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, "/api/time");
            request.Headers.Add("X-Forwarded-For", $"203.0.113.{i}");
            statuses.Add((await portal.Send(request)).Status);
        }

        Assert.Contains(429, statuses);
    }

    [Fact]
    public async Task A_feed_reads_its_state_anew_while_as_much_is_under_way_as_may_be()
    {
        await using var portal = new TestPortal();
        await portal.InitializeAsync();
        var (queues, work) = (portal.Services.GetRequiredService<IQueues>(), portal.Services.GetRequiredService<WorkInFlight>());
        while (work.TryEnter())
        {
        }

        var queue = new QueueKey("almaty", Kind.General, "2022");
        await Assert.ThrowsAsync<BusyException>(() => queues.Query(queue, new SizeQuery()).AsTask());
        Assert.Equal(3, (await queues.Query(queue, new SnapshotQuery())).Places.Count);
    }

    [Fact]
    public void A_bucket_gives_its_burst_and_then_its_rate()
    {
        var time = new FakeTimeProvider();
        var table = new RateTable(kept: 16, perSecond: 2, burst: 3, time);
        Assert.Equal([null, null, null], Enumerable.Range(0, 3).Select(_ => table.Take(1)));
        Assert.Equal(TimeSpan.FromSeconds(0.5), table.Take(1));
        Assert.Null(table.Take(2));
        time.Advance(TimeSpan.FromSeconds(0.5));
        Assert.Null(table.Take(1));
        Assert.NotNull(table.Take(1));
        time.Advance(TimeSpan.FromHours(1));
        Assert.Equal([null, null, null], Enumerable.Range(0, 3).Select(_ => table.Take(1)));
        Assert.NotNull(table.Take(1));
    }

    [Fact]
    public void As_many_rates_are_kept_as_there_is_room_for_and_an_idle_one_gives_way()
    {
        var time = new FakeTimeProvider();
        var table = new RateTable(kept: 4, perSecond: 1, burst: 1, time);
        Assert.Equal(4, table.Capacity);
        Assert.All(Enumerable.Range(1, 4), key => Assert.Null(table.Take(key)));

        // There is no room for a fifth: it shares with one that has used its own up.
        Assert.NotNull(table.Take(5));
        time.Advance(TimeSpan.FromSeconds(1));
        Assert.All(Enumerable.Range(5, 4), key => Assert.Null(table.Take(key)));
        Assert.NotNull(table.Take(5));
    }

    [Fact]
    public void Of_more_addresses_than_rates_are_kept_some_share_one()
    {
        var addresses = Enumerable.Range(1, 200).Select(i => new IPAddress([203, 0, 113, (byte)i])).ToList();
        Assert.Equal(4, Answered(kept: 4));
        Assert.InRange(Answered(kept: 65_536), 190, 200);

        int Answered(int kept)
        {
            var rates = new Rates(new AdmissionLimits { RatesKept = kept, AddressRate = 1, AddressBurst = 1 }, new FakeTimeProvider());
            return addresses.Count(address => rates.TakeOfAddress(Callers.KeyOf(address)) is null);
        }
    }

    [Fact]
    public void An_address_of_the_sixth_version_is_one_with_its_neighbours()
    {
        var rates = new Rates(new AdmissionLimits { AddressRate = 1, AddressBurst = 1 }, new FakeTimeProvider());
        Assert.Null(rates.TakeOfAddress(Callers.KeyOf(IPAddress.Parse("2001:db8::1"))));
        Assert.NotNull(rates.TakeOfAddress(Callers.KeyOf(IPAddress.Parse("2001:db8::2"))));
        Assert.Null(rates.TakeOfAddress(Callers.KeyOf(IPAddress.Parse("2001:db8:0:1::1"))));
        Assert.Null(rates.TakeOfAddress(Callers.KeyOf(IPAddress.Parse("203.0.113.1"))));
        Assert.NotNull(rates.TakeOfAddress(Callers.KeyOf(IPAddress.Parse("203.0.113.1"))));
        Assert.Null(rates.TakeOfAddress(Callers.KeyOf(IPAddress.Parse("203.0.113.2"))));
        Assert.Null(rates.TakeOfAddress(Callers.KeyOf(address: null)));
    }

    [Fact]
    public void Where_commands_wait_too_long_as_many_are_let_in_as_are_decided_in_that_time()
    {
        var time = new FakeTimeProvider();
        var work = new WorkInFlight(new AdmissionLimits { Requests = 10_000, Wait = TimeSpan.FromMilliseconds(200) }, time);
        Assert.Equal(10_000, work.Limit);

        // A moment in which everything stood still closes nothing.
        Decide(1, waited: 3_000, within: 3_000);
        Assert.Equal(10_000, work.Limit);
        Decide(100, waited: 100, within: 100);
        Assert.Equal(10_000, work.Limit);

        // Nor does what is left of it: forty that were waiting are decided at once, and a second later one that has just come.
        Decide(1, waited: 1_500, within: 1_500);
        Decide(39, waited: 1_500, within: 0);
        Decide(1, waited: 1, within: 1_500);
        Assert.Equal(10_000, work.Limit);

        // 100 in a tenth of a second that waited 300 ms, and 100 once more: a thousand a second, and 200 in the wait that is wanted.
        Decide(100, waited: 300, within: 100);
        Assert.Equal(10_000, work.Limit);
        Decide(100, waited: 300, within: 100);
        Assert.Equal(200, work.Limit);
        Assert.Equal(200, Enumerable.Range(0, 300).Count(_ => work.TryEnter()));
        Assert.Equal(200, work.Count);
        Assert.True(work.IsFull);
        work.Leave();
        Assert.False(work.IsFull);
        Assert.True(work.TryEnter());

        // It never closes wholly, and opens again while they wait less.
        Decide(1, waited: 5_000, within: 100);
        Assert.Equal(64, work.Limit);
        var before = work.Limit;
        Decide(10, waited: 10, within: 100);
        Assert.True(work.Limit > before);
        Decide(10, waited: 10, within: 60_000);
        Assert.Equal(10_000, work.Limit);

        void Decide(int count, int waited, int within)
        {
            for (var i = 1; i <= count; i++)
            {
                if (i == count)
                {
                    // The last of them finds that a window is over.
                    time.Advance(TimeSpan.FromMilliseconds(within));
                }

                work.Decided(time.GetTimestamp() - (long)(waited / 1_000.0 * time.TimestampFrequency));
            }
        }
    }

    [Fact]
    public void The_limit_grows_again_with_time_though_nothing_is_decided()
    {
        var time = new FakeTimeProvider();
        var work = new WorkInFlight(new AdmissionLimits { Requests = 10_000, Wait = TimeSpan.FromMilliseconds(200) }, time);
        for (var window = 0; window < 2; window++)
        {
            time.Advance(TimeSpan.FromMilliseconds(100));
            work.Decided(work.Now - time.TimestampFrequency);
        }

        Assert.Equal(64, work.Limit);
        time.Advance(TimeSpan.FromSeconds(1));
        Assert.InRange(work.Limit, 65, 9_999);
        time.Advance(TimeSpan.FromSeconds(10));
        Assert.Equal(10_000, work.Limit);
    }

    [Fact]
    public void A_key_has_so_much_open_and_no_more_and_who_has_none_is_not_counted()
    {
        var table = new CountTable(kept: 16, most: 2);
        Assert.Equal([true, true, false, false], Enumerable.Range(0, 4).Select(_ => table.TryEnter(1)));
        Assert.True(table.TryEnter(2));
        table.Leave(1);
        Assert.True(table.TryEnter(1));
        Assert.False(table.TryEnter(1));
        Assert.All(Enumerable.Range(0, 4), _ => Assert.True(table.TryEnter(key: null)));
        table.Leave(key: null);
    }

    private static (int Status, string? Reason) Told(Reply reply) => (reply.Status, reply.Status == 200 ? null : reply.Reason);
}
