using NodaTime;

namespace EOrda.Notices.Texts;

/// <summary>The words of a language that texts share: months, causes, and how dates and times are told.</summary>
/// <param name="Months">The twelve months as they stand after a day.</param>
/// <param name="Causes">What a cause is called, by its word.</param>
/// <param name="Formats">How dates and times are told, by the name that a placeholder gives.</param>
internal sealed record LanguageWords(IReadOnlyList<string> Months, IReadOnlyDictionary<string, string> Causes, IReadOnlyDictionary<string, TimeFormat> Formats)
{
    /// <summary>A date, for example <c>17 маусымға</c>.</summary>
    public string Date(LocalDate date, string? inCase) => $"{date.Day} {Kazakh.InCase(Months[date.Month - 1], inCase)}";
}

/// <summary>How a date or a time is told.</summary>
/// <param name="Text">The text with <c>{date}</c>, <c>{time}</c> or both.</param>
/// <param name="DateCase">The Kazakh case of the date, or null.</param>
/// <param name="TimeCase">The Kazakh case of the time, or null.</param>
internal sealed record TimeFormat(string Text, string? DateCase, string? TimeCase)
{
    public string Of(LocalDateTime at, LanguageWords words) => Text
        .Replace("{date}", words.Date(at.Date, DateCase), StringComparison.Ordinal)
        .Replace("{time}", Kazakh.TimeInCase($"{at.Hour:00}:{at.Minute:00}", TimeCase), StringComparison.Ordinal);
}
