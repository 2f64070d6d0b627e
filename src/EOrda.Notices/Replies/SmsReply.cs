namespace EOrda.Notices.Replies;

/// <summary>What an SMS answers to a notice that asks (portal, P8; 001: 1_2 and 1_8, 17).</summary>
public enum SmsReply
{
    /// <summary>Neither yes nor no: nothing is done.</summary>
    Unclear,

    /// <summary>YES, ИӘ, ДА.</summary>
    Yes,

    /// <summary>NO, ЖОҚ, НЕТ.</summary>
    No,
}

/// <summary>Reads replies by SMS, whatever keyboard they were typed on.</summary>
public static class SmsReplies
{
    /// <summary>A reply longer than this is a letter, and not an answer.</summary>
    private const int Longest = 40;

    // Letters that look the same in Cyrillic and Latin, written one way.
    private const string Latin = "ABCEHIKMOPTXYƏӘҚ";
    private const string Cyrillic = "АВСЕНІКМОРТХУӘӘК";

    private static readonly HashSet<string> Yes = Folded("YES", "ИӘ", "ИА", "ИЯ", "IƏ", "IA", "ДА", "DA");
    private static readonly HashSet<string> No = Folded("NO", "ЖОҚ", "JOQ", "ZHOQ", "НЕТ", "NET");

    /// <summary>Reads a reply: white space and marks around the word, case, and letters of the other alphabet that look the same do not matter.</summary>
    public static SmsReply Read(string? text)
    {
        if (text is null || text.Length > Longest)
            return SmsReply.Unclear;
        var word = Fold(text.Where(char.IsLetter).Aggregate("", (word, letter) => word + letter));
        var hasOtherWords = text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Count(part => part.Any(char.IsLetterOrDigit)) > 1;
        if (hasOtherWords)
            return SmsReply.Unclear;
        return Yes.Contains(word) ? SmsReply.Yes : No.Contains(word) ? SmsReply.No : SmsReply.Unclear;
    }

    private static HashSet<string> Folded(params string[] words) => words.Select(Fold).ToHashSet(StringComparer.Ordinal);

    private static string Fold(string word) => string.Concat(word.ToUpperInvariant().Select(letter => Latin.IndexOf(letter, StringComparison.Ordinal) is var at and >= 0 ? Cyrillic[at] : letter));
}
