using EOrda.Queues;
using EOrda.Queues.Names;

namespace EOrda.Simulation.Load;

/// <summary>Those who send commands.</summary>
internal interface ICallers
{
    /// <summary>Sends a command.</summary>
    /// <param name="command">The command.</param>
    /// <param name="queue">The queue, where the caller says it.</param>
    /// <param name="then">What to do with the answer.</param>
    /// <param name="atOnce">Whether it reaches a node without a delay.</param>
    void Send(Command command, QueueKey? queue = null, Action<Answer>? then = null, bool atOnce = false);
}

/// <summary>Those who look at queues.</summary>
internal interface ILooks
{
    /// <summary>Looks at a queue: its order, its places, and some or all of the applications.</summary>
    void At(QueueKey queue, Town town, bool all = false);
}
