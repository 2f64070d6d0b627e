using System.Runtime.InteropServices;
using EOrda.Queues;
using EOrda.Queues.Rules;
using EOrda.Queues.Time;
using Microsoft.Extensions.Logging;

namespace EOrda.Actors.Telemetry;

/// <summary>Measures by how much what was due took effect late, and counts deadlines that a calendar does not know. Safe for use by several threads.</summary>
internal sealed partial class DueReports(IDueMeasures metrics, ILogger log)
{
    /// <summary>Something due took effect in a queue in memory.</summary>
    public void Settled(Moment due, Moment at) => metrics.DueSettled(due, at);

    /// <summary>Looks at the deadlines of what happened in a queue, one after another: what was due before an amendment was settled under the rules before it.</summary>
    /// <param name="locality">The queue's locality.</param>
    /// <param name="inForce">The rules in force before it happened; null when the queue had none.</param>
    /// <param name="happened">What happened, in order.</param>
    public void LookAtDeadlines(string locality, LocalityRules? inForce, List<DatedEvent> happened)
    {
        foreach (ref readonly var dated in CollectionsMarshal.AsSpan(happened))
        {
            if (dated.Event is RulesAdopted adopted)
            {
                inForce = adopted.Rules;
            }
            else
            {
                LookAtDeadline(locality, inForce!, dated.Event);
            }
        }
    }

    /// <summary>
    /// Counts the event's deadline when it reaches a year that the calendar does not know, and logs each locality's year once. It keeps its instant
    /// (rules, section 10). An event without such a deadline costs no more than the look at its type.
    /// </summary>
    /// <param name="locality">The queue's locality.</param>
    /// <param name="inForce">The rules in force when it happened.</param>
    /// <param name="e">What happened in the queue.</param>
    public void LookAtDeadline(string locality, LocalityRules inForce, QueueEvent e)
    {
        if (CalendarReach.UnknownYear(inForce, e) is { } year && metrics.Deadlines.Add(locality, year))
        {
            LogUnknownYear(log, locality, year);
        }
    }

    [LoggerMessage(40, LogLevel.Warning, "{Locality}: a deadline reaches {Year}, of which the calendar names no date. It keeps its instant: amend the calendar before more are fixed")]
    private static partial void LogUnknownYear(ILogger log, string locality, int year);
}
