using EOrda.Queues.Time;

namespace EOrda.Actors.Queries;

/// <summary>A page of the order: who waits, by position.</summary>
public sealed record OrderQuery : QueueQuery<OrderPage>
{
    /// <summary>Asks for a page.</summary>
    /// <param name="from">The first position of the page, 1 or more.</param>
    /// <param name="count">How many applications at most, 1 to <see cref="PageSize.Most"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException">One of them is outside its bounds.</exception>
    public OrderQuery(int from, int count)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(from, 1);
        (From, Count) = (from, PageSize.Checked(count, nameof(count)));
    }

    /// <summary>The first position of the page.</summary>
    public int From { get; }

    /// <summary>How many applications at most.</summary>
    public int Count { get; }

    /// <inheritdoc/>
    internal override OrderPage AnswerFrom(QueriedQueue queue) => new(queue.At, queue.Queue.WaitingCount, queue.Queue.OrderFrom(From, Count));
}

/// <summary>The reply to <see cref="OrderQuery"/>.</summary>
/// <param name="At">The instant of the reply.</param>
/// <param name="Waiting">How many wait in all.</param>
/// <param name="Applications">The applications from the position asked for on; none behind the last.</param>
public sealed record OrderPage(Moment At, int Waiting, IReadOnlyList<string> Applications);
