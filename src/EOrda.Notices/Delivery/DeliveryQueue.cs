using EOrda.Notices.Storage;
using Microsoft.EntityFrameworkCore;

namespace EOrda.Notices.Delivery;

/// <summary>Takes messages out of the database in batches and writes back what became of them. Several nodes may: each message is with one at a time.</summary>
internal sealed class DeliveryQueue(NoticesStore store, TimeProvider clock)
{
    /// <summary>A node that died with a batch loses it after so long; nobody sends for longer.</summary>
    public static readonly TimeSpan TakenFor = TimeSpan.FromMinutes(5);

    /// <summary>Takes the next batch of a channel: the urgent first, then by the instant from which they may be sent.</summary>
    public async Task<IReadOnlyList<DeliveryRow>> TakeAsync(Channel channel, int most, CancellationToken cancellation)
    {
        await using var database = store.Open();
        var now = clock.GetUtcNow().ToUnixTimeMilliseconds();
        var due = await Due(database, channel, now)
            .OrderBy(d => d.Order).ThenBy(d => d.NextAt)
            .Select(d => d.Id)
            .Take(most)
            .ToListAsync(cancellation);
        if (due.Count == 0)
            return [];

        // Whoever else saw the same ones is shut out by the condition, which is looked at again row by row.
        var taker = Guid.NewGuid().ToString("N");
        var until = now + (long)TakenFor.TotalMilliseconds;
        await Due(database, channel, now)
            .Where(d => due.Contains(d.Id))
            .ExecuteUpdateAsync(d => d.SetProperty(x => x.TakenBy, taker).SetProperty(x => x.TakenUntil, until), cancellation);
        return await database.Deliveries.AsNoTracking()
            .Include(d => d.Notice)
            .Where(d => due.Contains(d.Id) && d.TakenBy == taker)
            .OrderBy(d => d.Order).ThenBy(d => d.NextAt)
            .ToListAsync(cancellation);
    }

    /// <summary>Writes back what became of a batch, in one transaction. What somebody else has taken since is left alone.</summary>
    public async Task WriteAsync(IReadOnlyCollection<DeliveryRow> batch, CancellationToken cancellation)
    {
        await using var database = store.Open();
        await using var transaction = await database.Database.BeginTransactionAsync(cancellation);

        // Most of a batch fared the same: one statement for all of them.
        foreach (var alike in batch.GroupBy(row => (row.TakenBy, row.State, row.Attempts, row.NextAt, row.IsUnsure, row.Fault)))
        {
            var ids = alike.Select(row => row.Id).ToList();
            var (taker, state, attempts, nextAt, isUnsure, fault) = alike.Key;
            await database.Deliveries
                .Where(d => ids.Contains(d.Id) && d.TakenBy == taker)
                .ExecuteUpdateAsync(
                    d => d.SetProperty(x => x.State, state)
                        .SetProperty(x => x.Attempts, attempts)
                        .SetProperty(x => x.NextAt, nextAt)
                        .SetProperty(x => x.IsUnsure, isUnsure)
                        .SetProperty(x => x.Fault, fault)
                        .SetProperty(x => x.TakenBy, (string?)null)
                        .SetProperty(x => x.TakenUntil, 0),
                    cancellation);
        }

        await transaction.CommitAsync(cancellation);
    }

    private static IQueryable<DeliveryRow> Due(NoticesContext database, Channel channel, long now) =>
        database.Deliveries.Where(d => d.State == DeliveryState.Waiting && d.Channel == channel && d.NextAt <= now && d.TakenUntil <= now);
}
