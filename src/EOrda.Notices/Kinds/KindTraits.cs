using EOrda.Notices.Texts;

namespace EOrda.Notices.Kinds;

/// <summary>What holds for all notices of a kind.</summary>
/// <param name="Kind">The kind.</param>
/// <param name="Word">Its word in files and in the database.</param>
/// <param name="Annex">Its number in 001, annex 1_8, or null.</param>
/// <param name="IsLegal">It cannot be turned off.</param>
/// <param name="IsFeedOnly">It stands in the cabinet's feed and is not sent.</param>
/// <param name="IsUrgent">It is sent before those that are not: it is of use for minutes only.</param>
/// <param name="AsksForReply">A reply by SMS answers it.</param>
/// <param name="Values">The values that a notice of the kind has, by name; each by its type.</param>
public sealed record KindTraits(
    NoticeKind Kind,
    string Word,
    int? Annex,
    bool IsLegal,
    bool IsFeedOnly,
    bool IsUrgent,
    bool AsksForReply,
    IReadOnlyDictionary<string, Type> Values)
{
    /// <summary>The traits of a kind.</summary>
    public static KindTraits Of(NoticeKind kind) => NoticeTexts.All.TextsOf(kind).Traits;

    /// <summary>Says what is wrong with the values of a notice: one is missing, too many, of another type or beyond its bounds.</summary>
    /// <returns>The fault, naming the value and not its content; or null.</returns>
    public string? FaultOf(IReadOnlyDictionary<string, NoticeValue> values)
    {
        foreach (var (name, type) in Values)
        {
            if (!values.TryGetValue(name, out var value))
                return $"{Word}: the value '{name}' is missing";
            if (value.GetType() != type)
                return $"{Word}: the value '{name}' must be a {type.Name}";
            if (!IsWithinBounds(value))
                return $"{Word}: the value '{name}' is beyond its bounds";
        }

        return values.Count == Values.Count ? null : $"{Word}: there are values that it does not have";
    }

    private static bool IsWithinBounds(NoticeValue value) => value switch
    {
        NumberValue number => IsText(number.Text, NumberValue.Longest),
        NameValue name => IsText(name.Kazakh, NameValue.Longest) && IsText(name.Russian, NameValue.Longest) && IsText(name.English, NameValue.Longest),
        RemarkValue remark => IsText(remark.Text, RemarkValue.Longest),
        CountValue count => count.Count is >= 0 and <= CountValue.Greatest,
        CauseValue cause => NoticeTexts.All.Words(Language.Kazakh).Causes.ContainsKey(cause.Word),
        _ => true,
    };

    private static bool IsText(string text, int longest) => text.Length > 0 && text.Length <= longest;
}
