using Akka.Actor;
using Akka.Serialization;
using EOrda.Queues.Recording;

namespace EOrda.Actors.Persistence;

/// <summary>
/// What the actors persist, as bytes. A manifest names the format and its version: its meaning never changes, and a new format gets a new manifest.
/// </summary>
internal sealed class EordaSerializer(ExtendedActorSystem system) : SerializerWithStringManifest(system)
{
    /// <summary>Serializer ids of a system must differ, and Akka does not say when two collide: this one is far above those that libraries use.</summary>
    public const int Id = 471_000_101;

    /// <summary>The name under which the serializer is bound.</summary>
    public const string Name = "eorda";

    /// <summary>The manifest of a page.</summary>
    public const string PageManifest = "page-1";

    private const string SnapshotManifest = "snapshot-1";

    /// <summary>All types that this serializer is bound to.</summary>
    public static readonly IReadOnlyList<Type> Types = [typeof(Page), typeof(EntitySnapshot)];

    /// <inheritdoc/>
    public override int Identifier => Id;

    /// <inheritdoc/>
    public override string Manifest(object o) => o switch
    {
        Page => PageManifest,
        EntitySnapshot => SnapshotManifest,
        _ => throw new ArgumentException($"No format for {o.GetType().Name}.", nameof(o)),
    };

    /// <inheritdoc/>
    public override byte[] ToBinary(object obj) => obj switch
    {
        Page page => page.Bytes,
        EntitySnapshot snapshot => Written(snapshot),
        _ => throw new ArgumentException($"No format for {obj.GetType().Name}.", nameof(obj)),
    };

    /// <inheritdoc/>
    public override object FromBinary(byte[] bytes, string manifest) => manifest switch
    {
        PageManifest => Page.Read(bytes),
        SnapshotManifest => ReadSnapshot(bytes),
        _ => throw new InvalidDataException($"The manifest '{manifest}' is not known here."),
    };

    private static byte[] Written(EntitySnapshot snapshot)
    {
        var to = new ByteWriter(snapshot.Body.Length + 64);
        to.Count(snapshot.Version);
        to.Count(snapshot.Record);
        to.Bytes(snapshot.Hash.Span);
        to.Bytes(snapshot.Body.Span);
        return to.Written.ToArray();
    }

    /// <summary>Reads a snapshot.</summary>
    internal static EntitySnapshot ReadSnapshot(byte[] bytes)
    {
        var from = new ByteReader(bytes);
        var version = from.Index();
        var record = from.Count();
        var hash = from.Bytes(Journal.RecordFormat.HashBytes).ToArray();
        return new EntitySnapshot(version, record, hash, bytes.AsMemory(from.Position));
    }
}
