using EOrda.Queues.Time;

namespace EOrda.Queues.Order;

/// <summary>One change of one application's position, with its cause (rules, section 3: "every change of a position has a cause that can be told").</summary>
/// <param name="At">When it happened.</param>
/// <param name="Cause">Why.</param>
/// <param name="Own">True when the application itself moved (came in, left, changed category), false when it was somebody else.</param>
/// <param name="From">The position before, null when it had none.</param>
/// <param name="To">The position after, null when it has none.</param>
public readonly record struct PositionChange(Moment At, PositionCause Cause, bool Own, int? From, int? To);
