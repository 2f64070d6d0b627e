using System.Collections.Frozen;

namespace EOrda.Accounts.Passwords;

/// <summary>
/// A password is common when it is nothing but common words, digits and signs one after another (<c>Qwerty123456</c>, <c>P@ssword-2026!</c>), or
/// has fewer than four different characters. The words are in <c>common-words.txt</c>; of long passwords a list of whole ones would find few.
/// </summary>
internal static class CommonPasswords
{
    private const int FewestDifferent = 4;
    private static readonly FrozenSet<string> Words = Read();
    private static readonly int LongestWord = Words.Max(word => word.Length);

    public static bool Contains(string password)
    {
        var folded = password.ToLowerInvariant();
        return folded.Distinct().Count() < FewestDifferent || IsMadeOfWords(folded, Unmasked(folded));
    }

    // reachable[i]: the first i characters are words, digits and signs.
    private static bool IsMadeOfWords(string text, string unmasked)
    {
        var reachable = new bool[text.Length + 1];
        reachable[0] = true;
        var words = Words.GetAlternateLookup<ReadOnlySpan<char>>();
        for (var i = 0; i < text.Length; i++)
        {
            if (!reachable[i])
            {
                continue;
            }

            reachable[i + 1] |= !char.IsLetter(text[i]);
            for (var length = 2; length <= Math.Min(LongestWord, text.Length - i); length++)
            {
                reachable[i + length] |= words.Contains(text.AsSpan(i, length)) || words.Contains(unmasked.AsSpan(i, length));
            }
        }

        return reachable[text.Length];
    }

    /// <summary>Letters that are written as digits and signs, written as letters.</summary>
    private static string Unmasked(string text) => string.Create(text.Length, text, static (letters, masked) =>
    {
        for (var i = 0; i < letters.Length; i++)
        {
            letters[i] = masked[i] switch { '0' => 'o', '1' => 'i', '3' => 'e', '4' => 'a', '5' => 's', '7' => 't', '@' => 'a', '$' => 's', '!' => 'i', var other => other };
        }
    });

    private static FrozenSet<string> Read()
    {
        using var stream = typeof(CommonPasswords).Assembly.GetManifestResourceStream("common-words.txt")!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd().Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).ToFrozenSet(StringComparer.Ordinal);
    }
}
