using EOrda.Notices.Kinds;
using EOrda.Notices.Storage;
using EOrda.Queues.Time;
using Microsoft.EntityFrameworkCore;

namespace EOrda.Notices.Outbox;

/// <summary>The outbox in the database.</summary>
internal sealed class NoticeOutbox(NoticesStore store, TimeProvider clock) : INoticeOutbox
{
    /// <summary>Faults of the gateway are tried again for so long (portal, P8).</summary>
    public const int SendForHours = 24;

    private const string Projector = "projector";
    private const int LeaseMilliseconds = 30_000;

    /// <summary>Two that write the same fact at once: one begins again, and finds it written. More often than this is something else.</summary>
    private const int MostTries = 3;

    public async Task<ProjectorLease?> AcquireAsync(string owner, CancellationToken cancellation)
    {
        if (owner is not { Length: > 0 and <= NoticeBounds.LongestOwner })
            throw new ArgumentException($"An owner has 1 to {NoticeBounds.LongestOwner} characters.", nameof(owner));
        await using var database = store.Open();
        var now = Now;
        var lease = await database.Leases.AsNoTracking().SingleOrDefaultAsync(l => l.Name == Projector, cancellation);
        if (lease is null)
            return await MakeLeaseAsync(database, owner, now, cancellation);
        if (lease.Owner != owner && lease.Until > now)
            return null;
        var token = lease.Token + 1;
        var taken = await database.Leases
            .Where(l => l.Name == Projector && l.Token == lease.Token)
            .ExecuteUpdateAsync(l => l.SetProperty(x => x.Owner, owner).SetProperty(x => x.Token, token).SetProperty(x => x.Until, now + LeaseMilliseconds), cancellation);
        return taken == 1 ? new ProjectorLease(owner, token) : null;
    }

    public async Task<long> PlaceOfAsync(string entity, CancellationToken cancellation)
    {
        await using var database = store.Open();
        return await database.Places.Where(place => place.Entity == entity).Select(place => place.Number).SingleOrDefaultAsync(cancellation);
    }

    public Task<int> ProjectAsync(ProjectorLease lease, IReadOnlyCollection<ProjectedRecords> records, CancellationToken cancellation)
    {
        Check(records.Select(page => page.Fault()), Math.Max(records.Count, records.Sum(page => page.Facts.Count)), nameof(records));
        if (records.DistinctBy(page => page.Entity).Count() != records.Count)
            throw new ArgumentException("An entity comes twice.", nameof(records));
        return AgainstOthersAsync(
            async database =>
            {
                await HoldLeaseAsync(database, lease, cancellation);
                var news = await MovePlacesAsync(database, records, cancellation);
                return await AddAsync(database, news, cancellation);
            },
            cancellation);
    }

    public Task<int> EnqueueAsync(IReadOnlyCollection<NoticeFact> facts, CancellationToken cancellation)
    {
        Check(facts.Select(fact => fact.Fault()), facts.Count, nameof(facts));
        return AgainstOthersAsync(database => AddAsync(database, facts, cancellation), cancellation);
    }

    public async Task<OutboxBacklog> BacklogAsync(CancellationToken cancellation)
    {
        await using var database = store.Open();
        var waiting = database.Deliveries.Where(d => d.State == DeliveryState.Waiting);
        var counts = await waiting
            .GroupBy(d => d.Channel)
            .Select(group => new { Channel = group.Key, Count = group.Count(), Retried = group.Count(d => d.Attempts > 0) })
            .ToListAsync(cancellation);
        var oldest = await waiting.MinAsync(d => (long?)d.Notice!.At, cancellation);
        return new OutboxBacklog(
            counts.Where(c => c.Channel == Channel.Sms).Sum(c => c.Count),
            counts.Where(c => c.Channel == Channel.Email).Sum(c => c.Count),
            oldest is { } at ? new Moment(at) : null,
            counts.Sum(c => c.Retried));
    }

    public async Task<int> RemoveAsync(Moment endedBefore, CancellationToken cancellation)
    {
        await using var database = store.Open();
        var old = await database.Notices
            .Where(n => n.At < endedBefore.UnixMilliseconds && !n.Deliveries.Any(d => d.State == DeliveryState.Waiting))
            .OrderBy(n => n.At)
            .Select(n => n.Id)
            .Take(INoticeOutbox.MostAtOnce)
            .ToListAsync(cancellation);
        return await database.Notices.Where(n => old.Contains(n.Id)).ExecuteDeleteAsync(cancellation);
    }

    private long Now => clock.GetUtcNow().ToUnixTimeMilliseconds();

    private static void Check(IEnumerable<string?> faults, int count, string parameter)
    {
        if (count > INoticeOutbox.MostAtOnce)
            throw new ArgumentException($"{count} at once are more than {INoticeOutbox.MostAtOnce}.", parameter);
        if (faults.FirstOrDefault(fault => fault is not null) is { } first)
            throw new ArgumentException(first, parameter);
    }

    private static async Task<ProjectorLease?> MakeLeaseAsync(NoticesContext database, string owner, long now, CancellationToken cancellation)
    {
        database.Leases.Add(new LeaseRow { Name = Projector, Owner = owner, Token = 1, Until = now + LeaseMilliseconds });
        try
        {
            await database.SaveChangesAsync(cancellation);
            return new ProjectorLease(owner, 1);
        }
        catch (DbUpdateException)
        {
            // Another made it first.
            return null;
        }
    }

    /// <summary>Runs in a transaction, and once more where another wrote the same facts in between.</summary>
    private async Task<int> AgainstOthersAsync(Func<NoticesContext, Task<int>> write, CancellationToken cancellation)
    {
        for (var attempt = 1; ; attempt++)
        {
            await using var database = store.Open();
            await using var transaction = await database.Database.BeginTransactionAsync(cancellation);
            try
            {
                var written = await write(database);
                await transaction.CommitAsync(cancellation);
                return written;
            }
            catch (DbUpdateException) when (attempt < MostTries)
            {
                await transaction.RollbackAsync(cancellation);
            }
        }
    }

    /// <summary>The row is locked until the transaction ends: nobody else gets the lease meanwhile.</summary>
    private async Task HoldLeaseAsync(NoticesContext database, ProjectorLease lease, CancellationToken cancellation)
    {
        var until = Now + LeaseMilliseconds;
        var held = await database.Leases
            .Where(l => l.Name == Projector && l.Token == lease.Token && l.Owner == lease.Owner)
            .ExecuteUpdateAsync(l => l.SetProperty(x => x.Until, until), cancellation);
        if (held == 0)
            throw new StaleProjectorException(lease);
    }

    /// <summary>Moves the places and returns the facts behind them.</summary>
    private static async Task<IReadOnlyCollection<NoticeFact>> MovePlacesAsync(NoticesContext database, IReadOnlyCollection<ProjectedRecords> records, CancellationToken cancellation)
    {
        var entities = records.Select(page => page.Entity).ToList();
        var places = await database.Places.Where(place => entities.Contains(place.Entity)).ToDictionaryAsync(place => place.Entity, StringComparer.Ordinal, cancellation);
        var news = new List<NoticeFact>();
        foreach (var page in records)
        {
            if (!places.TryGetValue(page.Entity, out var place))
            {
                place = new PlaceRow { Entity = page.Entity };
                database.Places.Add(place);
            }

            if (page.From > place.Number + 1)
                throw new ProjectionGapException(page.Entity, place.Number, page.From);
            news.AddRange(page.Facts.Where(fact => fact.Number > place.Number));
            place.Number = Math.Max(place.Number, page.Through);
        }

        return news;
    }

    private async Task<int> AddAsync(NoticesContext database, IReadOnlyCollection<NoticeFact> facts, CancellationToken cancellation)
    {
        var byIdentity = facts.DistinctBy(fact => fact.Identity, StringComparer.Ordinal).ToDictionary(fact => fact.Identity, StringComparer.Ordinal);
        var identities = byIdentity.Keys.ToList();
        var known = await database.Notices.Where(n => identities.Contains(n.Fact)).Select(n => n.Fact).ToListAsync(cancellation);
        foreach (var identity in known)
            byIdentity.Remove(identity);
        var now = Now;
        database.Notices.AddRange(byIdentity.Select(fact => RowOf(fact.Key, fact.Value, now)));
        await database.SaveChangesAsync(cancellation);
        return byIdentity.Count;
    }

    private static NoticeRow RowOf(string identity, NoticeFact fact, long now)
    {
        var kind = KindTraits.Of(fact.Kind);
        var row = new NoticeRow
        {
            Fact = identity,
            Addressee = fact.Addressee,
            Kind = kind.Word,
            Values = StoredValues.Write(fact.Values),
            At = fact.At.UnixMilliseconds,
        };
        var until = Moment.Min(fact.At.PlusHours(SendForHours), fact.UsefulUntil ?? Moment.Never).UnixMilliseconds;
        if (!kind.IsFeedOnly && until > now)
        {
            foreach (var channel in Enum.GetValues<Channel>())
                row.Deliveries.Add(new DeliveryRow { Channel = channel, Order = kind.IsUrgent ? 0 : 1, NextAt = now, Until = until });
        }

        return row;
    }
}
