using EOrda.Portal.Tests.Support;
using EOrda.Queues;
using Xunit;

namespace EOrda.Portal.Tests;

/// <summary>What an application tells of itself, and to whom (docs/security.md, attacks 15 and 16).</summary>
public sealed class LookingTests(TestPortal portal) : IClassFixture<TestPortal>
{
    private const string Special = "almaty/special/2022";
    private const string NobodysSecret = "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";

    public static TheoryData<string, string> BadProofs => new()
    {
        { "Bearer " + NobodysSecret, "wrong" },
        { "Bearer " + new string('!', 43), "malformed" },
        { "Bearer short", "malformed" },
        { "Bearer", "malformed" },
        { "Basic QTpB", "malformed" },
    };

    [Fact]
    public async Task Without_its_secret_an_application_tells_what_a_register_shows_and_no_more()
    {
        var reply = await portal.Get(TestPortal.AddressOf("A-3"));
        Assert.Equal(["application", "queue", "at", "status", "position", "waiting"], reply.Json.EnumerateObject().Select(p => p.Name));
        Assert.Equal(("waiting", 4, 10), (reply.Json.GetProperty("status").GetString(), reply.Json.GetProperty("position").GetInt32(), reply.Json.GetProperty("waiting").GetInt32()));
    }

    [Fact]
    public async Task With_its_secret_it_tells_all()
    {
        var own = (await portal.Own("A-9")).Json;
        Assert.Equal("first-priority", own.GetProperty("category").GetString());
        foreach (var field in (string[])["submitted", "place", "reservedUntil", "standing", "changes", "cause", "until"])
        {
            Assert.True(own.TryGetProperty(field, out _), field);
        }
    }

    [Theory]
    [MemberData(nameof(BadProofs))]
    public async Task A_proof_that_is_not_right_is_refused_and_counted_by_its_kind(string authorization, string kind)
    {
        using var failures = Failures();
        Assert.Equal((401, "unauthorized"), Shown(await portal.Own("A-3", authorization: authorization)));
        using var command = new HttpRequestMessage(HttpMethod.Delete, TestPortal.AddressOf("A-3") + "/reservation");
        command.Headers.TryAddWithoutValidation("Authorization", authorization);
        Assert.Equal((401, "unauthorized"), Shown(await portal.Send(command)));
        Assert.Equal([kind, kind], failures.Tags);
    }

    [Fact]
    public async Task A_command_without_any_proof_is_counted_and_a_look_without_one_is_not()
    {
        using var failures = Failures();
        Assert.Equal(200, (await portal.Get(TestPortal.AddressOf("A-3"))).Status);
        Assert.Empty(failures.Tags);
        using var command = new HttpRequestMessage(HttpMethod.Delete, TestPortal.AddressOf("A-3") + "/reservation");
        Assert.Equal(401, (await portal.Send(command)).Status);
        Assert.Equal("missing", Assert.Single(failures.Tags));
    }

    [Fact]
    public async Task The_windows_query_without_the_right_secret_is_counted()
    {
        using var failures = Failures();
        Assert.Equal((401, "unauthorized"), Shown(await portal.Get(TestPortal.AddressOf("A-3") + "/window")));
        Assert.Equal((401, "unauthorized"), Shown(await portal.Get($"{TestPortal.AddressOf("A-3")}/window?sibling=x")));
        Assert.Equal(["missing", "missing"], failures.Tags);
    }

    [Fact]
    public async Task A_siblings_wrong_secret_is_counted()
    {
        using var failures = Failures();
        var body = $$"""{"kindergarten":"k-1","siblings":[{"application":"T-2","secret":"{{NobodysSecret}}"}]}""";
        Assert.Equal(401, (await portal.Ask(HttpMethod.Post, "T-1", "/reservation", body)).Status);
        Assert.Equal("wrong", Assert.Single(failures.Tags));
    }

    [Fact]
    public async Task Whoever_goes_through_other_peoples_applications_is_slowed_down_and_owners_are_not()
    {
        await using var slow = new TestPortal { Options = ["--admission:lookRate", "1", "--admission:lookBurst", "3"] };
        await slow.InitializeAsync();
        var looks = new List<Reply>();
        for (var i = 1; i <= 9; i++)
        {
            looks.Add(await slow.Get(TestPortal.AddressOf($"A-{i}")));
        }

        Assert.All(looks.Take(3), look => Assert.Equal(200, look.Status));
        var refused = looks.First(look => look.Status != 200);
        Assert.Equal((429, "too-many-requests"), Shown(refused));
        Assert.NotNull(refused.Header("Retry-After"));
        Assert.Equal(429, (await slow.Own("A-1", authorization: "Bearer " + NobodysSecret)).Status);
        for (var i = 0; i < 9; i++)
        {
            Assert.Equal(200, (await slow.Own("A-1")).Status);
        }

        Assert.Equal(200, (await slow.Get($"/api/queues/{TestPortal.Queue}")).Status);
    }

    [Fact]
    public async Task A_queue_that_tells_of_health_does_not_tell_what_became_of_a_place_that_somebody_has()
    {
        await using var own = new TestPortal();
        await own.InitializeAsync();
        await own.Order(new FreePlace("SP-1", "k-3", Special, Age: null));
        await own.Order(new FreePlace("SP-2", "k-3", Special, Age: null));
        own.ItIs(7, day: 11);
        await using var browser = await LiveSocket.ConnectAsync(own);
        await browser.InvokeAsync("Watch", Special);
        Assert.Equal(200, (await own.Ask(HttpMethod.Post, "S-1", "/reservation", """{"place":"SP-1"}""", queue: Special)).Status);
        own.Clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Contains(LiveNumbers.Places(await browser.UpdateAsync()), place => place.Number == 0);
        var reserved = await PlacesAsync();
        Assert.Equal("""{"number":0,"place":"SP-1","kindergarten":"k-3","state":"reserved","access":null,"from":null}""", reserved[0]);

        // The application leaves the order with its referral: of the place nothing is told at that instant.
        Assert.Equal(200, (await own.Ask(HttpMethod.Post, "S-1", "/reservation/confirmation", queue: Special)).Status);
        own.Clock.Advance(TimeSpan.FromSeconds(1));
        var update = await browser.UpdateAsync();
        Assert.True(update.TryGetProperty("d", out _));
        Assert.False(update.TryGetProperty("s", out _));
        Assert.Equal(reserved, await PlacesAsync());
        var counts = (await own.Get($"/api/queues/{Special}")).Json.GetProperty("places");
        Assert.Equal((1, 0), (counts.GetProperty("reserved").GetInt32(), counts.GetProperty("referred").GetInt32()));

        async Task<List<string>> PlacesAsync() =>
            [.. (await own.Get($"/api/queues/{Special}/places")).Json.GetProperty("places").EnumerateArray().Select(place => place.GetRawText())];
    }

    private static (int Status, string? Reason) Shown(Reply reply) => (reply.Status, reply.Reason);

    private Counted Failures() => new(portal, "eorda.proof.failures", "kind");
}
