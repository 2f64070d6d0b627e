using Microsoft.Extensions.Primitives;

namespace EOrda.Portal.Problems;

/// <summary>A language that the portal speaks.</summary>
internal enum Language
{
    /// <summary>Kazakh.</summary>
    Kazakh,

    /// <summary>Russian; spoken when nothing else is asked for.</summary>
    Russian,

    /// <summary>English.</summary>
    English,
}

/// <summary>Finds the caller's language.</summary>
internal static class Languages
{
    /// <summary>How many there are.</summary>
    public const int Count = 3;

    private static readonly string[] Tags = ["kk", "ru", "en"];

    /// <summary>The language's tag.</summary>
    public static string TagOf(Language language) => Tags[(int)language];

    /// <summary>The language that an <c>Accept-Language</c> header wants most, among those spoken; the first named among equals.</summary>
    public static Language Wanted(StringValues acceptLanguage)
    {
        var best = Language.Russian;
        var bestQuality = 0;
        foreach (var header in acceptLanguage)
        {
            foreach (var range in header.AsSpan().Split(','))
            {
                var (language, quality) = Read(header.AsSpan()[range]);
                if (language is { } known && quality > bestQuality)
                {
                    (best, bestQuality) = (known, quality);
                }
            }
        }

        return best;
    }

    /// <summary>One entry, for example <c>kk-KZ;q=0.8</c>: its language where it is spoken, and its weight in thousandths.</summary>
    private static (Language? Language, int Quality) Read(ReadOnlySpan<char> entry)
    {
        var semicolon = entry.IndexOf(';');
        var tag = (semicolon < 0 ? entry : entry[..semicolon]).Trim();
        var dash = tag.IndexOf('-');
        var primary = dash < 0 ? tag : tag[..dash];
        for (var i = 0; i < Tags.Length; i++)
        {
            if (primary.Equals(Tags[i], StringComparison.OrdinalIgnoreCase))
            {
                return ((Language)i, semicolon < 0 ? 1000 : Quality(entry[(semicolon + 1)..].Trim()));
            }
        }

        return (null, 0);
    }

    private static int Quality(ReadOnlySpan<char> parameter) =>
        !parameter.StartsWith("q=", StringComparison.OrdinalIgnoreCase) ? 1000
        : decimal.TryParse(parameter[2..], System.Globalization.NumberStyles.AllowDecimalPoint, null, out var quality) && quality is >= 0 and <= 1 ? (int)(quality * 1000)
        : 0;
}
