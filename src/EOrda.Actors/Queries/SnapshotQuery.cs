using EOrda.Actors.Live;

namespace EOrda.Actors.Queries;

/// <summary>A numbered snapshot of a queue with all its places, for whoever watches the queue and missed an update.</summary>
public sealed record SnapshotQuery : QueueQuery<LiveSnapshot>
{
    /// <inheritdoc/>
    internal override LiveSnapshot AnswerFrom(QueriedQueue queue) => LiveSnapshot.Of(queue.Queue, queue.At, queue.LatestUpdate);
}
