using Microsoft.Playwright;

namespace EOrda.Portal.Tests.Support;

/// <summary>Pictures of the page, for people to look at: written into the directory that the environment names in <c>EORDA_SCREENSHOTS</c>, and not at all where it names none.</summary>
internal static class Screenshots
{
    private static readonly string? Directory = Environment.GetEnvironmentVariable("EORDA_SCREENSHOTS");

    /// <summary>Takes one.</summary>
    public static Task TakeAsync(IPage page, string name) =>
        string.IsNullOrWhiteSpace(Directory) ? Task.CompletedTask : page.ScreenshotAsync(new() { Path = Path.Combine(Directory, name + ".png") });
}
