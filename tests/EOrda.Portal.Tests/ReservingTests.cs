using EOrda.Portal.Tests.Support;
using EOrda.Queues;
using Xunit;

namespace EOrda.Portal.Tests;

/// <summary>Taking a place, step by step, each test on a portal of its own.</summary>
public sealed class ReservingTests : IAsyncLifetime
{
    private readonly TestPortal portal = new();

    public async Task InitializeAsync()
    {
        await portal.InitializeAsync();
        portal.ItIs(7);
    }

    public async Task DisposeAsync() => await portal.DisposeAsync();

    [Fact]
    public async Task A_place_is_reserved_and_confirmed_into_a_referral()
    {
        var reserved = await portal.Reserve("A-1", "P-2");
        Assert.Equal((200, """{"places":["P-2"],"until":"2026-06-10T02:10:00.000Z"}"""), (reserved.Status, reserved.Text));
        var application = (await portal.Own("A-1")).Json;
        Assert.Equal(("P-2", "2026-06-10T02:10:00.000Z"), (application.GetProperty("place").GetString(), application.GetProperty("reservedUntil").GetString()));

        var confirmed = await portal.Ask(HttpMethod.Post, "A-1", "/reservation/confirmation");
        var referral = confirmed.Json.GetProperty("referrals")[0];
        Assert.Equal(("A-1", "2026-06-17T19:00:00.000Z"), (referral.GetProperty("application").GetString(), referral.GetProperty("validUntil").GetString()));
        Assert.Equal("ALMATY-2022-0001", referral.GetProperty("number").GetString());
        var live = (await portal.Own("A-1")).Json.GetProperty("referral");
        Assert.Equal(("2026-06-11T02:00:00.000Z", true), (live.GetProperty("cancellableUntil").GetString(), live.GetProperty("verified").GetBoolean()));
        Assert.Equal("referred", (await portal.Get(TestPortal.AddressOf("A-1"))).Json.GetProperty("status").GetString());
    }

    [Fact]
    public async Task Who_finds_a_place_gone_is_told_how_many_are_left_where_somebody_watches()
    {
        // All places are open to everyone by then.
        portal.ItIs(7, day: 15);
        await portal.Reserve("A-1", "P-1");
        Assert.Null(await LeftAsync("A-2", "P-1"));
        await using var browser = await LiveSocket.ConnectAsync(portal);
        await browser.InvokeAsync("Watch", TestPortal.Queue);
        Assert.Equal("2", await LeftAsync("A-2", "P-1"));
        Assert.Equal(200, (await portal.Reserve("A-3", "P-2")).Status);
        await browser.UpdateAsync();
        Assert.Equal("1", await LeftAsync("A-2", "P-1"));

        // What it says of now is not part of the answer: asked again with the same key, the answer is the first one, and what is left is another number.
        var first = await portal.Reserve("A-4", "P-2", key: "once");
        Assert.Equal(200, (await portal.Reserve("A-5", "P-3")).Status);
        portal.Clock.Advance(TimeSpan.FromMilliseconds(100));
        await browser.UpdateAsync();
        var again = await portal.Reserve("A-4", "P-2", key: "once");
        Assert.Equal(first.Text, again.Text);
        Assert.Equal(("1", "0"), (first.Header("Places-Available"), again.Header("Places-Available")));
        Assert.Null((await portal.Reserve("A-5", "P-1")).Header("Places-Available"));

        async Task<string?> LeftAsync(string application, string place)
        {
            var reply = await portal.Reserve(application, place);
            Assert.Equal((409, "place-taken"), (reply.Status, reply.Reason));
            return reply.Header("Places-Available");
        }
    }

    [Fact]
    public async Task A_number_from_before_the_release_is_not_told_after_it()
    {
        await using var own = new TestPortal { Options = ["--node:liveInterval", "5s"] };
        await own.InitializeAsync();
        own.ItIs(6, 59);
        await using var browser = await LiveSocket.ConnectAsync(own);
        await browser.InvokeAsync("Watch", TestPortal.Queue);

        // An update at 06:59:59.950 says that nothing is available; the next one comes only after what is asked at seven.
        own.Clock.Advance(TimeSpan.FromMilliseconds(59_950));
        await own.Order(new Withdraw("A-8"));
        await browser.UpdateAsync();
        own.Clock.Advance(TimeSpan.FromMilliseconds(50));
        Assert.Equal(200, (await own.Reserve("A-9", "P-1")).Status);
        var refused = await own.Reserve("A-1", "P-1");
        Assert.Equal(("place-taken", null), (refused.Reason, refused.Header("Places-Available")));
        await browser.UpdateAsync();
        Assert.Equal("2", (await own.Reserve("A-1", "P-1")).Header("Places-Available"));
    }

    [Fact]
    public async Task A_reservation_is_given_up()
    {
        await portal.Reserve("A-1", "P-1");
        var dropped = await portal.Ask(HttpMethod.Delete, "A-1", "/reservation");
        Assert.Equal((200, """{"availableAt":"2026-06-11T02:00:00.000Z"}"""), (dropped.Status, dropped.Text));
    }

    [Fact]
    public async Task A_referral_is_cancelled()
    {
        await portal.Reserve("A-1", "P-1");
        await portal.Ask(HttpMethod.Post, "A-1", "/reservation/confirmation");
        var cancelled = await portal.Ask(HttpMethod.Delete, "A-1", "/referral");
        Assert.Equal("""{"returnsAt":"2026-06-10T02:10:00.000Z","availableAt":"2026-06-11T02:00:00.000Z"}""", cancelled.Text);
    }

    [Fact]
    public async Task A_referral_is_extended_on_its_last_day()
    {
        await portal.Reserve("A-1", "P-1");
        await portal.Ask(HttpMethod.Post, "A-1", "/reservation/confirmation");
        Assert.Equal("not-last-day", (await portal.Ask(HttpMethod.Post, "A-1", "/referral/extension", """{"days":7}""")).Reason);
        portal.ItIs(12, day: 17);
        var tooLong = await portal.Ask(HttpMethod.Post, "A-1", "/referral/extension", """{"days":31}""");
        Assert.Equal((422, "bad-length"), (tooLong.Status, tooLong.Reason));
        var extended = await portal.Ask(HttpMethod.Post, "A-1", "/referral/extension", """{"days":7}""");
        Assert.Equal("""{"validUntil":"2026-06-24T19:00:00.000Z"}""", extended.Text);
    }

    [Fact]
    public async Task A_kindergarten_gives_its_first_suitable_place()
    {
        var reserved = await portal.Ask(HttpMethod.Post, "A-1", "/reservation", """{"kindergarten":"k-2"}""");
        Assert.Equal("P-3", reserved.Json.GetProperty("places")[0].GetString());
    }

    [Fact]
    public async Task Siblings_in_two_queues_get_places_of_one_kindergarten_together()
    {
        var body = $$"""{"kindergarten":"k-1","siblings":[{"application":"T-2","secret":"{{portal.SecretOf("T-2")}}"}]}""";
        var reserved = await portal.Ask(HttpMethod.Post, "T-1", "/reservation", body);
        Assert.Equal("""["P-1","N-1"]""", reserved.Json.GetProperty("places").GetRawText());
        var confirmed = await portal.Ask(HttpMethod.Post, "T-2", "/reservation/confirmation", queue: TestPortal.NextQueue);
        Assert.Equal(["T-1", "T-2"], confirmed.Json.GetProperty("referrals").EnumerateArray().Select(r => r.GetProperty("application").GetString()));
    }

    [Fact]
    public async Task A_sibling_without_its_secret_is_not_reserved_for()
    {
        var body = $$"""{"kindergarten":"k-1","siblings":[{"application":"T-2","secret":"{{portal.SecretOf("T-1")}}"}]}""";
        var reply = await portal.Ask(HttpMethod.Post, "T-1", "/reservation", body);
        Assert.Equal((401, "unauthorized"), (reply.Status, reply.Reason));
    }

    [Fact]
    public async Task Two_want_one_place_and_one_gets_it()
    {
        var replies = await Task.WhenAll(portal.Reserve("A-1", "P-1"), portal.Reserve("A-9", "P-1"));
        Assert.Equal([200, 409], replies.Select(r => r.Status).Order());
        Assert.Equal("place-taken", replies.Single(r => r.Status == 409).Reason);
    }

    [Theory]
    [InlineData("A-1", """{"place":"P-9"}""", 404, "unknown-place")]
    [InlineData("A-1", """{"kindergarten":"k-9"}""", 404, "unknown-kindergarten")]
    [InlineData("A-1", """{"place":"N-1"}""", 422, "wrong-queue")]
    [InlineData("A-8", """{"place":"P-1"}""", 403, "outside-window")]
    [InlineData("A-1", """{"kindergarten":"k-3"}""", 409, "no-place")]
    public async Task A_reservation_is_refused_with_the_reason(string application, string body, int status, string reason)
    {
        var reply = await portal.Ask(HttpMethod.Post, application, "/reservation", body);
        Assert.Equal((status, reason), (reply.Status, reply.Reason));
    }

    [Theory]
    [InlineData("POST", "/reservation/confirmation", 409, "no-reservation")]
    [InlineData("DELETE", "/reservation", 409, "no-reservation")]
    [InlineData("DELETE", "/referral", 409, "no-referral")]
    public async Task What_is_not_held_cannot_be_used(string method, string path, int status, string reason)
    {
        var reply = await portal.Ask(new HttpMethod(method), "A-1", path);
        Assert.Equal((status, reason), (reply.Status, reply.Reason));
    }

    [Fact]
    public async Task Nothing_is_reserved_in_the_freeze()
    {
        portal.ItIs(6, 45, day: 11);
        var reply = await portal.Reserve("A-1", "P-1");
        Assert.Equal((409, "frozen"), (reply.Status, reply.Reason));
    }

    [Fact]
    public async Task An_application_of_another_queue_is_not_known_here()
    {
        var reply = await portal.Ask(HttpMethod.Post, "A-1", "/reservation", """{"place":"N-1"}""", queue: TestPortal.NextQueue);
        Assert.Equal((404, "unknown-application"), (reply.Status, reply.Reason));
    }

    [Fact]
    public async Task A_key_asked_again_gets_the_first_answer()
    {
        var first = await portal.Reserve("A-1", "P-1", key: "press-1");
        portal.ItIs(7, 5);
        var again = await portal.Reserve("A-1", "P-1", key: "press-1");
        Assert.Equal((200, first.Text), (again.Status, again.Text));
        Assert.Equal("already-holding", (await portal.Reserve("A-1", "P-1", key: "press-2")).Reason);
    }

    [Fact]
    public async Task A_key_of_another_command_is_refused()
    {
        await portal.Reserve("A-1", "P-1", key: "press-1");
        var reply = await portal.Reserve("A-1", "P-2", key: "press-1");
        Assert.Equal((422, "key-reused"), (reply.Status, reply.Reason));
    }

    [Fact]
    public async Task Two_applications_may_use_one_key()
    {
        Assert.Equal(200, (await portal.Reserve("A-1", "P-1", key: "same")).Status);
        Assert.Equal(200, (await portal.Reserve("A-9", "P-2", key: "same")).Status);
    }
}
