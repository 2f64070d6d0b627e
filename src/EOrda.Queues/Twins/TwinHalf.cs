using EOrda.Queues.Names;
using EOrda.Queues.Time;

namespace EOrda.Queues.Twins;

/// <summary>What has become of a batch across queues.</summary>
public enum TwinState : byte
{
    /// <summary>The leader has its half and asks the other queues for theirs.</summary>
    Pending,

    /// <summary>All halves are there.</summary>
    Held,

    /// <summary>Confirmed: each member has a referral.</summary>
    Confirmed,

    /// <summary>Dropped by the parent.</summary>
    Dropped,

    /// <summary>Lapsed at its end.</summary>
    Lapsed,
}

/// <summary>
/// One queue's half of a batch across queues. The queue with the smallest key leads: it alone decides whether the batch is held, confirmed, dropped or
/// lapses, and what it decided is carried to the others until they have it.
/// </summary>
internal sealed class TwinHalf
{
    /// <summary>The batch's key.</summary>
    public required CommandKey Key { get; init; }

    public required Batch Batch { get; init; }

    public required QueueKey Leader { get; init; }

    public required string Kindergarten { get; init; }

    /// <summary>When the batch ends, as the leader fixed it.</summary>
    public required Moment Until { get; init; }

    /// <summary>True when some member of the batch was in the window of its queue.</summary>
    public required bool InWindow { get; init; }

    public TwinState State { get; set; }

    /// <summary>When the leader confirmed or dropped it, or its end when it lapsed.</summary>
    public Moment EndedAt { get; set; }

    /// <summary>
    /// True where all steps of a process happen at one instant or not at all: then a confirmation or a drop has reached every half before the end comes,
    /// and each half lapses by itself.
    /// </summary>
    public bool EndsAlone { get; set; }

    /// <summary>Of the leader: the other queues that do not have the batch's end yet.</summary>
    public required SortedSet<string> Unsettled { get; init; }

    /// <summary>The other queues of the batch, in the order of their names.</summary>
    public static SortedSet<string> Others(Batch batch, QueueKey queue) =>
        new(batch.Members.Where(member => member.Queue != queue).Select(member => member.Queue.ToString()), StringComparer.Ordinal);

    /// <summary>True while this queue cannot say what becomes of the half at the instant: another queue decides it, or the other halves are not there yet.</summary>
    public bool IsOpen(QueueKey queue, Moment at) => State == TwinState.Pending || (Leader != queue && !EndsAlone && at >= Until);

    /// <summary>True where the half's reservations lapse at its end without anybody being asked.</summary>
    public bool LapsesIn(QueueKey queue) => State == TwinState.Held && (Leader == queue || EndsAlone);
}
