using EOrda.Queues.Recording;
using EOrda.Queues.Time;

namespace EOrda.Actors.Entities;

/// <summary>What an entity's state must be able to do so that it can be recorded and rebuilt.</summary>
internal interface IEntityState
{
    /// <summary>Version of the snapshots that <see cref="Write"/> makes.</summary>
    int SnapshotVersion { get; }

    /// <summary>Writes the whole state; the same state always gives the same bytes.</summary>
    void Write(ByteWriter to);

    /// <summary>Reads an event and applies it.</summary>
    /// <exception cref="InvalidDataException">The bytes are no event, or one that cannot have happened.</exception>
    void Apply(ref ByteReader from, Moment at);
}
