using EOrda.Queues.Time;
using NodaTime;

namespace EOrda.Queues.Rules;

/// <summary>
/// Deadlines that were counted in working days of a year of which the calendar says nothing: they may be wrong once its holidays are known, and keep their
/// instant all the same (rules, section 10).
/// </summary>
public static class CalendarReach
{
    /// <summary>
    /// The year in which the event's deadline falls (the last valid date of a referral, the last date of a stop-list, the last working day of priority access)
    /// when the calendar does not know that year; null when it does, and for events without such a deadline. A year is known when the calendar's holidays or
    /// workdays name a date in it; a calendar without any dates knows every year.
    /// </summary>
    /// <param name="rules">The rules in force when it happened.</param>
    /// <param name="happened">What happened in a queue.</param>
    public static int? UnknownYear(LocalityRules rules, QueueEvent happened) =>
        Deadline(rules.Schedule, happened) is { } date && !rules.Schedule.KnowsYear(date.Year) ? date.Year : null;

    private static LocalDate? Deadline(LocalSchedule schedule, QueueEvent happened) => happened switch
    {
        ReferralIssued e => e.LastValid,
        ReferralExtended e => e.LastValid,
        ApplicationStopListed e => DateBefore(schedule, e.Until),
        PlaceReleased e when e.PriorityEnd != Moment.Beginning => DateBefore(schedule, e.PriorityEnd),
        _ => null,
    };

    private static LocalDate DateBefore(LocalSchedule schedule, Moment end) => schedule.DateOf(end).PlusDays(-1);
}
