using EOrda.Queues;
using EOrda.Queues.Order;
using EOrda.Queues.Time;

namespace EOrda.Actors.Queues;

/// <summary>A question to a queue, answered by its actor from what is stored. Plain data, so that it can cross a wire.</summary>
public abstract record QueueQuery;

/// <summary>How the queue stands as a whole.</summary>
public sealed record SummaryQuery : QueueQuery;

/// <summary>The answer to <see cref="SummaryQuery"/>.</summary>
/// <param name="At">The instant of the answer.</param>
/// <param name="Applications">How many applications were ever filed here.</param>
/// <param name="Waiting">How many wait in each lane.</param>
/// <param name="Pattern">The pattern that merges the lanes.</param>
/// <param name="Available">How many places are available.</param>
public sealed record QueueSummary(Moment At, int Applications, CategoryCounts Waiting, PriorityPattern Pattern, int Available);
