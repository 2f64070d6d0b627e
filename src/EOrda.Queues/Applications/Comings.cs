using EOrda.Queues.Order;
using EOrda.Queues.Reservations;
using EOrda.Queues.Time;

namespace EOrda.Queues.Applications;

/// <summary>How an application comes back into the order, and how it leaves for good.</summary>
internal static class Comings
{
    /// <summary>Back at its place; or out for good when its 1 June has come meanwhile (docs/replay.md, "Leaving on 1 June").</summary>
    public static QueueEvent Back(Queue queue, int application, Moment at, PositionCause why = PositionCause.Return) =>
        queue.HasLeftForAge(application, at)
            ? new ApplicationArchived(application, Cause.TooOld)
            : new ApplicationEntered(application, why);

    /// <summary>Out for good; a place held returns, and no lapse is counted.</summary>
    public static QueueEvent[] Away(Queue queue, int application, Cause cause, Moment at) =>
        queue.Applications[application].HoldsReservation
            ? [ReservationDecisions.End(queue, application, at, counts: false), new ApplicationArchived(application, cause)]
            : [new ApplicationArchived(application, cause)];
}
