using EOrda.Actors.Queries;
using EOrda.Actors.Routing;
using EOrda.Actors.Telemetry;
using EOrda.Queues;

namespace EOrda.Actors.Queues;

/// <summary>Have a command decided by the queue of its application or place.</summary>
internal sealed record AskQueue(EntityAddress To, Command Command, CommandKey Key, Request Request) : ToEntity(To), IRequest
{
    /// <summary>The trace of the request, where one is recorded. Stays in the node: on another one its stages are not told apart.</summary>
    public AskTrace? Trace { get; init; }
}

/// <summary>Answer a query.</summary>
internal sealed record QueryQueue(EntityAddress To, QueueQuery Query, Request Request) : ToEntity(To), IRequest;
