using EOrda.Actors.Answers;
using EOrda.Actors.Entities;
using EOrda.Actors.Hosting;
using EOrda.Actors.Journal;
using EOrda.Queues.Recording;

namespace EOrda.Actors.Persistence;

/// <summary>An entity's memory as a snapshot.</summary>
internal static class EntitySnapshots
{
    // The state's version times this, and the version of what stands before the state.
    private const int HeaderVersions = 100;
    private const int HeaderVersion = 3;

    /// <summary>The memory as it is.</summary>
    /// <param name="memory">The memory.</param>
    /// <param name="record">The number of the last record in it.</param>
    /// <param name="hash">That record's hash.</param>
    public static EntitySnapshot Write(EntityMemory memory, long record, ReadOnlySpan<byte> hash)
    {
        var to = new ByteWriter(1 << 16);
        to.Moment(memory.At);
        memory.Answers.Write(to);
        memory.Quota.Write(to);
        memory.State.Write(to);
        return new EntitySnapshot(VersionOf(memory.State), record, hash.ToArray(), to.Written.ToArray());
    }

    /// <summary>True when the snapshot is of the version that is written now; another one is not read, since the journal has everything.</summary>
    public static bool CanRead(string entity, EntitySnapshot snapshot) => snapshot.Version == VersionOf(EntityNames.Empty(entity));

    /// <summary>The memory that a snapshot holds.</summary>
    /// <exception cref="JournalDamagedException">The snapshot is damaged or of another version.</exception>
    public static EntityMemory Read(string entity, EntitySnapshot snapshot, ActorsBounds bounds)
    {
        try
        {
            if (!CanRead(entity, snapshot))
            {
                throw new InvalidDataException($"version {snapshot.Version} is not known here");
            }

            var from = new ByteReader(snapshot.Body.Span);
            var at = from.Moment();
            var answers = new RecentAnswers(bounds.KeysKept, bounds.KeyLifetime);
            answers.Read(ref from);
            var quota = new KeyQuota();
            quota.Read(ref from);
            return new EntityMemory(EntityNames.Read(entity, ref from, at), answers) { At = at, Quota = quota };
        }
        catch (Exception fault)
        {
            throw new JournalDamagedException($"The snapshot of {entity} after record {snapshot.Record} cannot be read: {fault.Message}", entity, snapshot.Record, fault);
        }
    }

    private static int VersionOf(IEntityState state) => state.SnapshotVersion * HeaderVersions + HeaderVersion;
}
