using System.Globalization;
using EOrda.Portal.Tests.Support;
using EOrda.Queues;
using Microsoft.Playwright;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace EOrda.Portal.Tests;

/// <summary>The race page as a family has it in the hand: a small screen, a tab that comes and goes, a hold that runs out.</summary>
public sealed class RaceOnAPhoneTests : IAsyncLifetime
{
    private const string Place = "P-3";

    private const string AlmatyAtPlusSix =
        """
        const Known = Intl.DateTimeFormat
        Intl.DateTimeFormat = function (language, options) {
          return new Known(language, options?.timeZone === 'Asia/Almaty' ? { ...options, timeZone: 'Asia/Omsk' } : options)
        }
        """;

    private const string ButtonsOverText =
        """
        [...document.querySelectorAll('.row, .top')].flatMap(part => {
          const buttons = [...part.querySelectorAll('button')].map(button => button.getBoundingClientRect())
          const isCovered = box => buttons.some(button => box.left < button.right && box.right > button.left && box.top < button.bottom && box.bottom > button.top)
          return [...part.querySelectorAll('.name, .chip, .small')].filter(text => {
            const words = document.createRange()
            words.selectNodeContents(text)
            return [...words.getClientRects()].some(isCovered)
          }).map(text => text.textContent.trim())
        })
        """;

    private const string TopsOfRows = "[...document.querySelectorAll('[data-place]')].map(row => Math.round(row.getBoundingClientRect().top + scrollY)).join(' ')";

    private readonly TestPortal portal = new();
    private RaceBrowser browser = null!;

    public async Task InitializeAsync()
    {
        await portal.InitializeAsync();
        portal.ItIs(6, 59);
        if (ChromiumFactAttribute.Executable is not null)
        {
            browser = await RaceBrowser.StartAsync();
        }
    }

    public async Task DisposeAsync()
    {
        await (browser?.DisposeAsync() ?? default);
        await portal.DisposeAsync();
    }

    [ChromiumFact]
    public async Task A_hold_in_its_last_minute_is_announced_once_and_its_lapse_is_told_with_what_it_means()
    {
        portal.ItIs(7);
        var page = await PlayAsync("A-1", "en-GB");
        await ReserveAsync(page);
        await page.EvaluateAsync(
            """
            window.announced = 0
            new MutationObserver(() => (window.announced += document.querySelector('[data-testid=last-minute]').textContent ? 1 : 0))
              .observe(document.querySelector('[data-testid=last-minute]'), { childList: true, characterData: true, subtree: true })
            """);
        await NowItIsAsync(page, TimeSpan.FromSeconds(545));
        await Expect(page.GetByTestId("last-minute")).ToContainTextAsync("Place P-3 is held for less than a minute more.");
        await NowItIsAsync(page, TimeSpan.FromSeconds(20));
        await NowItIsAsync(page, TimeSpan.FromSeconds(20));
        Assert.Equal(1, await page.EvaluateAsync<int>("window.announced"));

        await NowItIsAsync(page, TimeSpan.FromSeconds(20));
        var told = page.GetByRole(AriaRole.Alert).Filter(new() { HasText = "The reservation lapsed" });
        await Expect(told).ToContainTextAsync("It counts as an unused reservation (3 a day at most).");
        await Expect(told).ToContainTextAsync("The place opens again on 11 June at 07:00.");
        await Expect(page.Locator(".held")).ToHaveCountAsync(0);
        await Expect(page.GetByTestId("last-minute")).ToHaveTextAsync("");
        Assert.Empty(browser.Complaints);
    }

    [ChromiumFact]
    public async Task A_hold_lapses_by_the_portals_clock_also_where_nothing_comes_through_any_more()
    {
        await using var network = BadNetwork.Before(portal);
        portal.ItIs(7);
        var page = await browser.PlayAsync(network.Address, "A-1", portal.SecretOf("A-1"), "en-GB");
        await ReserveAsync(page);
        await NowItIsAsync(page, TimeSpan.FromSeconds(590));
        await Expect(page.GetByTestId("last-minute")).ToContainTextAsync(Place);
        network.Decide = _ => Fate.Lose;
        network.Cut();
        await Expect(page.GetByRole(AriaRole.Alert).Filter(new() { HasText = "The reservation lapsed" })).ToBeVisibleAsync();
        await Expect(page.Locator(".held")).ToHaveCountAsync(0);
    }

    [ChromiumFact]
    public async Task A_hold_that_ends_early_is_told_too()
    {
        portal.ItIs(7);
        var page = await PlayAsync("A-1", "en-GB");
        await ReserveAsync(page);
        Assert.Equal(200, (await portal.Ask(HttpMethod.Delete, "A-1", "/reservation")).Status);
        portal.Clock.Advance(TimeSpan.FromSeconds(1));
        await Expect(page.GetByRole(AriaRole.Alert).Filter(new() { HasText = "The reservation ended early" })).ToBeVisibleAsync();
    }

    [ChromiumFact]
    public async Task The_page_shows_the_portals_local_time_whatever_the_phone_believes_of_the_zone()
    {
        var page = await browser.TabAsync("en-GB", new() { TimezoneId = "America/New_York" });
        await page.AddInitScriptAsync(AlmatyAtPlusSix);
        await RaceBrowser.ShowAsync(page, portal.Http.BaseAddress!);
        await Expect(PlaceOn(page)).ToContainTextAsync("opens at 07:00");
        await Expect(page.Locator(".clock time")).ToContainTextAsync("06:59:");
    }

    [ChromiumFact]
    public async Task The_countdown_goes_on_to_the_next_morning_also_where_the_page_is_ahead_of_the_portal()
    {
        portal.Clock.Advance(TimeSpan.FromSeconds(58));
        var page = await browser.TabAsync("en-GB");
        await RaceBrowser.ShowAsync(page, portal.Http.BaseAddress!);
        await Expect(page.Locator(".until .digits")).ToHaveTextAsync("00:00");
        await Expect(page.Locator(".clock time")).ToHaveTextAsync("07:00:03");
        portal.ItIs(7);
        await Expect(page.Locator(".until .digits")).ToContainTextAsync("23:59:");
    }

    [ChromiumFact]
    public async Task A_reload_and_a_step_back_in_a_hold_know_the_family_and_its_hold_until_it_asks_to_be_forgotten()
    {
        portal.ItIs(7);
        var page = await PlayAsync("A-1", "en-GB");
        await ReserveAsync(page);
        await page.ReloadAsync();
        await Expect(page.Locator(".held")).ToContainTextAsync(Place);
        await page.GotoAsync("about:blank");
        await page.GoBackAsync();
        await Expect(page.Locator(".held")).ToContainTextAsync(Place);

        // Away while the hold runs out.
        await page.GotoAsync("about:blank");
        portal.Clock.Advance(TimeSpan.FromMinutes(11));
        await page.GoBackAsync();
        await Expect(page.GetByRole(AriaRole.Alert).Filter(new() { HasText = "The reservation lapsed" })).ToBeVisibleAsync();
        await Expect(page.GetByTestId("position")).ToBeVisibleAsync();

        await page.GetByRole(AriaRole.Button, new() { Name = "Forget me on this device" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = "Choose an application" })).ToBeVisibleAsync();
        await page.ReloadAsync();
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = "Choose an application" })).ToBeVisibleAsync();
        Assert.Empty(browser.Complaints);
    }

    [ChromiumFact]
    public async Task A_tab_knows_nothing_of_another_tabs_family()
    {
        var page = await PlayAsync("A-1", "en-GB");
        var other = await page.Context.NewPageAsync();
        await RaceBrowser.ShowAsync(other, portal.Http.BaseAddress!);
        await Expect(other.GetByRole(AriaRole.Button, new() { Name = "Choose an application" })).ToBeVisibleAsync();
    }

    [ChromiumTheory]
    [InlineData(320, "kk-KZ", ColorScheme.Dark)]
    [InlineData(390, "ru-RU", ColorScheme.Light)]
    [InlineData(390, "ru-RU", ColorScheme.Dark)]
    [InlineData(1280, "en-GB", ColorScheme.Light)]
    public async Task A_morning_fits_the_screen_and_no_place_moves_while_places_open_and_go(int width, string locale, ColorScheme scheme)
    {
        await using var network = BadNetwork.Before(portal);
        var page = await browser.PlayAsync(network.Address, "A-1", portal.SecretOf("A-1"), locale, new() { ViewportSize = new() { Width = width, Height = 844 }, ColorScheme = scheme });
        await page.EvaluateAsync("scrollTo(0, 0)");
        await Expect(page.Locator(".news.live")).ToBeVisibleAsync();
        await LooksRightAsync(page, "before", width, scheme);
        var tops = await page.EvaluateAsync<string>(TopsOfRows);

        portal.ItIs(7);
        await Expect(PlaceOn(page).GetByRole(AriaRole.Button)).ToBeVisibleAsync();
        await LooksRightAsync(page, "open", width, scheme);
        Assert.Equal(tops, await page.EvaluateAsync<string>(TopsOfRows));

        // Another family is first.
        portal.Node.BeforeAsk = async command =>
        {
            if (command is Reserve { Application: "A-1" })
            {
                portal.Node.BeforeAsk = _ => Task.CompletedTask;
                await portal.Reserve("A-2", Place);
            }
        };
        await PlaceOn(page).GetByRole(AriaRole.Button).ClickAsync();
        await Expect(page.Locator(".notice.refused")).ToBeVisibleAsync();
        portal.Clock.Advance(TimeSpan.FromSeconds(1));
        await Expect(PlaceOn(page)).ToHaveAttributeAsync("data-state", "reserved");
        await LooksRightAsync(page, "loss", width, scheme);
        Assert.Equal(tops, await page.EvaluateAsync<string>(TopsOfRows));

        await page.Locator("[data-place='P-1']").GetByRole(AriaRole.Button).ClickAsync();
        await Expect(page.Locator(".held")).ToBeVisibleAsync();
        await LooksRightAsync(page, "win", width, scheme);

        await NowItIsAsync(page, TimeSpan.FromMinutes(10));
        await Expect(page.Locator(".notice.lapsed")).ToBeVisibleAsync();
        await LooksRightAsync(page, "lapse", width, scheme);

        network.Decide = request => request.IsUpgrade ? Fate.Answer(403) : Fate.Pass;
        network.Cut();
        await Expect(page.Locator(".news.asking")).ToBeVisibleAsync();
        await LooksRightAsync(page, "not-live", width, scheme);
        network.Decide = _ => Fate.Cut;
        await Expect(page.Locator(".news.silent")).ToBeVisibleAsync();
        await LooksRightAsync(page, "offline", width, scheme);
        Assert.Empty(browser.Complaints);
    }

    private static ILocator PlaceOn(IPage page) => page.Locator($"[data-place='{Place}']");

    private static async Task ReserveAsync(IPage page)
    {
        await PlaceOn(page).GetByRole(AriaRole.Button).ClickAsync();
        await Expect(page.Locator(".notice.reserved")).ToContainTextAsync(Place);
        await Expect(page.Locator(".held")).ToContainTextAsync(Place);
    }

    /// <summary>Nothing is wider than the screen, no button lies on words, the bar is slim and stays, and a place is in sight.</summary>
    private static async Task LooksRightAsync(IPage page, string moment, int width, ColorScheme scheme)
    {
        await Screenshots.TakeAsync(page, $"{moment}-{width}-{(scheme == ColorScheme.Dark ? "dark" : "light")}");
        Assert.False(await page.EvaluateAsync<bool>("document.documentElement.scrollWidth > document.documentElement.clientWidth"));
        Assert.Empty(await page.EvaluateAsync<string[]>(ButtonsOverText));
        Assert.InRange(await page.EvaluateAsync<double>("document.querySelector('.stay').getBoundingClientRect().height"), 1, 100);
        Assert.True(await page.EvaluateAsync<bool>("document.querySelector('[data-place]').getBoundingClientRect().top < innerHeight"));
        await page.EvaluateAsync("scrollTo(0, document.body.scrollHeight)");
        Assert.Equal(0, await page.EvaluateAsync<double>("document.querySelector('.stay').getBoundingClientRect().top"));
        await page.EvaluateAsync("scrollTo(0, 0)");
    }

    /// <summary>Moves the portal's clock on, and has the page ask for it.</summary>
    private async Task NowItIsAsync(IPage page, TimeSpan later)
    {
        portal.Clock.Advance(later);
        await page.EvaluateAsync("document.dispatchEvent(new Event('visibilitychange'))");
        var minute = portal.Clock.GetUtcNow().ToOffset(TimeSpan.FromHours(5)).ToString("HH:mm", CultureInfo.InvariantCulture);
        await Expect(page.Locator(".clock time")).ToContainTextAsync(minute);
    }

    private Task<IPage> PlayAsync(string application, string locale) =>
        browser.PlayAsync(portal.Http.BaseAddress!, application, portal.SecretOf(application), locale);
}
