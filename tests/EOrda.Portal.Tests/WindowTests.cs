using EOrda.Portal.Tests.Support;
using EOrda.Queues;
using Xunit;

namespace EOrda.Portal.Tests;

/// <summary>
/// Whether a family is told rightly that it may take a place in priority access. The order of the queue is A-9, A-1, A-2, … A-8, T-1; its three places are in
/// priority access from 07:00 on. T-2, T-1's sibling, is the first of the next queue, which has one place.
/// </summary>
public sealed class WindowTests : IAsyncLifetime
{
    private readonly TestPortal portal = new();

    public async Task InitializeAsync() => await portal.InitializeAsync();

    public async Task DisposeAsync() => await portal.DisposeAsync();

    [Fact]
    public async Task A_family_in_the_window_is_told_its_rank_and_that_it_may()
    {
        portal.ItIs(7);
        Assert.Equal("""{"rank":3,"size":3,"may":true,"reason":null,"until":null}""", await WindowOf("A-2"));
        Assert.Equal("""{"rank":4,"size":3,"may":false,"reason":"outside-window","until":null}""", await WindowOf("A-3"));
    }

    [Fact]
    public async Task A_family_behind_those_who_hold_or_are_at_a_limit_is_in_the_window_whatever_its_position()
    {
        await portal.Order(new FreePlace("P-4", "k-2", TestPortal.Queue, Age: null));
        portal.ItIs(7, day: 11);
        await ReserveAndDrop("A-1", "P-2");
        await ReserveAndDrop("A-1", "P-3");
        await ReserveAndDrop("A-1", "P-4");
        Assert.Equal(200, (await portal.Reserve("A-9", "P-1")).Status);

        // Three were given up today, and two are ahead who hold a place or may take none.
        var look = (await Own("A-4")).Json;
        Assert.Equal(5, look.GetProperty("position").GetInt32());
        Assert.Equal("""{"rank":3,"size":3,"may":true,"reason":null,"until":null}""", look.GetProperty("window").GetRawText());
        Assert.Equal("outside-window", (await Own("A-5")).Json.GetProperty("window").GetProperty("reason").GetString());
    }

    [Fact]
    public async Task A_family_at_a_limit_is_told_that_it_may_not_and_why_and_until_when()
    {
        portal.ItIs(7);
        foreach (var place in new[] { "P-1", "P-2", "P-3" })
        {
            Assert.Equal(200, (await portal.Reserve("A-9", place)).Status);
            await portal.Ask(HttpMethod.Delete, "A-9", "/reservation");
        }

        Assert.Equal("""{"rank":1,"size":3,"may":false,"reason":"lapse-limit","until":"2026-06-10T19:00:00.000Z"}""", await WindowOf("A-9"));
        portal.ItIs(0, day: 11);
        Assert.Equal("""{"rank":1,"size":0,"may":false,"reason":"outside-window","until":null}""", await WindowOf("A-9"));
        portal.ItIs(7, day: 11);
        Assert.Equal("""{"rank":1,"size":3,"may":true,"reason":null,"until":null}""", await WindowOf("A-9"));
    }

    [Fact]
    public async Task A_family_that_holds_a_place_is_told_until_when()
    {
        portal.ItIs(7);
        await portal.Reserve("A-1", "P-1");
        Assert.Equal("""{"rank":2,"size":2,"may":false,"reason":"already-holding","until":"2026-06-10T02:10:00.000Z"}""", await WindowOf("A-1"));
    }

    [Fact]
    public async Task Nobody_may_before_the_release()
    {
        Assert.Equal("""{"rank":1,"size":0,"may":false,"reason":"outside-window","until":null}""", await WindowOf("A-9"));
        portal.ItIs(6, 30);
        Assert.Equal("""{"rank":1,"size":0,"may":false,"reason":"frozen","until":"2026-06-10T02:00:00.000Z"}""", await WindowOf("A-9"));
    }

    [Fact]
    public async Task One_that_does_not_wait_stands_to_no_window()
    {
        await portal.Order(new Withdraw("A-1"));
        Assert.Equal("null", await WindowOf("A-1"));
    }

    [Fact]
    public async Task Siblings_may_when_one_of_them_is_in_the_window_of_its_own_queue()
    {
        portal.ItIs(7);
        Assert.Equal("""{"may":false,"reason":"outside-window","until":null}""", (await Together("T-1")).Text);
        Assert.Equal("""{"may":true,"reason":null,"until":null}""", (await Together("T-1", "2023/T-2")).Text);
        await portal.Ask(HttpMethod.Post, "T-2", "/reservation", """{"place":"N-1"}""", queue: TestPortal.NextQueue);
        Assert.Equal("""{"may":false,"reason":"already-holding","until":"2026-06-10T02:10:00.000Z"}""", (await Together("T-1", "2023/T-2")).Text);
        await portal.Order(new Confirm("T-2"));
        Assert.Equal("""{"may":false,"reason":"referred","until":"2026-06-17T19:00:00.000Z"}""", (await Together("T-1", "2023/T-2")).Text);
    }

    [Theory]
    [InlineData("2022/A-2")]
    [InlineData("2022/A-1")]
    public async Task Strangers_and_one_named_twice_are_no_siblings_and_nothing_else_is_told_of_them(string sibling)
    {
        await portal.Order(new Withdraw("A-2"));
        Assert.Equal("""{"may":false,"reason":"not-siblings","until":null}""", (await Together("A-1", sibling)).Text);
    }

    [Fact]
    public async Task Whether_siblings_may_is_told_to_who_has_the_secret_only()
    {
        Assert.Equal((401, "unauthorized"), await Refused($"{TestPortal.AddressOf("T-1")}/window?sibling=2023/T-2"));
        Assert.Equal("""{"may":false,"reason":"not-siblings","until":null}""", (await Together("T-1", "2023/nobody")).Text);
    }

    [Theory]
    [InlineData("T-2")]
    [InlineData("year/T-2")]
    [InlineData("2023/")]
    [InlineData("2023/T-2", "2023/T-2", "2023/T-2", "2023/T-2", "2023/T-2", "2023/T-2", "2023/T-2", "2023/T-2")]
    public async Task What_cannot_name_siblings_is_refused_and_the_parameter_named(params string[] siblings)
    {
        var reply = await Together("T-1", siblings);
        Assert.Equal((400, "bad-input", "sibling"), (reply.Status, reply.Reason, reply.Json.GetProperty("field").GetString()));
    }

    private async Task ReserveAndDrop(string application, string place)
    {
        Assert.Equal(200, (await portal.Reserve(application, place)).Status);
        Assert.Equal(200, (await portal.Ask(HttpMethod.Delete, application, "/reservation")).Status);
    }

    private async Task<(int Status, string? Reason)> Refused(string address)
    {
        var reply = await portal.Get(address);
        return (reply.Status, reply.Reason);
    }

    private async Task<string> WindowOf(string application) => (await Own(application)).Json.GetProperty("window").GetRawText();

    private Task<Reply> Own(string application) => portal.Ask(HttpMethod.Get, application, "?changes=0");

    private Task<Reply> Together(string application, params string[] siblings) =>
        portal.Ask(HttpMethod.Get, application, "/window" + (siblings.Length == 0 ? "" : "?" + string.Join('&', siblings.Select(sibling => $"sibling={Uri.EscapeDataString(sibling)}"))));
}
