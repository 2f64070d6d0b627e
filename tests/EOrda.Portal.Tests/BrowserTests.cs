using System.Text.RegularExpressions;
using EOrda.Portal.Tests.Support;
using EOrda.Queues;
using Microsoft.Playwright;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace EOrda.Portal.Tests;

/// <summary>The race, lived in two browsers.</summary>
public sealed partial class BrowserTests : IAsyncLifetime
{
    private const string Place = "P-3";

    private readonly TestPortal portal = new();

    public async Task InitializeAsync()
    {
        await portal.InitializeAsync();
        portal.ItIs(6, 59);
    }

    public async Task DisposeAsync() => await portal.DisposeAsync();

    [ChromiumFact]
    public async Task Two_parents_press_for_one_place_one_wins_and_the_other_sees_it_go()
    {
        await using var browser = await RaceBrowser.StartAsync();
        var first = await OpenAsync(browser, "A-1", "kk-KZ");
        var second = await OpenAsync(browser, "A-9", "en-GB");
        await Expect(PlaceOn(first)).ToHaveAttributeAsync("data-state", "locked");
        await Expect(first.GetByTestId("position")).ToHaveTextAsync("2");
        await Expect(second.GetByTestId("position")).ToHaveTextAsync("1");

        // Seven o'clock: nobody reloads, the places open before everyone's eyes.
        portal.ItIs(7);
        await Expect(PlaceOn(first)).ToHaveAttributeAsync("data-state", "available");
        await Expect(PlaceOn(second)).ToHaveAttributeAsync("data-state", "available");

        // Both presses are under way before either is decided.
        var pressed = 0;
        var both = new TaskCompletionSource();
        portal.Node.BeforeAsk = command =>
        {
            if (command is Reserve && Interlocked.Increment(ref pressed) == 2)
            {
                both.SetResult();
            }

            return command is Reserve ? both.Task : Task.CompletedTask;
        };
        await Task.WhenAll(PlaceOn(first).GetByRole(AriaRole.Button).ClickAsync(), PlaceOn(second).GetByRole(AriaRole.Button).ClickAsync());
        await both.Task.WaitAsync(TimeSpan.FromMinutes(2));
        portal.Clock.Advance(TimeSpan.FromSeconds(1));
        await Expect(PlaceOn(first)).ToHaveAttributeAsync("data-state", "reserved");
        await Expect(PlaceOn(second)).ToHaveAttributeAsync("data-state", "reserved");

        var firstWon = (await portal.Own("A-1")).Json.GetProperty("place").GetString() == Place;
        var (winner, loser, refused) = firstWon ? (first, second, "The place is taken.") : (second, first, "Орын бос емес.");
        await Expect(loser.GetByRole(AriaRole.Alert).Filter(new() { HasText = refused })).ToBeVisibleAsync();
        await Expect(PlaceOn(loser).GetByRole(AriaRole.Button)).ToHaveCountAsync(0);

        // The winner turns the reservation into a referral, and leaves the queue; the other moves up.
        await winner.Locator(".held button.primary").ClickAsync();
        await Expect(winner.GetByTestId("position")).ToHaveCountAsync(0);
        await Expect(winner.GetByRole(AriaRole.Status).Filter(new() { HasText = "ALMATY-2022-0001" })).ToBeVisibleAsync();
        Assert.DoesNotMatch(InternalKey(), await winner.InnerTextAsync("body"));
        portal.Clock.Advance(TimeSpan.FromSeconds(1));
        await Expect(PlaceOn(loser)).ToHaveAttributeAsync("data-state", "referred");
        await Expect(loser.GetByTestId("position")).ToHaveTextAsync("1");
        if (!firstWon)
        {
            await Expect(loser.Locator(".changes li").First).ToContainTextAsync("Алдыңыздағы өтініш берушіге жолдама берілді");
        }

        Assert.Empty(browser.Complaints);
    }

    [ChromiumFact]
    public async Task Who_comes_too_late_for_the_last_place_reads_that_none_is_left()
    {
        // All places are open to everyone by then, and two of three are gone.
        portal.ItIs(7, day: 15);
        await portal.Reserve("A-2", "P-1");
        await portal.Reserve("A-3", "P-2");
        await using var browser = await RaceBrowser.StartAsync();
        var page = await OpenAsync(browser, "A-1", "ru-RU");
        await Expect(PlaceOn(page)).ToHaveAttributeAsync("data-state", "available");

        // The press is under way when another takes the place, and is decided when everybody has seen that.
        TaskCompletionSource pressed = new(), gone = new();
        portal.Node.BeforeAsk = async command =>
        {
            if (command is Reserve { Application: "A-1" })
            {
                pressed.SetResult();
                await gone.Task.WaitAsync(TimeSpan.FromMinutes(2));
            }
        };
        await PlaceOn(page).GetByRole(AriaRole.Button).ClickAsync();
        await pressed.Task.WaitAsync(TimeSpan.FromMinutes(2));
        Assert.Equal(200, (await portal.Reserve("A-4", Place)).Status);
        portal.Clock.Advance(TimeSpan.FromSeconds(1));
        await Expect(PlaceOn(page)).ToHaveAttributeAsync("data-state", "reserved");
        gone.SetResult();
        await Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("Это место раньше вас забронировал другой заявитель. Выберите другое. Свободных мест для этой очереди больше нет. Новые откроются завтра в 07:00.");
        Assert.Empty(browser.Complaints);
    }

    [ChromiumFact]
    public async Task The_page_speaks_three_languages_and_fits_a_phone()
    {
        await using var browser = await RaceBrowser.StartAsync();
        var page = await OpenAsync(browser, "A-1", "ru-RU");
        await page.SetViewportSizeAsync(360, 740);
        foreach (var (language, title) in new[] { ("Қазақша", "Балабақшаға кезек"), ("Русский", "Очередь в детский сад"), ("English", "Kindergarten queue") })
        {
            await page.GetByRole(AriaRole.Button, new() { Name = language }).ClickAsync();
            await Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync(title);
            Assert.False(await page.EvaluateAsync<bool>("document.documentElement.scrollWidth > document.documentElement.clientWidth"));
        }

        Assert.Equal("en", await page.EvaluateAsync<string>("document.documentElement.lang"));
        Assert.Empty(browser.Complaints);
    }

    private static ILocator PlaceOn(IPage page) => page.Locator($"[data-place='{Place}']");

    private Task<IPage> OpenAsync(RaceBrowser browser, string application, string locale) =>
        browser.PlayAsync(portal.Http.BaseAddress!, application, portal.SecretOf(application), locale);

    /// <summary>A queue as the rules name it, <c>almaty/general/2022</c>, or what is named after one.</summary>
    [GeneratedRegex("[a-z]+/(general|special|sanatorium)/", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex InternalKey();
}
