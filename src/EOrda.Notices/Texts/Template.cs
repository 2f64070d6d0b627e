using System.Text;
using EOrda.Notices.Kinds;

namespace EOrda.Notices.Texts;

/// <summary>
/// A text with placeholders: <c>{application}</c>; <c>{last:end}</c> for a date or time told in a format; <c>{count:место|места|мест}</c> for the word that goes with a count.
/// </summary>
internal sealed class Template
{
    /// <summary>Stands for a value that a notice from before the text does not have.</summary>
    private const string Missing = "—";

    private readonly IReadOnlyList<Part> _parts;
    private readonly Language _language;
    private readonly LanguageWords _words;

    private Template(IReadOnlyList<Part> parts, Language language, LanguageWords words)
    {
        _parts = parts;
        _language = language;
        _words = words;
    }

    /// <summary>The names of the values in it.</summary>
    public IEnumerable<string> Names => _parts.Where(part => part.Name is not null).Select(part => part.Name!).Distinct(StringComparer.Ordinal);

    /// <summary>Reads a text.</summary>
    /// <exception cref="FormatException">A placeholder is not closed, or has a format that the language does not have.</exception>
    public static Template Parse(string text, Language language, LanguageWords words)
    {
        var parts = new List<Part>();
        var rest = text;
        while (rest.IndexOf('{', StringComparison.Ordinal) is var open and >= 0)
        {
            var close = rest.IndexOf('}', open);
            if (close < 0)
                throw new FormatException($"A placeholder is not closed: {text}");
            parts.Add(new Part(rest[..open], null, null));
            var inside = rest[(open + 1)..close].Split(':', 2);
            parts.Add(new Part("", inside[0], inside.Length == 2 ? inside[1] : null));
            rest = rest[(close + 1)..];
        }

        parts.Add(new Part(rest, null, null));
        foreach (var format in parts.Select(part => part.Format).OfType<string>())
            Check(format, language, words);
        return new Template(parts, language, words);
    }

    /// <summary>The text with the values.</summary>
    public string Render(IReadOnlyDictionary<string, NoticeValue> values)
    {
        var text = new StringBuilder();
        foreach (var part in _parts)
        {
            if (part.Name is null)
                text.Append(part.Literal);
            else
                text.Append(values.TryGetValue(part.Name, out var value) ? Render(value, part.Format) : Missing);
        }

        return text.ToString();
    }

    private static void Check(string format, Language language, LanguageWords words)
    {
        if (format.Contains('|', StringComparison.Ordinal) ? format.Split('|').Length != Plural.FormsOf(language) : !words.Formats.ContainsKey(format))
            throw new FormatException($"There is no format '{format}' in {language}.");
    }

    private string Render(NoticeValue value, string? format) => value switch
    {
        NumberValue number => number.Text,
        NameValue name => _language switch
        {
            Language.Kazakh => name.Kazakh,
            Language.Russian => name.Russian,
            _ => name.English,
        },
        RemarkValue remark => remark.Text,
        CountValue count => format is null ? $"{count.Count}" : format.Split('|')[Plural.FormFor(_language, count.Count)],
        CauseValue cause => _words.Causes.GetValueOrDefault(cause.Word, Missing),
        DateValue date => Told(date.Date.AtMidnight(), format ?? "day"),
        TimeValue time => Told(time.Time, format ?? "time"),
        _ => throw new ArgumentException($"{value.GetType().Name} cannot be told.", nameof(value)),
    };

    private string Told(NodaTime.LocalDateTime at, string format) => _words.Formats[format].Of(at, _words);

    private sealed record Part(string Literal, string? Name, string? Format);
}
