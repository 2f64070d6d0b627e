using EOrda.Portal.Tests.Support;
using Microsoft.Playwright;

namespace EOrda.Portal.Tests.Staff;

/// <summary>axe-core, as the packages of the pages have it: what it finds on a page.</summary>
internal static class Axe
{
    private static readonly Lazy<string> Script = new(() => Docs.ReadFile("src/EOrda.Portal/web/node_modules/axe-core/axe.min.js"));

    /// <summary>The violations of WCAG 2.2 AA, each with where it is.</summary>
    public static async Task<string[]> FaultsAsync(IPage page)
    {
        await page.EvaluateAsync(Script.Value);
        return await page.EvaluateAsync<string[]>(
            """
            axe.run({ runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'] })
              .then(found => found.violations.map(v => v.id + ': ' + v.nodes.map(n => n.html).join(' | ')))
            """);
    }
}
