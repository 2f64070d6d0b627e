using Akka.Actor;
using Akka.Persistence;
using EOrda.Simulation.Cluster.Nodes;
using EOrda.Simulation.Cluster.Seeded;

namespace EOrda.Simulation.Cluster.Stored;

/// <summary>A node's snapshot store: speaks Akka.Persistence's protocol. Snapshots may not be saved, or be lost, or only an old one is found; the journal has everything.</summary>
internal sealed class SnapshotPlugin : UntypedActor
{
    private readonly SimulatedNode node = NodeSetup.Of(Context.System.Settings).Node;

    /// <inheritdoc/>
    protected override void OnReceive(object message)
    {
        switch (message)
        {
            case LoadSnapshot load:
                Load(load);
                break;
            case SaveSnapshot save:
                Save(save);
                break;
            case DeleteSnapshots delete:
                if (!node.World.Faults.SnapshotFails())
                {
                    node.World.Stored.DeleteSnapshots(delete.PersistenceId, delete.Criteria.MaxSequenceNr);
                }

                Sender.Tell(new DeleteSnapshotsSuccess(delete.Criteria), Self);
                break;
            default:
                Unhandled(message);
                break;
        }
    }

    private void Load(LoadSnapshot load)
    {
        if (node.World.Faults.ReadFails(load.PersistenceId) is { } fault)
        {
            Sender.Tell(new LoadSnapshotFailed(fault), Self);
            return;
        }

        var found = node.World.Faults.SnapshotFound(node.World.Stored.SnapshotsOf(load.PersistenceId));
        Sender.Tell(new LoadSnapshotResult(found is null ? null : Selected(found), load.ToSequenceNr), Self);
    }

    private void Save(SaveSnapshot save)
    {
        if (node.World.Faults.SnapshotFails())
        {
            Sender.Tell(new SaveSnapshotFailure(save.Metadata, new IOException("The database failed.")), Self);
            return;
        }

        var serializer = (Akka.Serialization.SerializerWithStringManifest)Context.System.Serialization.FindSerializerFor(save.Snapshot);
        var stored = new StoredSnapshot(
            save.Metadata.PersistenceId, save.Metadata.SequenceNr, [.. serializer.ToBinary(save.Snapshot)], serializer.Identifier, serializer.Manifest(save.Snapshot));
        node.World.Mutant.Save(node.World.Stored, stored);
        Sender.Tell(new SaveSnapshotSuccess(save.Metadata), Self);
    }

    private static SelectedSnapshot Selected(StoredSnapshot found) => new(
        new SnapshotMetadata(found.Entity, found.Sequence, DateTime.MinValue),
        Context.System.Serialization.Deserialize(found.Bytes, found.Serializer, found.Manifest));
}
