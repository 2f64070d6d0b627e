using EOrda.Actors.Answers;
using EOrda.Actors.Entities;
using EOrda.Actors.Hosting;
using EOrda.Actors.Persistence;
using EOrda.Queues.Recording;
using EOrda.Simulation.Cluster.Stored;

namespace EOrda.Simulation.Cluster.Mutants;

/// <summary>Akka's filter takes an entity that moved away and back for another writer, and leaves out what it wrote before.</summary>
internal sealed class FilterOfReplays : ClusterMutant
{
    public override bool FiltersReplays => true;
}

/// <summary>A page counts as stored when it is handed over; it is stored a little later, if the process still lives.</summary>
internal sealed class AnswersBeforeCommit : ClusterMutant
{
    public override bool TellsBeforeCommit => true;
}

/// <summary>Two instances of an entity can store the same sequence number.</summary>
internal sealed class WithoutUniqueIndex : ClusterMutant
{
    public override bool HasUniqueIndex => false;
}

/// <summary>The last page of a transaction of several is left out.</summary>
internal sealed class LosesTailOfTransaction : ClusterMutant
{
    public override IReadOnlyList<StoredEvent> Commit(StoredJournal journal, IReadOnlyList<StoredEvent> transaction) =>
        transaction.Count > 1 ? [.. journal.Commit([.. transaction.SkipLast(1)]), transaction[^1]] : journal.Commit(transaction);
}

/// <summary>An error of the database is taken for success.</summary>
internal sealed class SwallowsFaults : ClusterMutant
{
    public override Exception? Reported(Exception? fault) => null;
}

/// <summary>A recovery misses an entity's last page.</summary>
internal sealed class ForgetsLastPage : ClusterMutant
{
    public override IReadOnlyList<StoredEvent> Read(IReadOnlyList<StoredEvent> events) => events.Count > 1 ? [.. events.SkipLast(1)] : events;
}

/// <summary>Now and then an entity goes on without having read its journal.</summary>
internal sealed class AnswersUnrecovered : ClusterMutant
{
    private const int OneIn = 20;
    private int recoveries;

    public override IReadOnlyList<StoredEvent> Read(IReadOnlyList<StoredEvent> events) => ++recoveries % OneIn == 0 ? [] : events;
}

/// <summary>A snapshot is stored under the number of the page behind it.</summary>
internal sealed class MisnumbersSnapshots : ClusterMutant
{
    public override void Save(StoredJournal journal, StoredSnapshot snapshot) => journal.Save(snapshot with { Sequence = snapshot.Sequence + 1 });
}

/// <summary>A snapshot has the number of its page and the state of the snapshot before.</summary>
internal sealed class StaleSnapshots : ClusterMutant
{
    private readonly Dictionary<string, StoredSnapshot> before = [];

    public override void Save(StoredJournal journal, StoredSnapshot snapshot)
    {
        journal.Save(before.TryGetValue(snapshot.Entity, out var older) ? Mixed(snapshot, older) : snapshot);
        before[snapshot.Entity] = snapshot;
    }

    private static StoredSnapshot Mixed(StoredSnapshot of, StoredSnapshot older) =>
        of with { Bytes = StoredSnapshots.Written(StoredSnapshots.Read(of) with { Body = StoredSnapshots.Read(older).Body }) };
}

/// <summary>Snapshots lack the callers' keys, so that a recovery forgets them.</summary>
internal sealed class SnapshotsWithoutKeys : ClusterMutant
{
    public override void Save(StoredJournal journal, StoredSnapshot snapshot)
    {
        var (bounds, read) = (new ActorsBounds(), StoredSnapshots.Read(snapshot));
        var memory = EntitySnapshots.Read(snapshot.Entity, read, bounds);
        var keyless = new EntityMemory(memory.State, new RecentAnswers(bounds.KeysKept, bounds.KeyLifetime)) { At = memory.At };
        journal.Save(snapshot with { Bytes = StoredSnapshots.Written(EntitySnapshots.Write(keyless, read.Record, read.Hash.Span)) });
    }
}
