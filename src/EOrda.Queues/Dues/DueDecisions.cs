using EOrda.Queues.Applications;
using EOrda.Queues.Places;
using EOrda.Queues.Reservations;
using EOrda.Queues.Twins;

namespace EOrda.Queues.Dues;

/// <summary>What happens when something falls due.</summary>
internal static class DueDecisions
{
    public static IReadOnlyList<QueueEvent> Decide(Queue queue, Due due) => due.Kind switch
    {
        DueKind.ReservationLapses => [ReservationDecisions.End(queue, due.Subject, due.At, counts: true)],
        DueKind.TwinsEnd => [EndTwins(queue.Halves[due.Subject])],
        DueKind.ReferralExpires => Referrals.ReferralDecisions.Expire(queue, due.Subject, due.At),
        DueKind.ApplicationComesBack => ComeBack(queue, due),
        DueKind.PlaceIsLocked => [new PlaceLocked(due.Subject)],
        DueKind.PlaceIsReleased => [Release(queue, due)],
        _ => LeaveForAge(queue, due),
    };

    private static QueueEvent[] ComeBack(Queue queue, Due due) =>
        queue.Applications[due.Subject].Status == Status.StopListed
            ? StopList.StopListDecisions.End(queue, due.Subject, due.At)
            : [Comings.Back(queue, due.Subject, due.At)];

    // A batch whose halves never came together is undone; no lapse is counted.
    private static QueueEvent EndTwins(TwinHalf half) => half.State == TwinState.Pending ? new TwinsUndone(half.Key) : new TwinsDecided(half.Key, TwinState.Lapsed);

    private static PlaceReleased Release(Queue queue, Due due)
    {
        ref var place = ref queue.Places[due.Subject];
        return new PlaceReleased(
            due.Subject,
            place.State == PlaceState.Returning ? place.PriorityEnd : queue.Schedule.PriorityEnd(queue.Schedule.DateOf(due.At), queue.Rules.PriorityWorkingDays));
    }

    private static List<QueueEvent> LeaveForAge(Queue queue, Due due)
    {
        var events = new List<QueueEvent>();
        for (var i = 0; i < queue.Applications.Count; i++)
        {
            ref var application = ref queue.Applications[i];
            if (application.Status is Status.Waiting or Status.Review && queue.HasLeftForAge(i, due.At))
            {
                events.AddRange(Comings.Away(queue, i, Cause.TooOld, due.At));
            }
        }

        return events;
    }
}
