using Akka.Cluster.Sharding;

namespace EOrda.Actors.Routing;

/// <summary>Tells a shard region which entity a message is for.</summary>
internal sealed class EntityExtractor : IMessageExtractor
{
    /// <inheritdoc/>
    public string? EntityId(object message) => (message as ToEntity)?.To.Entity;

    /// <inheritdoc/>
    public object? EntityMessage(object message) => message;

    /// <inheritdoc/>
    public string? ShardId(object message) => (message as ToEntity)?.To.Shard;

    /// <inheritdoc/>
    public string ShardId(string entityId, object? messageHint = null) => EntityAddress.ShardOf(entityId);
}
