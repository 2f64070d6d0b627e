using EOrda.Actors.Queries;
using EOrda.Portal.Live;
using EOrda.Queues;
using EOrda.Queues.Names;
using EOrda.Queues.Order;
using EOrda.Queues.Places;
using EOrda.Queues.Time;

namespace EOrda.Portal.Queues;

/// <summary>A queue at a glance.</summary>
/// <param name="Queue">Its name.</param>
/// <param name="At">When it was looked at.</param>
/// <param name="Waiting">How many wait, by category. In queues where categories do not count all are general.</param>
/// <param name="Pattern">How first-priority and general applications are merged.</param>
/// <param name="Places">Its places by state.</param>
/// <param name="Window">How many applications may take a place in priority access now: N of the rules, section 5.</param>
/// <param name="Frozen">True while nothing is reserved before the release.</param>
internal sealed record QueueView(string Queue, Moment At, WaitingView Waiting, PatternView Pattern, PlaceCounts Places, int Window, bool Frozen)
{
    public static QueueView Of(QueueKey queue, QueueSummary summary) => new(
        queue.ToString(),
        summary.At,
        WaitingView.Of(summary.Waiting),
        PatternView.Of(summary.Pattern),
        PlaceCounts.Of(queue, summary.Places),
        summary.Window,
        summary.IsFrozen);
}

/// <summary>How many wait.</summary>
internal sealed record WaitingView(int OutOfTurn, int FirstPriority, int General, int Total)
{
    public static WaitingView Of(CategoryCounts counts) => new(counts.OutOfTurn, counts.FirstPriority, counts.General, counts.Total);
}

/// <summary>The pattern: <paramref name="Phase"/> general applications, then again and again so many first-priority and so many general ones.</summary>
internal sealed record PatternView(int FirstPriorityShare, int GeneralShare, int Phase)
{
    public static PatternView Of(PriorityPattern pattern) => new(pattern.FirstPriorityShare, pattern.GeneralShare, pattern.Phase);
}

/// <summary>How many places are in each state.</summary>
internal sealed record PlaceCounts(
    int Total,
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
    /// <summary>The counts as everyone may see them (<see cref="ShownPlace"/>).</summary>
    public static PlaceCounts Of(QueueKey queue, PlacesByState places)
    {
        var total = places.Reported + places.Locked + places.AvailableInPriority + places.AvailableOpen
            + places.Reserved + places.Referred + places.Returning + places.Enrolled + places.Revoked;
        var (reserved, referred, enrolled) = ShownPlace.TellsWhatIsTaken(queue)
            ? (places.Reserved, places.Referred, places.Enrolled)
            : (places.Reserved + places.Referred + places.Enrolled, 0, 0);
        return new PlaceCounts(
            total,
            places.Reported,
            places.Locked,
            places.AvailableInPriority,
            places.AvailableOpen,
            reserved,
            referred,
            places.Returning,
            enrolled,
            places.Revoked);
    }
}

/// <summary>A page of the order.</summary>
/// <param name="Queue">The queue.</param>
/// <param name="At">When it was looked at.</param>
/// <param name="Total">How many wait.</param>
/// <param name="From">The position of the first application of the page.</param>
/// <param name="Applications">The applications, one position each.</param>
internal sealed record OrderView(string Queue, Moment At, int Total, int From, IReadOnlyList<string> Applications);

/// <summary>A page of the places.</summary>
/// <param name="Queue">The queue.</param>
/// <param name="At">When it was looked at.</param>
/// <param name="Total">How many places there are, revoked ones counted.</param>
/// <param name="From">The number of the first place of the page.</param>
/// <param name="Places">The places, in the order of registration.</param>
internal sealed record PlacesView(string Queue, Moment At, int Total, int From, IReadOnlyList<PlaceEntry> Places);

/// <summary>A place.</summary>
/// <param name="Number">Its registration number in the queue, from 0 on.</param>
/// <param name="Place">Its identifier.</param>
/// <param name="Kindergarten">Its kindergarten.</param>
/// <param name="State">What it is doing.</param>
/// <param name="Access"><c>priority</c> or <c>open</c> when available.</param>
/// <param name="From">When it becomes available, priority access ends, or the reservation or referral ends.</param>
internal sealed record PlaceEntry(int Number, string Place, string Kindergarten, PlaceState State, string? Access, Moment? From)
{
    public static PlaceEntry Of(int number, PlaceView place) =>
        new(number, place.Place, place.Kindergarten, place.State, place.Access is { } access ? WireCodes.Accesses.WordOf(access) : null, place.From);
}
