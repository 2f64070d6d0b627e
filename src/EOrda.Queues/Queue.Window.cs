using EOrda.Queues.Applications;
using EOrda.Queues.Rules;
using EOrda.Queues.Time;
using EOrda.Queues.Twins;

namespace EOrda.Queues;

public sealed partial class Queue
{
    // Where the clocks go back over midnight a date's end may be past in the midst of it.
    private const int MinutesToTheNextLook = 1;

    /// <summary>
    /// N: how many of the queue may take a place in priority access at an instant up to which everything is settled (rules, section 5): for the available
    /// places in priority access and those that were reserved in it and given up on this local date.
    /// </summary>
    public int WindowSize(Moment at) => (int)Math.Min(int.MaxValue, Rules.WindowSize(PriorityPlaces.At(at) + GivenUpPlaces.On(Schedule.DateOf(at))));

    /// <summary>Where an application stands to the window of priority access, at an instant up to which everything is settled. Null unless it waits.</summary>
    /// <remarks>One that holds a reservation or is at a limit has the rank that it would have without: its own state does not count, only that of those ahead.</remarks>
    public WindowStanding? WindowOf(string application, Moment at)
    {
        var index = FindApplication(application);
        if (index < 0 || Applications[index].Status != Status.Waiting)
        {
            return null;
        }

        Limits.MoveTo(Schedule.DateOf(at));
        var limit = Limits.On(Limits.Date, Applications[index].Child) is var (reason, end) ? new Limit(reason, Schedule.Midnight(end)) : null;
        return new WindowStanding(Order.Rank(index), WindowSize(at), limit);
    }

    /// <summary>
    /// The last slot of a lane that is inside the window, at an instant up to which everything is settled: an application of the lane is in the window
    /// when its (submission instant, registration number) is not after the slot. Null when none of the lane is inside.
    /// </summary>
    /// <remarks>When all of the lane are inside the slot is the last one's. Whoever files after that compares as outside until the next look.</remarks>
    public LaneSlot? LastInWindow(Category lane, Moment at)
    {
        Limits.MoveTo(Schedule.DateOf(at));
        return Order.LastWithin(lane, WindowSize(at)) is >= 0 and var last ? new LaneSlot(Applications[last].Submitted, last) : null;
    }

    /// <summary>
    /// The next instant after this one, up to which everything is settled, at which the window's size, a rank or a limit can change by the clock alone:
    /// a priority period's end, or a local midnight at which places given up no longer count or a limit ends. <see cref="Moment.Never"/> when none can.
    /// </summary>
    public Moment WindowChangesBy(Moment at)
    {
        var today = Schedule.DayOf(at);
        Limits.MoveTo(today.Date);
        var midnight = Limits.NextEnd is { } end ? Schedule.Midnight(end) : Moment.Never;
        midnight = GivenUpPlaces.On(today.Date) > 0 ? Moment.Min(midnight, today.Ends) : midnight;
        return Moment.Min(PriorityPlaces.NextEnd(at), midnight > at ? midnight : at.PlusMinutes(MinutesToTheNextLook));
    }

    /// <summary>By what it shows whose siblings' applications an application may be tied to; null when it is not of this queue.</summary>
    public FamilyTie? TieOf(string application)
    {
        var index = FindApplication(application);
        return index < 0 ? null : new FamilyTie(PeopleNames[Applications[index].Applicant], Applications[index].Born);
    }

    /// <summary>True when the application is in the window of priority access (rules, section 5). Whether it may reserve at all is not looked at.</summary>
    internal bool IsInWindow(int application, Moment at)
    {
        Limits.MoveTo(Schedule.DateOf(at));
        var size = WindowSize(at);
        return size > 0 && Order.IsWithin(application, size);
    }

    internal void UpdateBarred(int application)
    {
        if (Applications[application].Status == Status.Waiting)
        {
            Order.SetBarred(application, Applications[application].HoldsReservation || Limits.Has(Applications[application].Child));
        }
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
