namespace EOrda.Notices.Texts;

/// <summary>How many SMS a text takes. Cyrillic goes as UCS-2: 70 characters alone, 67 in each of several that belong together.</summary>
internal static class SmsLength
{
    /// <summary>The most SMS of a notice (portal, P8).</summary>
    public const int MostParts = 2;

    private const int Alone = 70;
    private const int Joined = 67;

    public static int PartsOf(string text) => text.Length <= Alone ? 1 : (text.Length + Joined - 1) / Joined;
}
