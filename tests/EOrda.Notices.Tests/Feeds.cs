using EOrda.Notices.Feed;
using EOrda.Notices.Kinds;
using EOrda.Notices.Texts;

namespace EOrda.Notices.Tests;

public sealed class Feeds : IAsyncLifetime
{
    private Database _database = null!;
    private NoticeFeed _feed = null!;

    public async Task InitializeAsync()
    {
        _database = await Database.MakeAsync();
        _feed = new NoticeFeed(_database.Store);
    }

    public async Task DisposeAsync() => await _database.DisposeAsync();

    [Fact]
    public async Task A_person_reads_the_own_notices_the_latest_first_page_by_page()
    {
        await EnqueueAsync("person-1", 5);
        await EnqueueAsync("person-2", 3);
        var first = await ReadAsync(null, 2);
        var second = await ReadAsync(first.Next, 2);
        var third = await ReadAsync(second.Next, 2);
        Assert.Equal([2, 2, 1], new[] { first, second, third }.Select(page => page.Entries.Count));
        Assert.Null(third.Next);
        var ids = first.Entries.Concat(second.Entries).Concat(third.Entries).Select(entry => entry.Id).ToList();
        Assert.Equal(ids.OrderDescending(), ids);
        Assert.Equal(5, ids.Distinct().Count());
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(101)]
    public async Task A_page_has_1_to_100_entries(int size) => await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => ReadAsync(null, size));

    [Fact]
    public async Task What_was_read_is_read_and_the_rest_is_counted()
    {
        await EnqueueAsync("person-1", 3);
        await EnqueueAsync("person-2", 1);
        Assert.Equal(3, await UnreadAsync());
        var middle = (await ReadAsync(null, 10)).Entries[1].Id;
        await _feed.MarkReadAsync("person-1", middle, CancellationToken.None);
        Assert.Equal(1, await UnreadAsync());
        Assert.Equal([false, true, true], (await ReadAsync(null, 10)).Entries.Select(entry => entry.IsRead));
        Assert.Equal(1, await _feed.UnreadAsync("person-2", CancellationToken.None));
    }

    [Fact]
    public async Task The_unread_are_counted_to_a_hundred()
    {
        await EnqueueAsync("person-1", 130);
        Assert.Equal(INoticeFeed.MostUnread, await UnreadAsync());
    }

    [Fact]
    public async Task Every_kind_is_told_in_the_language_that_is_asked_for()
    {
        var kinds = Enum.GetValues<NoticeKind>();
        await _database.Outbox.EnqueueAsync([.. kinds.Select(kind => _database.Fact(1, kind: kind))], CancellationToken.None);
        foreach (var language in Enum.GetValues<Language>())
        {
            var entries = (await _feed.ReadAsync("person-1", language, null, 100, CancellationToken.None)).Entries;
            Assert.Equal(kinds.OrderDescending(), entries.Select(entry => entry.Kind).OrderDescending());
            Assert.All(entries, entry =>
            {
                Assert.Equal(Sample.Application, entry.Application);
                Assert.NotEmpty(entry.Title);
                Assert.Contains(Sample.Application, entry.Text, StringComparison.Ordinal);
                Assert.DoesNotContain("—", entry.Text, StringComparison.Ordinal);
                Assert.DoesNotContain('{', entry.Text);
            });
        }
    }

    [Fact]
    public async Task The_latest_notice_that_asks_is_what_a_reply_answers()
    {
        var since = _database.Now;
        Assert.Null(await QuestionAsync());
        await _database.Outbox.EnqueueAsync([_database.Fact(1, kind: NoticeKind.ValidityEnding), _database.Fact(2), _database.Fact(3, "person-2", NoticeKind.LeavingConsentAsked)], CancellationToken.None);
        var question = await QuestionAsync();
        Assert.Equal((NoticeKind.ValidityEnding, Sample.Application), (question!.Kind, question.Application));
        Assert.Null(await _feed.LatestQuestionAsync("person-1", _database.Now.PlusHours(1), CancellationToken.None));

        Task<OpenQuestion?> QuestionAsync() => _feed.LatestQuestionAsync("person-1", since, CancellationToken.None);
    }

    private Task<int> EnqueueAsync(string addressee, int count) =>
        _database.Outbox.EnqueueAsync([.. Enumerable.Range(1, count).Select(number => _database.Fact(number, addressee))], CancellationToken.None);

    private Task<FeedPage> ReadAsync(long? before, int size) => _feed.ReadAsync("person-1", Language.English, before, size, CancellationToken.None);

    private Task<int> UnreadAsync() => _feed.UnreadAsync("person-1", CancellationToken.None);
}
