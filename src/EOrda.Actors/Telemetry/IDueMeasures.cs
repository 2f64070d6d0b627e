using EOrda.Queues.Time;

namespace EOrda.Actors.Telemetry;

/// <summary>What is measured of dues and deadlines.</summary>
internal interface IDueMeasures
{
    /// <summary>Deadlines that reached a year which a calendar does not know.</summary>
    DeadlineCounts Deadlines { get; }

    /// <summary>Something due took effect.</summary>
    /// <param name="due">Its instant.</param>
    /// <param name="at">When it was settled.</param>
    void DueSettled(Moment due, Moment at);
}
