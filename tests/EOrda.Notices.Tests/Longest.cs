using EOrda.Notices.Kinds;
using EOrda.Notices.Texts;
using NodaTime;

namespace EOrda.Notices.Tests;

/// <summary>The values that make a text longest: every day of a year, the greatest counts, the longest numbers, every cause.</summary>
internal static class Longest
{
    public static IEnumerable<IReadOnlyDictionary<string, NoticeValue>> ValuesOf(KindTraits kind) =>
        from day in Enumerable.Range(0, 366).Select(days => new LocalDate(2028, 1, 1).PlusDays(days))
        from cause in kind.Values.Values.Contains(typeof(CauseValue)) ? NoticeTexts.All.Words(Language.Kazakh).Causes.Keys : [""]
        select kind.Values.ToDictionary(value => value.Key, value => Of(value.Value, day, cause), StringComparer.Ordinal);

    private static NoticeValue Of(Type type, LocalDate day, string cause) =>
        type == typeof(NumberValue) ? new NumberValue(new string('Ж', NumberValue.Longest))
        : type == typeof(NameValue) ? new NameValue(new string('қ', NameValue.Longest), new string('щ', NameValue.Longest), new string('w', NameValue.Longest))
        : type == typeof(RemarkValue) ? new RemarkValue(new string('ы', RemarkValue.Longest))
        : type == typeof(CountValue) ? new CountValue(CountValue.Greatest)
        : type == typeof(DateValue) ? new DateValue(day)
        : type == typeof(TimeValue) ? new TimeValue(day.At(new LocalTime(18, day.Day % 60)))
        : new CauseValue(cause);
}
