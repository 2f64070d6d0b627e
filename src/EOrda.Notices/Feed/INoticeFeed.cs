using EOrda.Notices.Kinds;
using EOrda.Notices.Texts;
using EOrda.Queues.Time;

namespace EOrda.Notices.Feed;

/// <summary>The notices of a person, as the cabinet shows them. Whose they are is checked by whoever asks. Safe for many threads.</summary>
public interface INoticeFeed
{
    /// <summary>The most entries of a page.</summary>
    const int LargestPage = 100;

    /// <summary>Counting the unread ends here.</summary>
    const int MostUnread = 100;

    /// <summary>A page of a person's notices, the latest first.</summary>
    /// <param name="addressee">The person.</param>
    /// <param name="language">The language of the texts.</param>
    /// <param name="before">The id to go on before (<see cref="FeedPage.Next"/>), or null for the latest.</param>
    /// <param name="size">1 to <see cref="LargestPage"/>.</param>
    /// <param name="cancellation">Ends the wait.</param>
    /// <exception cref="ArgumentOutOfRangeException">The size is beyond its bounds.</exception>
    Task<FeedPage> ReadAsync(string addressee, Language language, long? before, int size, CancellationToken cancellation);

    /// <summary>How many are unread, counted to <see cref="MostUnread"/>.</summary>
    Task<int> UnreadAsync(string addressee, CancellationToken cancellation);

    /// <summary>Marks a person's notices up to an id as read.</summary>
    Task MarkReadAsync(string addressee, long through, CancellationToken cancellation);

    /// <summary>The latest notice that a reply by SMS answers, if one came since an instant: what a YES is a reply to.</summary>
    Task<OpenQuestion?> LatestQuestionAsync(string addressee, Moment since, CancellationToken cancellation);
}

/// <summary>A page of the feed.</summary>
/// <param name="Entries">The entries, the latest first.</param>
/// <param name="Next">What to ask the next page with, or null at the end.</param>
public sealed record FeedPage(IReadOnlyList<FeedEntry> Entries, long? Next);

/// <summary>A notice as the cabinet shows it.</summary>
/// <param name="Id">Grows with each notice.</param>
/// <param name="Kind">What it tells.</param>
/// <param name="At">When it happened.</param>
/// <param name="IsRead">It was marked as read.</param>
/// <param name="Title">Its title.</param>
/// <param name="Text">Its text.</param>
/// <param name="Application">The number of the application it is about.</param>
public sealed record FeedEntry(long Id, NoticeKind Kind, Moment At, bool IsRead, string Title, string Text, string Application);

/// <summary>A notice that asks for a reply.</summary>
/// <param name="Id">The notice.</param>
/// <param name="Kind">What it asks.</param>
/// <param name="Application">The number of the application it is about.</param>
public sealed record OpenQuestion(long Id, NoticeKind Kind, string Application);
