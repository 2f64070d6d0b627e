using EOrda.Portal.Tests.Support;
using Microsoft.Playwright;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace EOrda.Portal.Tests;

/// <summary>The demonstration city, as a browser shows it on a phone.</summary>
public sealed class DemonstrationPageTests
{
    // Not what is tested: how long a stuck page may keep the whole run waiting.
    private const float GiveUpMilliseconds = 120_000;

    // Keys of the rules and identifiers of the data; names of the same things are written with a capital.
    private static readonly string[] Keys = ["almaty", "general", "special", "sanatorium", "allergy", "out-of-turn", "first-priority", "stop-list"];

    [ChromiumFact]
    public async Task No_key_of_the_rules_is_shown_from_the_queue_to_the_referral()
    {
        using var directory = new TemporaryDirectory();
        await using var portal = await DevelopmentPortal.StartAsync(directory.Path, "--clock", "07:00");
        using var playwright = await Playwright.CreateAsync();
        await using var chromium = await playwright.Chromium.LaunchAsync(new() { ExecutablePath = ChromiumFactAttribute.Executable, Args = ["--no-sandbox", "--disable-gpu"] });
        var context = await chromium.NewContextAsync(new() { Locale = "kk-KZ", ViewportSize = new() { Width = 320, Height = 740 } });
        context.SetDefaultTimeout(GiveUpMilliseconds);
        SetDefaultExpectTimeout(GiveUpMilliseconds);
        var page = await context.NewPageAsync();
        foreach (var queue in new[] { "almaty/general/2022", "almaty/special/2022", "almaty/sanatorium/allergy" })
        {
            await page.GotoAsync($"{portal.Address}#{queue}");
            await page.ReloadAsync();
            await Expect(page.Locator(".cards li").First).ToBeVisibleAsync();
            await page.Locator(".mine > label select").SelectOptionAsync(new SelectOptionValue { Index = 1 });
            await Expect(page.GetByTestId("position")).ToBeVisibleAsync();
            await OnlyWordsAsync(page);
        }

        await page.Locator("[data-state='available'] button").First.ClickAsync();
        await Expect(page.Locator(".held")).ToBeVisibleAsync();
        await OnlyWordsAsync(page);
        await page.Locator(".held button.primary").ClickAsync();
        await Expect(page.GetByRole(AriaRole.Status).Filter(new() { HasText = "АЛМ-СН1-0" })).ToBeVisibleAsync();
        await OnlyWordsAsync(page);
    }

    private static async Task OnlyWordsAsync(IPage page)
    {
        var text = await page.InnerTextAsync("body");
        Assert.All(Keys, key => Assert.DoesNotContain(key, text, StringComparison.Ordinal));
        Assert.False(await page.EvaluateAsync<bool>("document.documentElement.scrollWidth > document.documentElement.clientWidth"));
    }
}
