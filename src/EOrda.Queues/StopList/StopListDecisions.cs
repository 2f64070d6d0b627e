using EOrda.Queues.Applications;
using EOrda.Queues.Names;
using EOrda.Queues.Order;
using EOrda.Queues.Time;

namespace EOrda.Queues.StopList;

/// <summary>The yearly clean-up, and the end of a stop-list (rules, sections 4 and 8; 000: 05-20).</summary>
internal static class StopListDecisions
{
    public static Decision CleanUp(Queue queue, Moment at)
    {
        var today = queue.Schedule.DateOf(at);
        var until = queue.Schedule.EndOf(queue.Schedule.WorkingDayAfter(today, queue.Rules.StopListWorkingDays));
        var events = new List<QueueEvent>();
        var stopListed = new List<string>();
        for (var i = 0; i < queue.Applications.Count; i++)
        {
            ref var application = ref queue.Applications[i];
            if (application.Status == Status.Waiting && !application.HoldsReservation && application.ValidThrough < today)
            {
                events.Add(new ApplicationStopListed(i, Cause.NotProlonged, today, until));
                stopListed.Add(queue.ApplicationNames[i]);
            }
        }

        return Decision.Accept(new CleanedUp(stopListed), [.. events]);
    }

    /// <summary>Not prolonged, then too old, looked at in this order; else back at its place.</summary>
    public static QueueEvent[] End(Queue queue, int index, Moment at)
    {
        var application = queue.Applications[index];
        if (application.Cause == Cause.NotProlonged)
        {
            return application.ProlongedInStopList
                ? [Comings.Back(queue, index, at, PositionCause.StopListEnd)]
                : [new ApplicationArchived(index, Cause.NotProlonged)];
        }

        // Time in the stop-list after an expired referral extends the validity by as many calendar days (rules, section 4).
        var days = NodaTime.Period.DaysBetween(application.StopListedOn, queue.Schedule.DateOf(at));
        return [new ValidityExtended(index, application.ValidThrough.PlusDays(days)), Comings.Back(queue, index, at, PositionCause.StopListEnd)];
    }
}
