using System.Diagnostics.CodeAnalysis;
using EOrda.Queues.Applications;
using EOrda.Queues.Places;
using EOrda.Queues.Time;
using EOrda.Queues.Twins;

namespace EOrda.Queues.Dues;

/// <summary>What falls due in a queue, first things first. An index: entries that no longer fit the queue's state are passed over.</summary>
internal sealed class DueIndex
{
    // Its elements say nothing: all is in the order.
    private readonly PriorityQueue<byte, Due> heap = new();
    private readonly HashSet<Moment> leavings = [];

    public void Add(Due due) => heap.Enqueue(0, due);

    /// <summary>Notes that children leave for age at the instant.</summary>
    public void AddLeaving(Moment at)
    {
        if (leavings.Add(at))
        {
            Add(new Due(at, DueKind.ChildrenLeaveForAge, 0));
        }
    }

    public Moment Next(Queue queue) => TryPeek(queue, out var due) ? due.At : Moment.Never;

    public bool TryTake(Queue queue, Moment at, [NotNullWhen(true)] out Due due)
    {
        if (!TryPeek(queue, out due) || due.At > at)
        {
            return false;
        }

        heap.Dequeue();
        leavings.Remove(due.Kind == DueKind.ChildrenLeaveForAge ? due.At : Moment.Never);
        return true;
    }

    private bool TryPeek(Queue queue, out Due due)
    {
        while (heap.TryPeek(out _, out due))
        {
            if (Holds(queue, due))
            {
                return true;
            }

            heap.Dequeue();
        }

        return false;
    }

    private static bool Holds(Queue queue, Due due)
    {
        switch (due.Kind)
        {
            case DueKind.ReservationLapses:
                return queue.Applications[due.Subject].HoldsReservation && queue.Applications[due.Subject].Until == due.At && queue.HalfOf(due.Subject)?.LapsesIn(queue.Key) != false;
            case DueKind.TwinsEnd:
                return queue.Halves.TryGetValue(due.Subject, out var half) && half.Leader == queue.Key && half.Until == due.At && half.State <= TwinState.Held;
            case DueKind.ReferralExpires:
                return queue.Applications[due.Subject].Status == Status.Referred && queue.Applications[due.Subject].Until == due.At && !queue.Deeds.Preparing.ContainsKey(due.Subject);
            case DueKind.ApplicationComesBack:
                return queue.Applications[due.Subject].Status is Status.Returning or Status.StopListed && queue.Applications[due.Subject].Until == due.At;
            case DueKind.PlaceIsLocked:
                return queue.Places[due.Subject].State == PlaceState.Reported && queue.Places[due.Subject].HandoverAt == due.At;
            case DueKind.PlaceIsReleased:
                return queue.Places[due.Subject].State is PlaceState.Reported or PlaceState.Locked or PlaceState.Returning && queue.Places[due.Subject].AvailableAt == due.At;
            default:
                return true;
        }
    }
}
