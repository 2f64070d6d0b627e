using EOrda.Queues.Names;
using EOrda.Queues.Time;

namespace EOrda.Queues.Country;

/// <summary>One command's turn over the entities it touches, all at one instant. What happens in it happens together or not at all.</summary>
public interface ITurn
{
    /// <summary>The turn's instant.</summary>
    Moment At { get; }

    /// <summary>The country's localities and kindergartens.</summary>
    Localities Localities { get; }

    /// <summary>The register that knows an identifier.</summary>
    Register RegisterOf(string identifier);

    /// <summary>A queue of a known locality, settled up to <see cref="At"/> under the rules in force. It exists as soon as it is named.</summary>
    Queue QueueOf(QueueKey key);

    /// <summary>The queues of a locality that exist.</summary>
    IEnumerable<QueueKey> QueuesOf(string locality);

    /// <summary>What a queue must know of the world outside it.</summary>
    ITargets Targets { get; }

    /// <summary>Applies an event to a queue and keeps it.</summary>
    void Happen(Queue queue, QueueEvent e);

    /// <summary>Applies an event to the register that knows the identifier and keeps it.</summary>
    void Happen(string identifier, RegisterEvent e);

    /// <summary>Applies an event to the localities and keeps it.</summary>
    void Happen(LocalityEvent e);

    /// <summary>Executes a command on one queue and keeps what happened.</summary>
    Answer Execute(Queue queue, Command command);
}
