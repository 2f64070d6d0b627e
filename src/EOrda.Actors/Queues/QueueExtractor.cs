using Akka.Cluster.Sharding;

namespace EOrda.Actors.Queues;

/// <summary>Tells the shard region which queue a message is for.</summary>
internal sealed class QueueExtractor : IMessageExtractor
{
    /// <inheritdoc/>
    public string? EntityId(object message) => (message as ToQueue)?.Queue.Entity;

    /// <inheritdoc/>
    public object? EntityMessage(object message) => message;

    /// <inheritdoc/>
    public string? ShardId(object message) => (message as ToQueue)?.Queue.Shard;

    /// <inheritdoc/>
    public string ShardId(string entityId, object? messageHint = null) => QueueAddress.ShardOf(entityId);
}
