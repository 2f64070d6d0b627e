using System.Collections.Concurrent;
using EOrda.Actors.Entities;
using EOrda.Actors.Routing;
using EOrda.Queues.Names;

namespace EOrda.Actors.Queues;

/// <summary>Where a queue's messages go: its name, entity and shard, and how many requests of this node wait for it.</summary>
internal sealed class QueueAddress
{
    /// <summary>Shards of the queues. Part of how nodes agree where a queue lives: the same on all nodes of a cluster.</summary>
    public const int Shards = 128;

    private QueueAddress(QueueKey key, int capacity)
    {
        Key = key;
        Entity = EntityNames.Of(key);
        Shard = ShardOf(Entity);
        Waiting = new WaitingPlace(Entity, capacity);
    }

    /// <summary>The queue's name.</summary>
    public QueueKey Key { get; }

    /// <summary>The entity's name, which is its persistence id.</summary>
    public string Entity { get; }

    /// <summary>The shard that the entity is in.</summary>
    public string Shard { get; }

    /// <summary>The requests of this node that wait for the queue.</summary>
    public WaitingPlace Waiting { get; }

    /// <summary>The shard of an entity.</summary>
    public static string ShardOf(string entity)
    {
        var hash = 2166136261u;
        foreach (var letter in entity)
        {
            hash = (hash ^ letter) * 16777619u;
        }

        return $"{hash % Shards}";
    }

    /// <summary>The addresses of a node, each made once. The queues are bounded by what localities are set up and which kinds and cohorts exist.</summary>
    internal sealed class Book(int capacity)
    {
        private readonly ConcurrentDictionary<QueueKey, QueueAddress> addresses = new();

        /// <summary>The address of a queue.</summary>
        public QueueAddress Of(QueueKey key) => addresses.TryGetValue(key, out var address) ? address : addresses.GetOrAdd(key, new QueueAddress(key, capacity));
    }
}
