using EOrda.Queues.Applications;
using EOrda.Queues.Rules;
using EOrda.Queues.Time;
using EOrda.Queues.Twins;

namespace EOrda.Queues;

public sealed partial class Queue
{
    /// <summary>N: how many of the queue may take a place in priority access at an instant up to which everything is settled (rules, section 5).</summary>
    public int WindowSize(Moment at) => (int)Math.Min(int.MaxValue, Rules.WindowSize(PriorityPlaces.At(at)));

    /// <summary>Where an application stands to the window of priority access, at an instant up to which everything is settled. Null unless it waits.</summary>
    /// <remarks>One that holds a reservation has the rank that it would have without.</remarks>
    public WindowStanding? WindowOf(string application, Moment at)
    {
        var index = FindApplication(application);
        return index >= 0 && Applications[index].Status == Status.Waiting
            ? new WindowStanding(Order.Rank(index), WindowSize(at), Limit: null)
            : null;
    }

    /// <summary>
    /// The last slot of a lane that is inside the window, at an instant up to which everything is settled: an application of the lane is in the window
    /// when its (submission instant, registration number) is not after the slot. Null when none of the lane is inside.
    /// </summary>
    /// <remarks>When all of the lane are inside the slot is the last one's. Whoever files after that compares as outside until the next look.</remarks>
    public LaneSlot? LastInWindow(Category lane, Moment at) =>
        Order.LastWithin(lane, WindowSize(at)) is >= 0 and var last ? new LaneSlot(Applications[last].Submitted, last) : null;

    /// <summary>
    /// The next instant after this one, up to which everything is settled, at which the window's size, a rank or a limit can change by the clock alone;
    /// <see cref="Moment.Never"/> when none can.
    /// </summary>
    public Moment WindowChangesBy(Moment at) => PriorityPlaces.NextEnd(at);

    /// <summary>By what it shows whose siblings' applications an application may be tied to; null when it is not of this queue.</summary>
    public FamilyTie? TieOf(string application)
    {
        var index = FindApplication(application);
        return index < 0 ? null : new FamilyTie(PeopleNames[Applications[index].Applicant], Applications[index].Born);
    }
}

/// <summary>Where a waiting application stands to the window of priority access (rules, section 5).</summary>
/// <param name="Rank">One more than those ahead that could reserve now; in the window when it is at most <paramref name="Size"/>.</param>
/// <param name="Size">N: how many may take a place in priority access.</param>
/// <param name="Limit">The limit that keeps the application from reserving whatever its rank, or null.</param>
public sealed record WindowStanding(int Rank, int Size, Limit? Limit);

/// <summary>A limit that a child is at in a queue (rules, sections 6 and 7). Of two the one that ends later.</summary>
/// <param name="Reason"><see cref="Rules.Reason.ReferralLimit"/> or <see cref="Rules.Reason.LapseLimit"/>.</param>
/// <param name="Until">The instant from which it no longer holds, by the clock.</param>
public sealed record Limit(Reason Reason, Moment Until);

/// <summary>A slot of a lane: lanes are ordered by the submission instant, then by the registration number.</summary>
public readonly record struct LaneSlot(Moment Submitted, int Number);
