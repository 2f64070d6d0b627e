using EOrda.Queues;
using EOrda.Queues.Time;

namespace EOrda.Actors.Queries;

/// <summary>A question to a queue, answered by its actor in its turn. Plain data with a format of its own (<see cref="QueryFormat"/>), so that it can cross a wire.</summary>
public abstract record QueueQuery
{
    /// <summary>The reply as an object, for an actor that answers whatever it is asked.</summary>
    internal abstract object ReplyFrom(QueriedQueue queue);
}

/// <summary>A question to a queue with its kind of reply.</summary>
/// <typeparam name="TReply">The reply: plain data (<see cref="QueryReplyFormat"/>).</typeparam>
public abstract record QueueQuery<TReply> : QueueQuery
    where TReply : class
{
    /// <summary>The reply. It keeps nothing of the queue.</summary>
    internal abstract TReply AnswerFrom(QueriedQueue queue);

    /// <inheritdoc/>
    internal sealed override object ReplyFrom(QueriedQueue queue) => AnswerFrom(queue);
}

/// <summary>A queue as a query finds it.</summary>
/// <param name="Queue">The queue, under the rules in force and with everything due settled.</param>
/// <param name="At">The instant up to which it is settled.</param>
/// <param name="LatestUpdate">The number of the latest live update; 0 before the first.</param>
internal readonly record struct QueriedQueue(Queue Queue, Moment At, long LatestUpdate);
