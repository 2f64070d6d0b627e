namespace EOrda.Notices.Texts;

/// <summary>Which form of a word goes with a count.</summary>
internal static class Plural
{
    /// <summary>How many forms a language has: Kazakh has none but the one.</summary>
    public static int FormsOf(Language language) => language switch
    {
        Language.Russian => 3,
        Language.English => 2,
        _ => 1,
    };

    /// <summary>The number of the form, from 0: in Russian one, few, many; in English one, other.</summary>
    public static int FormFor(Language language, int count) => language switch
    {
        Language.Russian when count % 10 == 1 && count % 100 != 11 => 0,
        Language.Russian when count % 10 is >= 2 and <= 4 && count % 100 is < 12 or > 14 => 1,
        Language.Russian => 2,
        Language.English => count == 1 ? 0 : 1,
        _ => 0,
    };
}
