using EOrda.Queues;
using EOrda.Queues.Applications;
using EOrda.Queues.Time;

namespace EOrda.Actors.Live;

/// <summary>
/// The window of priority access as everyone may see it: with its own lane, submission instant and registration number an application knows whether it is in it
/// (rules, section 5). Those at a limit and those that hold a reservation may be in it too; they may take no place all the same.
/// </summary>
/// <param name="Size">How many of those that could reserve may take a place in priority access; 0 or more.</param>
/// <param name="OutOfTurn">The last slot inside among those out of turn; null when none of the lane is inside.</param>
/// <param name="FirstPriority">The same of the first-priority lane.</param>
/// <param name="General">The same of the general lane.</param>
public sealed record LiveWindow(int Size, LaneSlot? OutOfTurn, LaneSlot? FirstPriority, LaneSlot? General)
{
    /// <summary>A window that nobody is in.</summary>
    public static readonly LiveWindow None = new(0, null, null, null);

    /// <summary>The queue's window at an instant up to which everything is settled.</summary>
    public static LiveWindow Of(Queue queue, Moment at) => new(
        queue.WindowSize(at),
        queue.LastInWindow(Category.OutOfTurn, at),
        queue.LastInWindow(Category.FirstPriority, at),
        queue.LastInWindow(Category.General, at));

    /// <summary>The last slot inside of a lane; null when none of the lane is inside.</summary>
    public LaneSlot? Last(Category lane) => lane switch
    {
        Category.OutOfTurn => OutOfTurn,
        Category.FirstPriority => FirstPriority,
        _ => General,
    };

    /// <summary>True when a waiting application with this slot is inside.</summary>
    public bool Contains(Category lane, Moment submitted, int number) =>
        Last(lane) is { } last && (submitted, number).CompareTo((last.Submitted, last.Number)) <= 0;
}
