using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace EOrda.Portal.Tests.Support;

/// <summary>Chromium with the race page in it.</summary>
internal sealed class RaceBrowser : IAsyncDisposable
{
    // Not what is tested: how long a stuck page may keep the whole run waiting.
    private const float GiveUpMilliseconds = 120_000;
    private readonly IPlaywright playwright;
    private readonly IBrowser chromium;

    private RaceBrowser(IPlaywright playwright, IBrowser chromium) => (this.playwright, this.chromium) = (playwright, chromium);

    /// <summary>Errors and warnings of the pages. A refusal is an answer; the browser notes its status all the same, and that is passed over.</summary>
    public List<string> Complaints { get; } = [];

    /// <summary>Starts Chromium.</summary>
    public static async Task<RaceBrowser> StartAsync()
    {
        SetDefaultExpectTimeout(GiveUpMilliseconds);
        var driver = await Playwright.CreateAsync();
        return new RaceBrowser(driver, await driver.Chromium.LaunchAsync(new() { ExecutablePath = ChromiumFactAttribute.Executable, Args = ["--no-sandbox", "--disable-gpu"] }));
    }

    /// <summary>A tab of a browser of its own, with nothing in it yet. What the network does to requests is no complaint.</summary>
    public async Task<IPage> TabAsync(string locale, BrowserNewContextOptions? options = null)
    {
        options ??= new();
        options.Locale = locale;
        var context = await chromium.NewContextAsync(options);
        context.SetDefaultTimeout(GiveUpMilliseconds);
        var page = await context.NewPageAsync();
        page.PageError += (_, error) => Complaints.Add(error);
        page.Console += (_, message) =>
        {
            if (message.Type is "error" or "warning"
                && !message.Text.Contains("the server responded with a status of", StringComparison.Ordinal)
                && !message.Text.Contains("net::ERR_", StringComparison.Ordinal)
                && !message.Text.Contains("WebSocket connection to", StringComparison.Ordinal))
            {
                Complaints.Add(message.Text);
            }
        };
        return page;
    }

    /// <summary>Shows the test's queue in a tab.</summary>
    public static Task ShowAsync(IPage page, Uri portal) => page.GotoAsync($"{portal}#{TestPortal.Queue}");

    /// <summary>Enters an application by its number and secret.</summary>
    public static async Task EnterAsync(IPage page, string application, string secret)
    {
        await page.Locator(".mine details:has(form) summary").ClickAsync();
        await page.Locator(".mine form input").First.FillAsync(application);
        await page.Locator(".mine form input").Last.FillAsync(secret);
        await page.Locator(".mine form button").ClickAsync();
    }

    /// <summary>A tab that shows the queue and plays an application.</summary>
    public async Task<IPage> PlayAsync(Uri portal, string application, string secret, string locale, BrowserNewContextOptions? options = null)
    {
        var page = await TabAsync(locale, options);
        await ShowAsync(page, portal);
        await EnterAsync(page, application, secret);
        await Expect(page.GetByTestId("position")).ToBeVisibleAsync();
        return page;
    }

    public async ValueTask DisposeAsync()
    {
        await chromium.DisposeAsync();
        playwright.Dispose();
    }
}
