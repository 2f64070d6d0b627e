namespace EOrda.Notices.Texts;

/// <summary>Suffixes of Kazakh nouns and clock times.</summary>
internal static class Kazakh
{
    // у and и stand in back and in front words: the vowel before them tells.
    private const string Back = "аоұыяё";
    private const string Front = "әеөүіэ";
    private const string Vowels = Back + Front + "уию";
    private const string Nasals = "мнң";
    private const string Voiceless = "пфкқтсшщчцхһбвгд";

    private static readonly string[] Ones = ["нөл", "бір", "екі", "үш", "төрт", "бес", "алты", "жеті", "сегіз", "тоғыз"];
    private static readonly string[] Tens = ["нөл", "он", "жиырма", "отыз", "қырық", "елу"];

    private enum Ending
    {
        Vowel,
        Nasal,
        Voiced,
        Voiceless,
    }

    /// <summary>A noun in a case: маусым, маусымға.</summary>
    public static string InCase(string noun, string? wanted) => wanted is null ? noun : noun + SuffixOf(noun, wanted);

    /// <summary>A clock time in a case, with the suffix of the word that is spoken last; of a full hour that is нөл (004: 20.00-ге дейін).</summary>
    public static string TimeInCase(string time, string? wanted)
    {
        if (wanted is null)
            return time;
        var minutes = int.Parse(time.AsSpan(time.Length - 2));
        var spoken = minutes % 10 == 0 ? Tens[minutes / 10] : Ones[minutes % 10];
        return $"{time}-{SuffixOf(spoken, wanted)}";
    }

    private static string SuffixOf(string noun, string wanted)
    {
        var telling = noun.LastIndexOfAny([.. Back, .. Front]);
        var isFront = telling >= 0 && Front.Contains(noun[telling], StringComparison.Ordinal);
        var (afterBack, afterFront) = Suffixes(wanted, EndingOf(noun[^1]));
        return isFront ? afterFront : afterBack;
    }

    private static (string AfterBack, string AfterFront) Suffixes(string wanted, Ending ending) => (wanted, ending) switch
    {
        ("dative", Ending.Voiceless) => ("қа", "ке"),
        ("dative", _) => ("ға", "ге"),
        ("locative", Ending.Voiceless) => ("та", "те"),
        ("locative", _) => ("да", "де"),
        ("genitive", Ending.Vowel or Ending.Nasal) => ("ның", "нің"),
        ("genitive", Ending.Voiced) => ("дың", "дің"),
        ("genitive", _) => ("тың", "тің"),
        ("accusative", Ending.Vowel) => ("ны", "ні"),
        ("accusative", Ending.Voiceless) => ("ты", "ті"),
        ("accusative", _) => ("ды", "ді"),
        _ => throw new ArgumentException($"'{wanted}' is no case.", nameof(wanted)),
    };

    private static Ending EndingOf(char letter) =>
        Vowels.Contains(letter, StringComparison.Ordinal) ? Ending.Vowel
        : Nasals.Contains(letter, StringComparison.Ordinal) ? Ending.Nasal
        : Voiceless.Contains(letter, StringComparison.Ordinal) ? Ending.Voiceless
        : Ending.Voiced;
}
