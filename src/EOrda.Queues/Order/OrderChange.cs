using EOrda.Queues.Applications;
using EOrda.Queues.Time;

namespace EOrda.Queues.Order;

/// <summary>One change of the order as it happened: somebody came into a lane or left it, or the pattern moved on.</summary>
/// <param name="At">When.</param>
/// <param name="Cause">Why.</param>
/// <param name="Application">Registration number; -1 when the pattern moved on.</param>
/// <param name="Submitted">The application's submission instant: with its number, its place in the lane.</param>
/// <param name="Lane">The lane it entered or left.</param>
/// <param name="Step">+1 entered, -1 left; for the pattern, the phase's change.</param>
public readonly record struct OrderChange(Moment At, PositionCause Cause, int Application, Moment Submitted, Category Lane, int Step)
{
    /// <summary>The application number of a change of the pattern.</summary>
    public const int Pattern = -1;
}
