using EOrda.Load.Live;
using EOrda.Load.Portal;

namespace EOrda.Load.Parents;

/// <summary>A parent's position as its page works it out from the live updates, to be compared with the server's.</summary>
/// <param name="Queue">The queue.</param>
/// <param name="Application">The application.</param>
/// <param name="AsOf">The latest change of the order that is taken into account.</param>
/// <param name="Position">The position; null when it does not wait any more.</param>
internal sealed record FollowedPosition(string Queue, string Application, long AsOf, int? Position);

/// <summary>The arithmetic by which a page follows its position (docs/architecture.md, "Live positions").</summary>
internal static class Positions
{
    /// <summary>The position after some changes of the order.</summary>
    /// <param name="standing">Where the application stood.</param>
    /// <param name="changes">Every change since.</param>
    /// <param name="pattern">First-priority share, general share and phase of the pattern after them.</param>
    public static int? After(StandingAnswer standing, IReadOnlyList<OrderStep> changes, int[] pattern)
    {
        int[] waiting = [standing.Waiting.OutOfTurn, standing.Waiting.FirstPriority, standing.Waiting.General];
        int[] before = [standing.OutOfTurn, standing.FirstPriority, standing.General];
        var lane = LaneOf(standing.Lane);
        var isThere = true;
        foreach (var change in changes.Where(change => change.Application != OrderStep.Pattern))
        {
            waiting[change.Lane] += change.Step;
            if (change.Application == standing.Number)
            {
                isThere = change.Step > 0;
                lane = change.Step > 0 ? change.Lane : lane;
            }
            else if ((change.Submitted, change.Application).CompareTo((standing.Submitted, standing.Number)) < 0)
            {
                before[change.Lane] += change.Step;
            }
        }

        return isThere ? PositionOf(lane, before[lane] + 1, waiting, pattern) : null;
    }

    /// <summary>True when an application is in the window, or the one or the other is not known.</summary>
    public static bool IsInWindow(StandingAnswer? standing, WindowNow? window) =>
        standing is null || window is null || window.Contains(LaneOf(standing.Lane), new SlotNow(standing.Number, standing.Submitted));

    /// <summary>The number of a lane.</summary>
    public static int LaneOf(string word) => word switch
    {
        "out-of-turn" => 0,
        "first-priority" => 1,
        _ => 2,
    };

    private static int PositionOf(int lane, int rank, int[] waiting, int[] pattern)
    {
        var (firstPriorityShare, generalShare, phase) = (pattern[0], pattern[1], pattern[2]);
        return lane switch
        {
            0 => rank,
            1 => waiting[0] + rank + Math.Min(waiting[2], phase + generalShare * ((rank - 1) / firstPriorityShare)),
            _ => waiting[0] + rank + (rank <= phase ? 0 : Math.Min(waiting[1], firstPriorityShare * (1 + (rank - phase - 1) / generalShare))),
        };
    }
}
