using System.Text.Json;
using System.Text.Json.Serialization;
using EOrda.Notices.Kinds;

namespace EOrda.Notices.Texts;

/// <summary>All texts, read from <c>notices.json</c>. A text with a fault ends the start, and the tests before.</summary>
internal sealed class NoticeTexts
{
    private const string Resource = "notices.json";

    private static readonly Dictionary<string, Type> ValueTypes = new(StringComparer.Ordinal)
    {
        ["number"] = typeof(NumberValue),
        ["name"] = typeof(NameValue),
        ["remark"] = typeof(RemarkValue),
        ["count"] = typeof(CountValue),
        ["date"] = typeof(DateValue),
        ["time"] = typeof(TimeValue),
        ["cause"] = typeof(CauseValue),
    };

    private readonly Dictionary<NoticeKind, KindTexts> _kinds;
    private readonly Dictionary<string, NoticeKind> _words;
    private readonly Dictionary<Language, LanguageWords> _languages;

    private NoticeTexts(NoticesFile file)
    {
        _languages = file.Languages.ToDictionary(language => LanguageOf(language.Key), language => language.Value);
        Footers = Templates(file.MailFooter);
        _kinds = file.Kinds.Select(kind => Read(kind.Key, kind.Value)).ToDictionary(texts => texts.Traits.Kind);
        _words = _kinds.Values.ToDictionary(texts => texts.Traits.Word, texts => texts.Traits.Kind, StringComparer.Ordinal);
    }

    /// <summary>The texts of this program.</summary>
    public static NoticeTexts All { get; } = Read();

    /// <summary>What stands below every e-mail, by language.</summary>
    public IReadOnlyDictionary<Language, Template> Footers { get; }

    public KindTexts TextsOf(NoticeKind kind) => _kinds[kind];

    public LanguageWords Words(Language language) => _languages[language];

    /// <summary>The kind by its word in the database.</summary>
    /// <exception cref="KeyNotFoundException">There is none: the database was written by a later program.</exception>
    public NoticeKind KindOf(string word) => _words[word];

    /// <summary>The kind's word: <c>queued</c>, <c>validity-ending</c>.</summary>
    public static string WordOf(NoticeKind kind) =>
        string.Concat(kind.ToString().Select((letter, i) => char.IsUpper(letter) && i > 0 ? $"-{char.ToLowerInvariant(letter)}" : $"{char.ToLowerInvariant(letter)}"));

    private static NoticeTexts Read()
    {
        using var stream = typeof(NoticeTexts).Assembly.GetManifestResourceStream(Resource)!;
        return new NoticeTexts(JsonSerializer.Deserialize(stream, NoticesFileContext.Default.NoticesFile)!);
    }

    private static Language LanguageOf(string code) => code switch
    {
        "kk" => Language.Kazakh,
        "ru" => Language.Russian,
        "en" => Language.English,
        _ => throw new FormatException($"'{code}' is no language of the portal."),
    };

    private KindTexts Read(string word, KindInFile file)
    {
        var kind = Enum.GetValues<NoticeKind>().First(known => WordOf(known) == word);
        var values = file.Values.ToDictionary(value => value.Key, value => ValueTypes[value.Value], StringComparer.Ordinal);
        var traits = new KindTraits(kind, word, file.Annex, file.Legal, file.Sms.Count == 0, file.Urgent, file.Reply, values);
        return new KindTexts(traits, Templates(file.Title), Templates(file.Text), Templates(file.Sms));
    }

    private Dictionary<Language, Template> Templates(IReadOnlyDictionary<string, string> texts) =>
        texts.ToDictionary(text => LanguageOf(text.Key), text => Template.Parse(text.Value, LanguageOf(text.Key), _languages[LanguageOf(text.Key)]));
}

/// <summary>The file of texts.</summary>
internal sealed record NoticesFile(
    IReadOnlyDictionary<string, LanguageWords> Languages,
    IReadOnlyDictionary<string, string> MailFooter,
    IReadOnlyDictionary<string, KindInFile> Kinds);

/// <summary>A kind in the file of texts.</summary>
internal sealed record KindInFile(
    int? Annex,
    bool Legal,
    bool Urgent,
    bool Reply,
    IReadOnlyDictionary<string, string> Values,
    IReadOnlyDictionary<string, string> Title,
    IReadOnlyDictionary<string, string> Text,
    IReadOnlyDictionary<string, string> Sms);

/// <summary>Reads the file of texts.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow, RespectRequiredConstructorParameters = false)]
[JsonSerializable(typeof(NoticesFile))]
internal sealed partial class NoticesFileContext : JsonSerializerContext;
