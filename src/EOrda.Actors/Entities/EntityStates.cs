using System.Security.Cryptography;
using System.Text;
using EOrda.Queues;
using EOrda.Queues.Country;
using EOrda.Queues.Names;
using EOrda.Queues.Recording;
using EOrda.Queues.Time;

namespace EOrda.Actors.Entities;

/// <summary>A queue as an entity's state.</summary>
internal sealed class QueueState(Queue queue) : IEntityState
{
    public Queue Queue { get; } = queue;

    public int SnapshotVersion => QueueSnapshot.Version;

    public void Write(ByteWriter to) => QueueSnapshot.Write(to, Queue);

    public void Apply(ref ByteReader from, Moment at) => Queue.Apply(new DatedEvent(at, EventFormat.ReadQueueEvent(ref from)));
}

/// <summary>A shard of the register as an entity's state.</summary>
internal sealed class RegisterState(Register register) : IEntityState
{
    public Register Register { get; } = register;

    public int SnapshotVersion => RegisterSnapshot.Version;

    public void Write(ByteWriter to) => RegisterSnapshot.Write(to, Register);

    public void Apply(ref ByteReader from, Moment at) => Register.Apply(EventFormat.ReadRegisterEvent(ref from));
}

/// <summary>The localities as an entity's state.</summary>
internal sealed class LocalitiesState(Localities localities) : IEntityState
{
    public Localities Localities { get; } = localities;

    public int SnapshotVersion => LocalitiesSnapshot.Version;

    public void Write(ByteWriter to) => LocalitiesSnapshot.Write(to, Localities);

    public void Apply(ref ByteReader from, Moment at) => Localities.Apply(EventFormat.ReadLocalityEvent(ref from), at);
}

/// <summary>The entities' keys in the journal, and an empty or snapshot's state for each.</summary>
internal static class EntityNames
{
    public const string Localities = "localities";
    private const string QueuePrefix = "queue/";
    private const string RegisterPrefix = "register/";

    /// <summary>How many buckets the register has. A power of two; part of the journal's format.</summary>
    public const int RegisterBuckets = 256;

    public static string Of(QueueKey queue) => QueuePrefix + queue;

    /// <summary>The register's bucket for an identifier. Kept in the journal's keys: the same for ever.</summary>
    public static string OfRegisterFor(string identifier) => OfRegister(RegisterBucketOf(identifier));

    /// <summary>The same in the former layer, which has 64.</summary>
    public static string OfFormerRegisterFor(string identifier) => OfRegister(RegisterBucketOf(identifier) & 63);

    /// <summary>The register's bucket with a number.</summary>
    public static string OfRegister(int bucket) => $"{RegisterPrefix}{bucket:D4}";

    /// <summary>The number of the register's bucket for an identifier.</summary>
    public static int RegisterBucketOf(string identifier)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(Encoding.UTF8.GetBytes(identifier), hash);
        return (hash[0] | hash[1] << 8) & (RegisterBuckets - 1);
    }

    /// <summary>The queue that an entity is, or null.</summary>
    public static QueueKey? QueueOf(string entity) =>
        entity.StartsWith(QueuePrefix, StringComparison.Ordinal) && QueueKey.TryParse(entity[QueuePrefix.Length..], out var key) ? key : null;

    public static bool IsRegister(string entity) => entity.StartsWith(RegisterPrefix, StringComparison.Ordinal);

    /// <summary>The state of an entity before its first record.</summary>
    public static IEntityState Empty(string entity) => entity switch
    {
        Localities => new LocalitiesState(new Localities()),
        _ when QueueOf(entity) is { } key => new QueueState(new Queue(key)),
        _ when IsRegister(entity) => new RegisterState(new Register()),
        _ => throw new InvalidDataException($"'{entity}' is no entity."),
    };

    /// <summary>The state of an entity out of its snapshot.</summary>
    public static IEntityState Read(string entity, ref ByteReader from, Moment now) => entity switch
    {
        Localities => new LocalitiesState(LocalitiesSnapshot.Read(ref from)),
        _ when QueueOf(entity) is { } key => new QueueState(QueueSnapshot.Read(ref from, key, now)),
        _ when IsRegister(entity) => new RegisterState(RegisterSnapshot.Read(ref from)),
        _ => throw new InvalidDataException($"'{entity}' is no entity."),
    };
}
