using NodaTime;

namespace EOrda.Notices.Kinds;

/// <summary>Something that differs from one notice of a kind to the next. Never a person's name, number or address.</summary>
public abstract record NoticeValue;

/// <summary>A number for people: of an application, a referral, a place. 1 to 20 characters.</summary>
public sealed record NumberValue(string Text) : NoticeValue
{
    /// <summary>The most characters; SMS lengths are counted with so many.</summary>
    public const int Longest = 20;
}

/// <summary>A name in three languages, for example a kindergarten's. Each 1 to 200 characters.</summary>
public sealed record NameValue(string Kazakh, string Russian, string English) : NoticeValue
{
    /// <summary>The most characters of each.</summary>
    public const int Longest = 200;
}

/// <summary>Words that a member of staff wrote. 1 to 2,000 characters; never in an SMS.</summary>
public sealed record RemarkValue(string Text) : NoticeValue
{
    /// <summary>The most characters.</summary>
    public const int Longest = 2_000;
}

/// <summary>A count from 0 to 999,999.</summary>
public sealed record CountValue(int Count) : NoticeValue
{
    /// <summary>The greatest count.</summary>
    public const int Greatest = 999_999;
}

/// <summary>A local date.</summary>
public sealed record DateValue(LocalDate Date) : NoticeValue;

/// <summary>A local date and time, told to the minute.</summary>
public sealed record TimeValue(LocalDateTime Time) : NoticeValue;

/// <summary>A cause, by its word in <c>Texts/notices.json</c>, for example <c>too-old</c>.</summary>
public sealed record CauseValue(string Word) : NoticeValue;
