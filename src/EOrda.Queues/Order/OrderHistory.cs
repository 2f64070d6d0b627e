namespace EOrda.Queues.Order;

/// <summary>The last changes of a queue's order, numbered from 1 on; the oldest give way to new ones.</summary>
internal sealed class OrderHistory
{
    /// <summary>How many changes are kept.</summary>
    public const int Capacity = 4096;

    private OrderChange[] ring = new OrderChange[16];

    /// <summary>The number of the latest change, 0 before the first.</summary>
    public long Latest { get; private set; }

    /// <summary>The number of the oldest change still kept.</summary>
    public long Oldest => Math.Max(1, Latest - Capacity + 1);

    public OrderChange this[long number] => ring[(number - 1) % ring.Length];

    public void Add(OrderChange change)
    {
        if (Latest == ring.Length && ring.Length < Capacity)
        {
            Array.Resize(ref ring, ring.Length * 2);
        }

        ring[Latest % ring.Length] = change;
        Latest++;
    }

    /// <summary>Takes over a history: the changes kept, the last of which has the number <paramref name="latest"/>.</summary>
    public void Restore(long latest, IReadOnlyList<OrderChange> kept)
    {
        ring = new OrderChange[latest >= Capacity ? Capacity : (int)System.Numerics.BitOperations.RoundUpToPowerOf2((uint)Math.Max(16, kept.Count))];
        Latest = latest - kept.Count;
        foreach (var change in kept)
        {
            Add(change);
        }
    }
}
