using EOrda.Queues;
using EOrda.Queues.Order;
using EOrda.Queues.Places;
using EOrda.Queues.Time;

namespace EOrda.Actors.Queries;

/// <summary>A queue at a glance: who waits, which places there are. Costs by the number of the queue's places.</summary>
public sealed record SummaryQuery : QueueQuery<QueueSummary>
{
    /// <inheritdoc/>
    internal override QueueSummary AnswerFrom(QueriedQueue queried)
    {
        var (queue, at, _) = queried;
        return new QueueSummary(
            at,
            queue.Counts,
            queue.Pattern,
            PlacesByState.Of(queue, at),
            queue.WindowSize(at),
            queue.Rules.Schedule.DayOf(at).IsFrozen(at));
    }
}

/// <summary>The reply to <see cref="SummaryQuery"/>.</summary>
/// <param name="At">The instant of the reply.</param>
/// <param name="Waiting">How many wait in each lane.</param>
/// <param name="Pattern">The pattern that merges the lanes.</param>
/// <param name="Places">The queue's places.</param>
/// <param name="Window">How many applications may take a place in priority access: N of the rules, section 5.</param>
/// <param name="IsFrozen">True while nothing is reserved before the release.</param>
public sealed record QueueSummary(Moment At, CategoryCounts Waiting, PriorityPattern Pattern, PlacesByState Places, int Window, bool IsFrozen);

/// <summary>How many places of a queue are in each state (rules, section 5).</summary>
/// <param name="Reported">Reported free, waiting for the handover.</param>
/// <param name="Locked">Published, waiting for the release.</param>
/// <param name="AvailableInPriority">Available in priority access.</param>
/// <param name="AvailableOpen">Available in open access.</param>
/// <param name="Reserved">Held for an application.</param>
/// <param name="Referred">Under a live referral.</param>
/// <param name="Returning">Given back, waiting for a release.</param>
/// <param name="Enrolled">Taken by an enrolled child.</param>
/// <param name="Revoked">Taken back by the kindergarten.</param>
public sealed record PlacesByState(
    int Reported,
    int Locked,
    int AvailableInPriority,
    int AvailableOpen,
    int Reserved,
    int Referred,
    int Returning,
    int Enrolled,
    int Revoked)
{
    internal static PlacesByState Of(Queue queue, Moment at)
    {
        Span<int> counts = stackalloc int[(int)PlaceState.Revoked + 1];
        counts.Clear();
        var open = 0;
        foreach (var place in queue.PlacesAt(at))
        {
            counts[(int)place.State]++;
            open += place.Access == Access.Open ? 1 : 0;
        }

        return new PlacesByState(
            counts[(int)PlaceState.Reported],
            counts[(int)PlaceState.Locked],
            counts[(int)PlaceState.Available] - open,
            open,
            counts[(int)PlaceState.Reserved],
            counts[(int)PlaceState.Referred],
            counts[(int)PlaceState.Returning],
            counts[(int)PlaceState.Enrolled],
            counts[(int)PlaceState.Revoked]);
    }
}
