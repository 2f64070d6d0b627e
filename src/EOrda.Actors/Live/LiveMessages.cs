using Akka.Actor;
using EOrda.Actors.Routing;
using EOrda.Queues.Names;

namespace EOrda.Actors.Live;

/// <summary>Begins or renews a node's watch of a queue.</summary>
/// <param name="To">The queue.</param>
/// <param name="Relay">The node's relay, which the updates are sent to.</param>
/// <param name="Heard">The number of the last update that the relay has; 0 asks for a snapshot.</param>
internal sealed record WatchQueue(EntityAddress To, IActorRef Relay, long Heard) : ToEntity(To);

/// <summary>Ends a node's watch.</summary>
internal sealed record UnwatchQueue(EntityAddress To, IActorRef Relay) : ToEntity(To);

/// <summary>A message of a queue to the relay of a node.</summary>
internal abstract record ToRelay(QueueKey Queue) : IWireMessage;

/// <summary>The queue as it is stored. The node watches from the snapshot's number on.</summary>
internal sealed record WatchBegun(LiveSnapshot Snapshot) : ToRelay(Snapshot.Queue);

/// <summary>The watch goes on.</summary>
/// <param name="Queue">The queue.</param>
/// <param name="Number">The number of the last update that was sent.</param>
internal sealed record WatchKept(QueueKey Queue, long Number) : ToRelay(Queue);

/// <summary>Nothing was ever filed or freed in the queue.</summary>
internal sealed record NothingToWatch(QueueKey Queue) : ToRelay(Queue);

/// <summary>The queue cannot be watched now.</summary>
internal sealed record WatchRefused(QueueKey Queue, RequestFailure Failure) : ToRelay(Queue);

/// <summary>What is new in the queue, and stored.</summary>
internal sealed record NewsOfQueue(LiveUpdate Update) : ToRelay(Update.Queue);
