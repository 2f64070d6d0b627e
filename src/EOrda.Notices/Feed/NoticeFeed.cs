using EOrda.Notices.Kinds;
using EOrda.Notices.Outbox;
using EOrda.Notices.Storage;
using EOrda.Notices.Texts;
using EOrda.Queues.Time;
using Microsoft.EntityFrameworkCore;

namespace EOrda.Notices.Feed;

/// <summary>The feed from the database.</summary>
internal sealed class NoticeFeed(NoticesStore store) : INoticeFeed
{
    private static readonly List<string> Questions = [.. Enum.GetValues<NoticeKind>().Select(KindTraits.Of).Where(kind => kind.AsksForReply).Select(kind => kind.Word)];

    public async Task<FeedPage> ReadAsync(string addressee, Language language, long? before, int size, CancellationToken cancellation)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(size, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(size, INoticeFeed.LargestPage);
        await using var database = store.Open();
        var end = before ?? long.MaxValue;
        var rows = await database.Notices.AsNoTracking()
            .Where(n => n.Addressee == addressee && n.Id < end)
            .OrderByDescending(n => n.Id)
            .Take(size + 1)
            .ToListAsync(cancellation);
        var entries = rows.Take(size).Select(row => EntryOf(row, language)).ToList();
        return new FeedPage(entries, rows.Count > size ? entries[^1].Id : null);
    }

    public async Task<int> UnreadAsync(string addressee, CancellationToken cancellation)
    {
        await using var database = store.Open();
        return await database.Notices.Where(n => n.Addressee == addressee && !n.IsRead).Take(INoticeFeed.MostUnread).CountAsync(cancellation);
    }

    public async Task MarkReadAsync(string addressee, long through, CancellationToken cancellation)
    {
        await using var database = store.Open();
        await database.Notices
            .Where(n => n.Addressee == addressee && n.Id <= through && !n.IsRead)
            .ExecuteUpdateAsync(n => n.SetProperty(x => x.IsRead, true), cancellation);
    }

    public async Task<OpenQuestion?> LatestQuestionAsync(string addressee, Moment since, CancellationToken cancellation)
    {
        await using var database = store.Open();
        var row = await database.Notices.AsNoTracking()
            .Where(n => n.Addressee == addressee && n.At >= since.UnixMilliseconds && Questions.Contains(n.Kind))
            .OrderByDescending(n => n.Id)
            .FirstOrDefaultAsync(cancellation);
        if (row is null)
            return null;
        var kind = NoticeTexts.All.KindOf(row.Kind);
        return new OpenQuestion(row.Id, kind, ApplicationOf(StoredValues.Read(row.Values, KindTraits.Of(kind))));
    }

    private static FeedEntry EntryOf(NoticeRow row, Language language)
    {
        var texts = NoticeTexts.All.TextsOf(NoticeTexts.All.KindOf(row.Kind));
        var values = StoredValues.Read(row.Values, texts.Traits);
        return new FeedEntry(
            row.Id,
            texts.Traits.Kind,
            new Moment(row.At),
            row.IsRead,
            texts.Titles[language].Render(values),
            texts.Bodies[language].Render(values),
            ApplicationOf(values));
    }

    private static string ApplicationOf(IReadOnlyDictionary<string, NoticeValue> values) => ((NumberValue)values[KindTexts.Application]).Text;
}
