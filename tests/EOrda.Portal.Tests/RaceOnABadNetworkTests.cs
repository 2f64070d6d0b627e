using System.Diagnostics;
using EOrda.Portal.Tests.Support;
using Microsoft.Playwright;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace EOrda.Portal.Tests;

/// <summary>The race page behind a network that refuses, swallows and cuts.</summary>
public sealed class RaceOnABadNetworkTests : IAsyncLifetime
{
    private const string Place = "P-3";
    private readonly TestPortal portal = new();
    private BadNetwork network = null!;
    private RaceBrowser browser = null!;

    public async Task InitializeAsync()
    {
        await portal.InitializeAsync();
        portal.ItIs(6, 59);
        network = BadNetwork.Before(portal);
        if (ChromiumFactAttribute.Executable is not null)
        {
            browser = await RaceBrowser.StartAsync();
        }
    }

    public async Task DisposeAsync()
    {
        await (browser?.DisposeAsync() ?? default);
        await network.DisposeAsync();
        await portal.DisposeAsync();
    }

    [ChromiumFact]
    public async Task Where_websockets_are_refused_the_page_reads_by_asking_and_says_that_it_is_not_live()
    {
        network.Decide = request => request.IsUpgrade ? Fate.Answer(403) : Fate.Pass;
        var page = await PlayAsync("A-1");
        await Expect(News(page)).ToHaveTextAsync("not live, asked every 2 seconds");
        await Expect(page.GetByTestId("position")).ToHaveTextAsync("2");
        await Expect(page.Locator(".position")).ToContainTextAsync("of 10");
        await Expect(PlaceOn(page)).ToHaveAttributeAsync("data-state", "locked");

        // What has not changed is told by its tag alone.
        await Eventually(() => network.Seen.Any(r => r.Path.Contains("/places", StringComparison.Ordinal) && r.Answered == 304));
        await Eventually(() => network.Seen.Any(r => r.Path.Contains("/applications/A-1", StringComparison.Ordinal) && r.Answered == 304));

        portal.ItIs(7);
        await Expect(PlaceOn(page)).ToHaveAttributeAsync("data-state", "available");
        await PlaceOn(page).GetByRole(AriaRole.Button).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Status).Filter(new() { HasText = Place })).ToBeVisibleAsync();
        await Expect(PlaceOn(page)).ToHaveAttributeAsync("data-state", "reserved");

        // It goes on trying, and when it may it is live.
        network.Decide = _ => Fate.Pass;
        await Expect(News(page)).ToHaveTextAsync("live");
        Assert.Empty(browser.Complaints);
    }

    [ChromiumFact]
    public async Task While_nothing_is_known_of_a_queue_the_page_says_neither_none_nor_zero()
    {
        network.Decide = request => request.IsUpgrade || request.Path.StartsWith("/api/queues", StringComparison.Ordinal) ? Fate.Lose : Fate.Pass;
        var page = await browser.TabAsync("en-GB");
        await RaceBrowser.ShowAsync(page, network.Address);
        await RaceBrowser.EnterAsync(page, "A-1", portal.SecretOf("A-1"));
        await Expect(News(page)).ToHaveTextAsync("no answer from the portal yet");
        await Expect(page.Locator(".own")).ToContainTextAsync("Waiting for the portal");
        await Expect(page.Locator(".places")).ToContainTextAsync("Waiting for the portal");
        var said = await page.Locator("body").InnerTextAsync();
        Assert.DoesNotContain("free: 0", said, StringComparison.Ordinal);
        Assert.DoesNotContain("waiting: 0", said, StringComparison.Ordinal);
        Assert.DoesNotContain("no such places", said, StringComparison.Ordinal);
        Assert.DoesNotContain("of 0", said, StringComparison.Ordinal);

        network.Decide = _ => Fate.Pass;
        await Expect(page.GetByTestId("position")).ToHaveTextAsync("2");
        await Expect(PlaceOn(page)).ToBeVisibleAsync();
    }

    [ChromiumFact]
    public async Task A_connection_that_is_cut_is_made_again_and_the_time_of_the_latest_news_is_told_meanwhile()
    {
        var page = await PlayAsync("A-1");
        await Expect(News(page)).ToHaveTextAsync("live");
        network.Decide = _ => Fate.Cut;
        network.Cut();
        await Expect(News(page)).ToContainTextAsync("no answer since 06:59:");
        await Expect(PlaceOn(page)).ToHaveAttributeAsync("data-state", "locked");
        portal.ItIs(7);
        network.Decide = _ => Fate.Pass;
        await Expect(News(page)).ToHaveTextAsync("live");
        await Expect(PlaceOn(page)).ToHaveAttributeAsync("data-state", "available");
    }

    [ChromiumFact]
    public async Task Where_news_no_longer_comes_by_itself_the_page_still_tells_who_may_take_a_place_in_priority_access()
    {
        var page = await PlayAsync("A-1");
        await Expect(News(page)).ToHaveTextAsync("live");
        await Expect(page.Locator(".own .window")).ToContainTextAsync("No places are in priority access now.");
        network.Decide = request => request.IsUpgrade ? Fate.Answer(403) : Fate.Pass;
        network.Cut();
        portal.ItIs(7);
        await Expect(page.Locator(".own .window")).ToContainTextAsync("You are among the first 3.");
        Assert.Equal(200, (await portal.Reserve("A-2", "P-1")).Status);
        await Expect(page.Locator(".own .window")).ToContainTextAsync("You are among the first 2.");
    }

    [ChromiumTheory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_press_that_is_swallowed_is_asked_again_with_the_same_key_and_counts_once(bool forwards)
    {
        portal.ItIs(7);
        var swallowed = 0;
        network.Decide = request =>
            request.IsCommand && Interlocked.Increment(ref swallowed) == 1 ? forwards ? Fate.LoseAnswer : Fate.Lose : Fate.Pass;
        var page = await PlayAsync("A-1");
        await PlaceOn(page).GetByRole(AriaRole.Button).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Status).Filter(new() { HasText = "Waiting for the portal" })).ToBeVisibleAsync();
        await Expect(page.Locator(".notice.reserved")).ToContainTextAsync(Place);
        await Expect(page.Locator(".held")).ToContainTextAsync(Place);
        var keys = network.Seen.Where(r => r.IsCommand).Select(r => r.Header("Idempotency-Key")).ToList();
        Assert.Equal(2, keys.Count);
        Assert.Single(keys.Distinct());
    }

    [ChromiumFact]
    public async Task On_a_slow_network_a_press_says_that_it_waits_and_is_sent_once()
    {
        portal.ItIs(7);
        network.Decide = request => request.IsCommand ? Fate.Late(TimeSpan.FromSeconds(2)) : Fate.Pass;
        var page = await PlayAsync("A-1");
        await PlaceOn(page).GetByRole(AriaRole.Button).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Status).Filter(new() { HasText = "Waiting for the portal" })).ToBeVisibleAsync();
        await Expect(page.Locator(".notice.reserved")).ToContainTextAsync(Place);
        Assert.Single(network.Seen, r => r.IsCommand);
    }

    [ChromiumFact]
    public async Task A_press_without_any_answer_is_told_to_be_unknown_and_the_page_finds_out_what_became_of_it()
    {
        portal.ItIs(7);
        var page = await PlayAsync("A-1");
        network.Decide = request => request.IsCommand ? Fate.LoseAnswer : Fate.Lose;
        network.Cut();
        await PlaceOn(page).GetByRole(AriaRole.Button).ClickAsync();
        var unknown = page.GetByRole(AriaRole.Alert).Filter(new() { HasText = "No answer. The portal has not answered for 30 seconds." });
        await Expect(unknown).ToContainTextAsync("a child never holds two places");

        // As soon as the portal answers at all, the page says which it was.
        await Expect(PlaceOn(page).GetByRole(AriaRole.Button)).ToHaveAttributeAsync("aria-disabled", "false");
        network.Decide = _ => Fate.Pass;
        await Expect(page.Locator(".notice.settled")).ToContainTextAsync("The press was taken.");
        await Expect(page.Locator(".held")).ToContainTextAsync(Place);
    }

    [ChromiumFact]
    public async Task Who_presses_again_after_an_unknown_answer_asks_with_the_same_key()
    {
        portal.ItIs(7);
        var page = await PlayAsync("A-1");
        network.Decide = request => request.IsCommand ? Fate.LoseAnswer : Fate.Lose;
        network.Cut();
        await PlaceOn(page).GetByRole(AriaRole.Button).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Alert).Filter(new() { HasText = "No answer" })).ToBeVisibleAsync();
        network.Decide = request => request.IsCommand ? Fate.Pass : Fate.Lose;
        await PlaceOn(page).GetByRole(AriaRole.Button).ClickAsync();
        await Expect(page.Locator(".notice.reserved")).ToContainTextAsync(Place);
        Assert.Single(network.Seen.Where(r => r.IsCommand).Select(r => r.Header("Idempotency-Key")).Distinct());

        // The answer alone shows the hold, though nothing else comes through.
        await Expect(page.Locator(".held")).ToContainTextAsync(Place);
    }

    [ChromiumTheory]
    [InlineData(503)]
    [InlineData(429)]
    public async Task A_refusal_at_loading_is_waited_out_as_long_as_it_says(int status)
    {
        var first = new HashSet<string>();
        network.Decide = request =>
        {
            lock (first)
            {
                return request.Path.StartsWith("/api/", StringComparison.Ordinal) && first.Add(request.Path) ? Fate.Answer(status, retryAfter: 2) : Fate.Pass;
            }
        };
        var page = await browser.TabAsync("en-GB");
        await RaceBrowser.ShowAsync(page, network.Address);
        await Expect(page.GetByRole(AriaRole.Status).Filter(new() { HasText = "Waiting for the portal" })).ToBeVisibleAsync();
        await Expect(PlaceOn(page)).ToBeVisibleAsync();
        var asked = network.Seen.Where(r => r.Path == "/api/localities").ToList();
        Assert.Equal(2, asked.Count);
        Assert.True(Stopwatch.GetElapsedTime(asked[0].At, asked[1].At) >= TimeSpan.FromSeconds(1.9), "It was asked again before its Retry-After.");
    }

    [ChromiumTheory]
    [InlineData(503)]
    [InlineData(429)]
    public async Task A_refusal_at_a_press_is_waited_out_with_the_same_key(int status)
    {
        portal.ItIs(7);
        var refused = 0;
        network.Decide = request => request.IsCommand && Interlocked.Increment(ref refused) <= 2 ? Fate.Answer(status, retryAfter: 1) : Fate.Pass;
        var page = await PlayAsync("A-1");
        await PlaceOn(page).GetByRole(AriaRole.Button).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Status).Filter(new() { HasText = "Waiting for the portal" })).ToBeVisibleAsync();
        await Expect(page.Locator(".notice.reserved")).ToContainTextAsync(Place);
        var keys = network.Seen.Where(r => r.IsCommand).Select(r => r.Header("Idempotency-Key")).ToList();
        Assert.Equal(3, keys.Count);
        Assert.Single(keys.Distinct());
    }

    [ChromiumFact]
    public async Task The_page_opens_when_its_first_questions_are_swallowed()
    {
        var swallowed = new HashSet<string>();
        network.Decide = request =>
        {
            lock (swallowed)
            {
                return request.Path.StartsWith("/api/", StringComparison.Ordinal) && swallowed.Add(request.Path) ? Fate.Lose : Fate.Pass;
            }
        };
        var page = await browser.TabAsync("en-GB");
        await RaceBrowser.ShowAsync(page, network.Address);
        await Expect(page.Locator("main").GetByRole(AriaRole.Status)).ToHaveTextAsync("Waiting for the portal…");
        await Expect(PlaceOn(page)).ToBeVisibleAsync();
        await Expect(page.Locator(".clock time")).ToContainTextAsync("06:59:");
    }

    private static ILocator PlaceOn(IPage page) => page.Locator($"[data-place='{Place}']");

    private static ILocator News(IPage page) => page.GetByTestId("news");

    /// <summary>Waits, a minute at most, until something holds of what has come through the network.</summary>
    private static async Task Eventually(Func<bool> holds)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        while (!holds())
        {
            await Task.Delay(50, limit.Token);
        }
    }

    private Task<IPage> PlayAsync(string application) => browser.PlayAsync(network.Address, application, portal.SecretOf(application), "en-GB");
}
