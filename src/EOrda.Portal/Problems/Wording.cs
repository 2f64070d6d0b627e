using System.Collections.Frozen;
using System.Text.Json;

namespace EOrda.Portal.Problems;

/// <summary>The title and the detail of every problem in every language, from the resource <c>wording.json</c>.</summary>
internal static class Wording
{
    private static readonly FrozenDictionary<string, (string Title, string Detail)[]> All = Read();

    /// <summary>The words that have a wording.</summary>
    public static IEnumerable<string> Known => All.Keys;

    /// <summary>A word's title and detail.</summary>
    public static (string Title, string Detail) Of(string word, Language language) => All[word][(int)language];

    private static FrozenDictionary<string, (string Title, string Detail)[]> Read()
    {
        using var resource = typeof(Wording).Assembly.GetManifestResourceStream("wording.json")!;
        using var document = JsonDocument.Parse(resource);
        return document.RootElement.EnumerateObject().ToFrozenDictionary(
            word => word.Name,
            word => Enum.GetValues<Language>().Select(language => Pair(word.Value.GetProperty(Languages.TagOf(language)))).ToArray());
    }

    private static (string Title, string Detail) Pair(JsonElement texts) => (texts[0].GetString()!, texts[1].GetString()!);
}
