using System.Collections.Concurrent;
using EOrda.Actors.Entities;
using EOrda.Queues.Names;
using EOrda.Queues.Steps;

namespace EOrda.Actors.Routing;

/// <summary>The kinds of entities; each has a shard region of its own.</summary>
internal enum EntityKind
{
    /// <summary>A queue.</summary>
    Queue,

    /// <summary>A bucket of the register.</summary>
    Register,

    /// <summary>The one entity with the localities.</summary>
    Localities,
}

/// <summary>Where an entity's messages go: its region, name and shard, and how many requests of this node wait for it.</summary>
internal sealed class EntityAddress
{
    /// <summary>Shards of a region. Part of how nodes agree where an entity lives: the same on all nodes of a cluster.</summary>
    public const int Shards = 128;

    private EntityAddress(EntityKind kind, string entity, int capacity)
    {
        Kind = kind;
        Entity = entity;
        Shard = ShardOf(entity);
        Waiting = new WaitingPlace(entity, capacity);
    }

    /// <summary>The kind, which names the region.</summary>
    public EntityKind Kind { get; }

    /// <summary>The entity's name, which is its persistence id.</summary>
    public string Entity { get; }

    /// <summary>The shard that the entity is in.</summary>
    public string Shard { get; }

    /// <summary>The requests of this node that wait for the entity.</summary>
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

    /// <summary>The addresses of a node, each made once. Safe for use by many threads.</summary>
    /// <param name="capacity">Requests of the node that may wait for one entity.</param>
    internal sealed class Book(int capacity)
    {
        private readonly EntityAddress[] registers =
            [.. Enumerable.Range(0, EntityNames.RegisterBuckets).Select(bucket => new EntityAddress(EntityKind.Register, EntityNames.OfRegister(bucket), capacity))];

        // Bounded by what localities are set up and which kinds and cohorts exist.
        private readonly ConcurrentDictionary<QueueKey, EntityAddress> queues = new();

        /// <summary>The address of the localities.</summary>
        public EntityAddress Localities { get; } = new(EntityKind.Localities, EntityNames.Localities, capacity);

        /// <summary>The addresses of the register's buckets.</summary>
        public IReadOnlyList<EntityAddress> Registers => registers;

        /// <summary>The most requests of the node that wait for one entity.</summary>
        public int MostWaiting => queues.Values.Concat(registers).Append(Localities).Max(address => address.Waiting.Waiting);

        /// <summary>The address of a queue.</summary>
        public EntityAddress Of(QueueKey key) =>
            queues.TryGetValue(key, out var address) ? address : queues.GetOrAdd(key, new EntityAddress(EntityKind.Queue, EntityNames.Of(key), capacity));

        /// <summary>The address of the register's bucket that knows an identifier.</summary>
        public EntityAddress OfRegisterFor(string identifier) => registers[EntityNames.RegisterBucketOf(identifier)];

        /// <summary>The address of the entity that takes a step.</summary>
        public EntityAddress Of(ProcessStep step) => step switch
        {
            RegisterStep s => OfRegisterFor(s.Identifier),
            QueueStep s => Of(s.Queue),
            _ => Localities,
        };

        /// <summary>The address of a named entity, as the wire has it; null when the name is no entity's.</summary>
        public EntityAddress? Named(string entity) => entity switch
        {
            EntityNames.Localities => Localities,
            _ when EntityNames.QueueOf(entity) is { } key => Of(key),
            _ => Array.Find(registers, register => register.Entity == entity),
        };
    }
}
