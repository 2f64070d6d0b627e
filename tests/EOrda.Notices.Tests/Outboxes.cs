using EOrda.Notices.Kinds;
using EOrda.Notices.Outbox;

namespace EOrda.Notices.Tests;

public sealed class Outboxes : IAsyncLifetime
{
    private const string Queue = "queue/almaty/general/2022";

    private Database _database = null!;

    private NoticeOutbox Outbox => _database.Outbox;

    public async Task InitializeAsync() => _database = await Database.MakeAsync();

    public async Task DisposeAsync() => await _database.DisposeAsync();

    [Fact]
    public async Task A_fact_is_taken_once_however_often_it_comes()
    {
        Assert.Equal(1, await EnqueueAsync(_database.Fact(1)));
        Assert.Equal(0, await EnqueueAsync(_database.Fact(1)));
        Assert.Equal(1, await EnqueueAsync(_database.Fact(2), _database.Fact(2)));
        Assert.Equal(2, (await _database.FactsAsync()).Count);
        Assert.Equal(4, (await _database.DeliveriesAsync()).Count);
    }

    [Fact]
    public async Task Record_kind_and_addressee_each_make_another_fact()
    {
        Assert.Equal(4, await EnqueueAsync(_database.Fact(1), _database.Fact(2), _database.Fact(1, kind: NoticeKind.Queued), _database.Fact(1, addressee: "person-2")));
        Assert.Equal(1, await EnqueueAsync(_database.Fact(1, entity: "queue/almaty/general/2023")));
    }

    [Fact]
    public async Task Many_who_bring_the_same_facts_at_once_bring_each_once()
    {
        var facts = Enumerable.Range(1, 50).Select(number => _database.Fact(number)).ToArray();
        var news = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => EnqueueAsync(facts)))).WaitAsync(TimeSpan.FromMinutes(1));
        Assert.Equal(50, news.Sum());
        Assert.Equal(50, (await _database.FactsAsync()).Distinct(StringComparer.Ordinal).Count());
    }

    [Fact]
    public async Task Records_move_the_place_and_are_passed_over_when_they_come_again()
    {
        var lease = await AcquireAsync("a");
        Assert.Equal(0, await Outbox.PlaceOfAsync(Queue, CancellationToken.None));
        Assert.Equal(1, await ProjectAsync(lease, Records(1, 5, 3)));
        Assert.Equal(5, await Outbox.PlaceOfAsync(Queue, CancellationToken.None));

        // Some of these were there, some are new.
        Assert.Equal(1, await ProjectAsync(lease, Records(2, 7, 3, 7)));
        Assert.Equal(0, await ProjectAsync(lease, Records(1, 4, 3, 4)));
        Assert.Equal(7, await Outbox.PlaceOfAsync(Queue, CancellationToken.None));
        Assert.Equal(2, (await _database.FactsAsync()).Count);
    }

    [Fact]
    public async Task Records_that_tell_nothing_move_the_place_too()
    {
        var lease = await AcquireAsync("a");
        Assert.Equal(0, await ProjectAsync(lease, Records(1, 900)));
        Assert.Equal(900, await Outbox.PlaceOfAsync(Queue, CancellationToken.None));
    }

    [Fact]
    public async Task A_gap_is_refused_and_nothing_of_the_call_is_written()
    {
        var lease = await AcquireAsync("a");
        await ProjectAsync(lease, Records(1, 5));
        const string Other = "queue/almaty/general/2021";
        var other = new ProjectedRecords(Other, 1, 1, [_database.Fact(1, entity: Other)]);
        await Assert.ThrowsAsync<ProjectionGapException>(() => ProjectAsync(lease, other, Records(7, 8, 7)));
        Assert.Equal(0, await Outbox.PlaceOfAsync(Other, CancellationToken.None));
        Assert.Equal(5, await Outbox.PlaceOfAsync(Queue, CancellationToken.None));
        Assert.Empty(await _database.FactsAsync());
    }

    [Fact]
    public async Task One_has_the_lease_until_it_ends()
    {
        var first = await AcquireAsync("a");
        Assert.Null(await Outbox.AcquireAsync("b", CancellationToken.None));
        _database.Clock.Advance(TimeSpan.FromSeconds(31));
        var second = await AcquireAsync("b");
        Assert.True(second.Token > first.Token);
        Assert.Null(await Outbox.AcquireAsync("a", CancellationToken.None));
    }

    [Fact]
    public async Task Projecting_renews_the_lease()
    {
        var lease = await AcquireAsync("a");
        _database.Clock.Advance(TimeSpan.FromSeconds(20));
        await ProjectAsync(lease, Records(1, 1));
        _database.Clock.Advance(TimeSpan.FromSeconds(20));
        Assert.Null(await Outbox.AcquireAsync("b", CancellationToken.None));
    }

    [Fact]
    public async Task A_stale_projector_writes_nothing()
    {
        var stale = await AcquireAsync("a");
        _database.Clock.Advance(TimeSpan.FromSeconds(31));
        var lease = await AcquireAsync("b");
        await Assert.ThrowsAsync<StaleProjectorException>(() => ProjectAsync(stale, Records(1, 3, 2)));
        Assert.Equal(0, await Outbox.PlaceOfAsync(Queue, CancellationToken.None));
        Assert.Empty(await _database.FactsAsync());
        Assert.Equal(1, await ProjectAsync(lease, Records(1, 3, 2)));
    }

    [Fact]
    public async Task A_node_that_comes_again_fences_its_former_self()
    {
        var former = await AcquireAsync("a");
        var now = await AcquireAsync("a");
        await Assert.ThrowsAsync<StaleProjectorException>(() => ProjectAsync(former, Records(1, 3, 2)));
        Assert.Equal(1, await ProjectAsync(now, Records(1, 3, 2)));
    }

    [Fact]
    public async Task Of_many_who_want_the_lease_at_once_one_gets_it()
    {
        var leases = await Task.WhenAll(Enumerable.Range(0, 6).Select(node => Task.Run(() => Outbox.AcquireAsync($"node-{node}", CancellationToken.None)))).WaitAsync(TimeSpan.FromMinutes(1));
        Assert.Single(leases, lease => lease is not null);
    }

    [Fact]
    public async Task A_fact_that_is_not_as_it_must_be_is_refused_and_nothing_is_taken()
    {
        await Assert.ThrowsAsync<ArgumentException>(() => EnqueueAsync(_database.Fact(1), _database.Fact(0)));
        await Assert.ThrowsAsync<ArgumentException>(() => EnqueueAsync(_database.Fact(1) with { Addressee = "" }));
        await Assert.ThrowsAsync<ArgumentException>(() => EnqueueAsync(_database.Fact(1) with { Entity = new string('q', 201) }));
        await Assert.ThrowsAsync<ArgumentException>(() => EnqueueAsync(_database.Fact(1) with { Kind = NoticeKind.Queued }));
        await Assert.ThrowsAsync<ArgumentException>(() => EnqueueAsync([.. Enumerable.Range(1, INoticeOutbox.MostAtOnce + 1).Select(number => _database.Fact(number))]));
        var lease = await AcquireAsync("a");
        await Assert.ThrowsAsync<ArgumentException>(() => ProjectAsync(lease, Records(1, 2, 3)));
        await Assert.ThrowsAsync<ArgumentException>(() => ProjectAsync(lease, Records(1, 2), Records(3, 4)));
        await Assert.ThrowsAsync<ArgumentException>(() => ProjectAsync(lease, Records(2, 1)));
        Assert.Empty(await _database.FactsAsync());
    }

    [Fact]
    public async Task What_is_told_in_the_feed_only_is_not_sent_nor_is_what_is_a_day_old_or_of_no_use_any_more()
    {
        await EnqueueAsync(
            _database.Fact(1, kind: NoticeKind.Lost),
            _database.Fact(2) with { At = _database.Now.PlusHours(-24) },
            _database.Fact(3) with { UsefulUntil = _database.Now.PlusMinutes(-1) });
        Assert.Equal(3, (await _database.FactsAsync()).Count);
        Assert.Empty(await _database.DeliveriesAsync());
    }

    [Fact]
    public async Task The_backlog_counts_what_waits_by_channel()
    {
        Assert.Equal(new OutboxBacklog(0, 0, null, 0), await Outbox.BacklogAsync(CancellationToken.None));
        var fact = _database.Fact(1);
        await EnqueueAsync(fact, _database.Fact(2));
        Assert.Equal(new OutboxBacklog(2, 2, fact.At, 0), await Outbox.BacklogAsync(CancellationToken.None));
    }

    [Fact]
    public async Task Old_notices_are_removed_once_nothing_of_them_waits()
    {
        await EnqueueAsync(_database.Fact(1) with { At = _database.Now.PlusHours(-48) }, _database.Fact(2));
        _database.Clock.Advance(TimeSpan.FromDays(1));
        Assert.Equal(1, await Outbox.RemoveAsync(_database.Now, CancellationToken.None));
        Assert.Equal("queue/almaty/general/2022#2 withdrawn person-1", Assert.Single(await _database.FactsAsync()));
    }

    [Fact]
    public void An_instant_of_a_fact_and_its_record_stand_in_its_text_and_nobody_s_name() =>
        Assert.Equal("Withdrawn of queue/almaty/general/2022#1", _database.Fact(1, addressee: "person-7").ToString());

    private async Task<ProjectorLease> AcquireAsync(string owner)
    {
        var lease = await Outbox.AcquireAsync(owner, CancellationToken.None);
        Assert.NotNull(lease);
        return lease;
    }

    private Task<int> EnqueueAsync(params NoticeFact[] facts) => Outbox.EnqueueAsync(facts, CancellationToken.None);

    private Task<int> ProjectAsync(ProjectorLease lease, params ProjectedRecords[] records) => Outbox.ProjectAsync(lease, records, CancellationToken.None);

    private ProjectedRecords Records(long from, long through, params long[] facts) => new(Queue, from, through, [.. facts.Select(number => _database.Fact(number))]);
}
