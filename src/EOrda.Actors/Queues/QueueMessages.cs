using EOrda.Actors.Queries;
using EOrda.Actors.Routing;
using EOrda.Queues;

namespace EOrda.Actors.Queues;

/// <summary>A message to a queue's actor.</summary>
internal abstract record ToQueue(QueueAddress Queue);

/// <summary>Have a command decided.</summary>
internal sealed record AskQueue(QueueAddress Queue, Command Command, CommandKey Key, Request Request) : ToQueue(Queue);

/// <summary>Answer a query.</summary>
internal sealed record QueryQueue(QueueAddress Queue, QueueQuery Query, Request Request) : ToQueue(Queue);
