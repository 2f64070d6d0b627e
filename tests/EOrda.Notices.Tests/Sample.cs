using EOrda.Notices.Kinds;
using NodaTime;

namespace EOrda.Notices.Tests;

/// <summary>A value of each type.</summary>
internal static class Sample
{
    public const string Application = "АЛМ-26-7KQ4-M92D";

    public static NoticeValue Of(Type type) =>
        type == typeof(NumberValue) ? new NumberValue(Application)
        : type == typeof(NameValue) ? new NameValue("№ 23 бөбекжай-балабақша", "Ясли-сад № 23", "Nursery-kindergarten No. 23")
        : type == typeof(RemarkValue) ? new RemarkValue("справка \"просрочена\"")
        : type == typeof(CountValue) ? new CountValue(7)
        : type == typeof(DateValue) ? new DateValue(new LocalDate(2026, 6, 17))
        : type == typeof(TimeValue) ? new TimeValue(new LocalDateTime(2026, 6, 10, 7, 10))
        : new CauseValue("too-old");
}
