using EOrda.Queues.Time;

namespace EOrda.Actors.Queries;

/// <summary>How many applications a queue has. The cheapest query.</summary>
public sealed record SizeQuery : QueueQuery<QueueSize>
{
    /// <inheritdoc/>
    internal override QueueSize AnswerFrom(QueriedQueue queue) => new(queue.At, queue.Queue.ApplicationCount, queue.Queue.WaitingCount);
}

/// <summary>The reply to <see cref="SizeQuery"/>.</summary>
/// <param name="At">The instant of the reply.</param>
/// <param name="Applications">How many applications were ever filed in the queue.</param>
/// <param name="Waiting">How many wait.</param>
public sealed record QueueSize(Moment At, int Applications, int Waiting);
