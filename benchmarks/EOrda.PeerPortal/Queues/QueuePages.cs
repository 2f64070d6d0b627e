using System.Collections.Concurrent;
using EOrda.PeerPortal.Database;
using EOrda.PeerPortal.Morning;

namespace EOrda.PeerPortal.Queues;

/// <summary>
/// Every queue as it was read half a second ago or later: however many browsers ask, the tables are read twice a second at most for each queue, and only
/// while somebody asks. The order, which is long, is read again only when a referral has changed it.
/// </summary>
internal sealed class QueuePages(Lookups lookups, PeerClock clock)
{
    private static readonly TimeSpan FreshFor = TimeSpan.FromMilliseconds(500);

    private readonly ConcurrentDictionary<string, Slot> slots = new(StringComparer.Ordinal);

    /// <summary>A queue; null when there is none of that name.</summary>
    public async ValueTask<QueuePage?> OfAsync(string queue, CancellationToken cancel)
    {
        if (slots.TryGetValue(queue, out var slot))
        {
            return slot.Fresh() ?? await ReadAsync(queue, slot, cancel);
        }

        // Names that nobody knows are not kept.
        return await lookups.ReferralsAsync(queue, cancel) is null ? null : await ReadAsync(queue, slots.GetOrAdd(queue, _ => new Slot()), cancel);
    }

    private async Task<QueuePage> ReadAsync(string queue, Slot slot, CancellationToken cancel)
    {
        await slot.Reading.WaitAsync(cancel);
        try
        {
            if (slot.Fresh() is { } meanwhile)
            {
                return meanwhile;
            }

            // Who asks from now on may be shown what has been decided by now.
            var (begun, at, known) = (TimeProvider.System.GetTimestamp(), clock.Now, slot.Page);
            var referrals = (await lookups.ReferralsAsync(queue, cancel))!.Value;
            var places = await lookups.PlacesAsync(queue, at, cancel);
            var page = known is null || known.Referrals != referrals
                ? new QueuePage(queue, at, (known?.Version ?? 0) + 1, referrals, places, await lookups.OrderAsync(queue, cancel))
                : known.HasPlaces(places) ? known : known.With(at, places);
            slot.Keep(page, begun);
            return page;
        }
        finally
        {
            slot.Reading.Release();
        }
    }

    private sealed class Slot
    {
        private long readAt;

        public SemaphoreSlim Reading { get; } = new(1);

        public QueuePage? Page { get; private set; }

        public QueuePage? Fresh()
        {
            var at = Volatile.Read(ref readAt);
            return at != 0 && TimeProvider.System.GetElapsedTime(at) < FreshFor ? Page : null;
        }

        public void Keep(QueuePage page, long at)
        {
            Page = page;
            Volatile.Write(ref readAt, at);
        }
    }
}
