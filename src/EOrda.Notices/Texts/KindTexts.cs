using EOrda.Notices.Kinds;

namespace EOrda.Notices.Texts;

/// <summary>The texts of a kind in all languages.</summary>
/// <param name="Traits">What holds for the kind.</param>
/// <param name="Titles">By language; also the subject of an e-mail.</param>
/// <param name="Bodies">By language; also the body of an e-mail.</param>
/// <param name="Sms">In Kazakh and Russian; empty where nothing is sent.</param>
internal sealed record KindTexts(
    KindTraits Traits,
    IReadOnlyDictionary<Language, Template> Titles,
    IReadOnlyDictionary<Language, Template> Bodies,
    IReadOnlyDictionary<Language, Template> Sms)
{
    /// <summary>The value that every notice has: whose application it is about.</summary>
    public const string Application = "application";

    /// <summary>The SMS: the application's number once, then Kazakh, then Russian (001: 42).</summary>
    public string SmsOf(IReadOnlyDictionary<string, NoticeValue> values) =>
        $"{((NumberValue)values[Application]).Text}\n{Sms[Language.Kazakh].Render(values)}\n{Sms[Language.Russian].Render(values)}";
}
