using EOrda.Queues.Names;

namespace EOrda.Queues.Twins;

/// <summary>Siblings' reservations made in one step (rules, section 9; 000: 15-25).</summary>
/// <param name="Id">Unique: the first member's queue, and a number in it.</param>
/// <param name="Members">All members in the order of the reservation, each with its queue; some may have left since.</param>
public sealed record Batch(string Id, IReadOnlyList<BatchMember> Members)
{
    /// <summary>True for the member named first, whose queue numbers the batch.</summary>
    public bool IsFirst(QueueKey queue, string application) => Members[0].Application == application && Members[0].Queue == queue;
}

/// <summary>A member of a batch.</summary>
public sealed record BatchMember(QueueKey Queue, string Application);
