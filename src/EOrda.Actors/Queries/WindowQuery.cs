using EOrda.Queues.Time;

namespace EOrda.Actors.Queries;

/// <summary>
/// What of an application decides whether it may take a place in priority access, alone or with siblings. Siblings in other queues are asked for there, and
/// <see cref="WindowRefusal.Of"/> says what holds of all of them.
/// </summary>
/// <param name="Application">The application's number.</param>
public sealed record WindowQuery(string Application) : QueueQuery<WindowReply>
{
    /// <inheritdoc/>
    internal override WindowReply AnswerFrom(QueriedQueue queue) => new(queue.At, WindowMember.Of(queue.Queue, queue.At, Application));
}

/// <summary>The reply to <see cref="WindowQuery"/>.</summary>
/// <param name="At">The instant of the reply.</param>
/// <param name="Member">The application; null when it is not of the queue.</param>
public sealed record WindowReply(Moment At, WindowMember? Member);
