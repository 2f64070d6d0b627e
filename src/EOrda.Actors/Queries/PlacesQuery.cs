using EOrda.Queues;
using EOrda.Queues.Time;

namespace EOrda.Actors.Queries;

/// <summary>A page of the places, in the order of registration.</summary>
public sealed record PlacesQuery : QueueQuery<PlacesPage>
{
    /// <summary>Asks for a page.</summary>
    /// <param name="from">The registration number of the first place of the page, 0 or more.</param>
    /// <param name="count">How many places at most, 1 to <see cref="PageSize.Most"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException">One of them is outside its bounds.</exception>
    public PlacesQuery(int from, int count)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(from);
        (From, Count) = (from, PageSize.Checked(count, nameof(count)));
    }

    /// <summary>The registration number of the first place of the page.</summary>
    public int From { get; }

    /// <summary>How many places at most.</summary>
    public int Count { get; }

    /// <inheritdoc/>
    internal override PlacesPage AnswerFrom(QueriedQueue queue) => new(queue.At, queue.Queue.PlaceCount, queue.Queue.PlacesFrom(From, Count, queue.At));
}

/// <summary>The reply to <see cref="PlacesQuery"/>.</summary>
/// <param name="At">The instant of the reply.</param>
/// <param name="Total">How many places the queue has, revoked ones counted.</param>
/// <param name="Places">The places from the number asked for on; none behind the last.</param>
public sealed record PlacesPage(Moment At, int Total, IReadOnlyList<PlaceView> Places);
