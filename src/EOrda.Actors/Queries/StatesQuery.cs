using EOrda.Queues;
using EOrda.Queues.Time;

namespace EOrda.Actors.Queries;

/// <summary>The states of some applications, as of one instant.</summary>
public sealed record StatesQuery : QueueQuery<ApplicationStates>
{
    /// <summary>Asks for the states.</summary>
    /// <param name="applications">The applications' numbers, 1 to <see cref="PageSize.Most"/> of them.</param>
    /// <exception cref="ArgumentOutOfRangeException">There are none or too many.</exception>
    public StatesQuery(params IReadOnlyList<string> applications)
    {
        PageSize.Checked(applications.Count, nameof(applications));
        Applications = applications;
    }

    /// <summary>The applications' numbers.</summary>
    public IReadOnlyList<string> Applications { get; }

    /// <inheritdoc/>
    internal override ApplicationStates AnswerFrom(QueriedQueue queue)
    {
        var states = new ApplicationState?[Applications.Count];
        for (var i = 0; i < states.Length; i++)
        {
            states[i] = queue.Queue.Find(Applications[i]);
        }

        return new ApplicationStates(queue.At, queue.Queue.WaitingCount, states);
    }
}

/// <summary>The reply to <see cref="StatesQuery"/>.</summary>
/// <param name="At">The instant of the reply.</param>
/// <param name="Waiting">How many wait in the queue.</param>
/// <param name="States">The states in the order asked for; null for an application that is not of the queue.</param>
public sealed record ApplicationStates(Moment At, int Waiting, IReadOnlyList<ApplicationState?> States);
