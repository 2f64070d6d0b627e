using EOrda.Actors.Routing;
using EOrda.Actors.Telemetry;
using EOrda.Queues;
using EOrda.Queues.Names;

namespace EOrda.Actors.Processes;

/// <summary>Have a command run as a process by its home, which keeps the key and the answer.</summary>
/// <param name="To">The home (<see cref="Homes"/>).</param>
/// <param name="Command">The command.</param>
/// <param name="Key">Its key.</param>
/// <param name="Asked">The queue that the caller asked, where one was named.</param>
/// <param name="Request">Who waits.</param>
internal sealed record AskHome(EntityAddress To, Command Command, CommandKey Key, QueueKey? Asked, Request Request) : ToEntity(To), IRequest
{
    /// <summary>The trace of the request, where one is recorded. Stays in the node: on another one its stages are not told apart.</summary>
    public AskTrace? Trace { get; init; }
}
