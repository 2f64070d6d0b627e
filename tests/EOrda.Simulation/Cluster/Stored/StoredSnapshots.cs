using EOrda.Actors.Journal;
using EOrda.Actors.Persistence;
using EOrda.Queues.Recording;

namespace EOrda.Simulation.Cluster.Stored;

/// <summary>Snapshots as the database has them.</summary>
internal static class StoredSnapshots
{
    /// <summary>Reads a snapshot.</summary>
    public static EntitySnapshot Read(StoredSnapshot stored)
    {
        var from = new ByteReader(stored.Bytes);
        var (version, record) = (from.Index(), from.Count());
        var hash = from.Bytes(RecordFormat.HashBytes).ToArray();
        return new EntitySnapshot(version, record, hash, stored.Bytes.AsMemory(from.Position));
    }

    /// <summary>A snapshot as its serializer writes it.</summary>
    public static byte[] Written(EntitySnapshot snapshot)
    {
        var to = new ByteWriter(snapshot.Body.Length + 64);
        to.Count(snapshot.Version);
        to.Count(snapshot.Record);
        to.Bytes(snapshot.Hash.Span);
        to.Bytes(snapshot.Body.Span);
        return to.Written.ToArray();
    }
}
