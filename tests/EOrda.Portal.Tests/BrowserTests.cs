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

    // Not what is tested: how long a stuck page may keep the whole run waiting.
    private const float GiveUpMilliseconds = 120_000;
    private readonly TestPortal portal = new();
    private readonly List<string> complaints = [];

    public async Task InitializeAsync()
    {
        await portal.InitializeAsync();
        portal.ItIs(6, 59);
        SetDefaultExpectTimeout(GiveUpMilliseconds);
    }

    public async Task DisposeAsync() => await portal.DisposeAsync();

    [ChromiumFact]
    public async Task Two_parents_press_for_one_place_one_wins_and_the_other_sees_it_go()
    {
        using var playwright = await Playwright.CreateAsync();
        await using var chromium = await playwright.Chromium.LaunchAsync(new() { ExecutablePath = ChromiumFactAttribute.Executable, Args = ["--no-sandbox", "--disable-gpu"] });
        var first = await OpenAsync(chromium, "A-1", "kk-KZ");
        var second = await OpenAsync(chromium, "A-9", "en-GB");
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

        Assert.Empty(complaints);
    }

    [ChromiumFact]
    public async Task Who_comes_too_late_for_the_last_place_reads_that_none_is_left()
    {
        // All places are open to everyone by then, and two of three are gone.
        portal.ItIs(7, day: 15);
        await portal.Reserve("A-2", "P-1");
        await portal.Reserve("A-3", "P-2");
        using var playwright = await Playwright.CreateAsync();
        await using var chromium = await playwright.Chromium.LaunchAsync(new() { ExecutablePath = ChromiumFactAttribute.Executable, Args = ["--no-sandbox", "--disable-gpu"] });
        var page = await OpenAsync(chromium, "A-1", "ru-RU");
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
        Assert.Empty(complaints);
    }

    [ChromiumFact]
    public async Task The_page_speaks_three_languages_and_fits_a_phone()
    {
        using var playwright = await Playwright.CreateAsync();
        await using var chromium = await playwright.Chromium.LaunchAsync(new() { ExecutablePath = ChromiumFactAttribute.Executable, Args = ["--no-sandbox", "--disable-gpu"] });
        var page = await OpenAsync(chromium, "A-1", "ru-RU");
        await page.SetViewportSizeAsync(360, 740);
        foreach (var (language, title) in new[] { ("Қазақша", "Балабақшаға кезек"), ("Русский", "Очередь в детский сад"), ("English", "Kindergarten queue") })
        {
            await page.GetByRole(AriaRole.Button, new() { Name = language }).ClickAsync();
            await Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync(title);
            Assert.False(await page.EvaluateAsync<bool>("document.documentElement.scrollWidth > document.documentElement.clientWidth"));
        }

        Assert.Equal("en", await page.EvaluateAsync<string>("document.documentElement.lang"));
        Assert.Empty(complaints);
    }

    private static ILocator PlaceOn(IPage page) => page.Locator($"[data-place='{Place}']");

    /// <summary>A browser of its own that shows the queue and plays an application by its number and secret.</summary>
    private async Task<IPage> OpenAsync(IBrowser chromium, string application, string locale)
    {
        var context = await chromium.NewContextAsync(new() { Locale = locale });
        context.SetDefaultTimeout(GiveUpMilliseconds);
        var page = await context.NewPageAsync();
        page.PageError += (_, error) => complaints.Add(error);
        page.Console += (_, message) =>
        {
            // A refusal is an answer; the browser notes its status all the same.
            if (message.Type is "error" or "warning" && !message.Text.Contains("the server responded with a status of", StringComparison.Ordinal))
            {
                complaints.Add(message.Text);
            }
        };
        await page.GotoAsync($"{portal.Http.BaseAddress}#{TestPortal.Queue}");
        await page.Locator(".mine details summary").Last.ClickAsync();
        await page.Locator(".mine form input").First.FillAsync(application);
        await page.Locator(".mine form input").Last.FillAsync(portal.SecretOf(application));
        await page.Locator(".mine form button").ClickAsync();
        await Expect(page.GetByTestId("position")).ToBeVisibleAsync();
        return page;
    }

    /// <summary>A queue as the rules name it, <c>almaty/general/2022</c>, or what is named after one.</summary>
    [GeneratedRegex("[a-z]+/(general|special|sanatorium)/", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex InternalKey();
}
