namespace EOrda.Simulation.Cluster.Stored;

/// <summary>A stored event of an entity.</summary>
/// <param name="Entity">The persistence id.</param>
/// <param name="Sequence">The sequence number, from 1 on.</param>
/// <param name="Bytes">The event as its serializer wrote it.</param>
/// <param name="Serializer">The serializer's id.</param>
/// <param name="Manifest">The serializer's manifest.</param>
/// <param name="Writer">The name of the plugin's instance that wrote it.</param>
internal sealed record StoredEvent(string Entity, long Sequence, byte[] Bytes, int Serializer, string Manifest, string Writer);

/// <summary>A stored snapshot of an entity.</summary>
internal sealed record StoredSnapshot(string Entity, long Sequence, byte[] Bytes, int Serializer, string Manifest);

/// <summary>What the database has: the one that all nodes write to. It outlives them all.</summary>
internal sealed class StoredJournal
{
    private readonly SortedDictionary<string, List<StoredEvent>> events = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, SortedDictionary<long, StoredSnapshot>> snapshots = new(StringComparer.Ordinal);

    /// <summary>Called with the events of a transaction when it is committed and its writer does not know yet.</summary>
    public Action<IReadOnlyList<StoredEvent>>? Committed { get; set; }

    /// <summary>Whether the journal's index over (persistence id, sequence number) is unique.</summary>
    public bool IsUnique { get; set; } = true;

    /// <summary>All entities, in the order of their names.</summary>
    public IEnumerable<string> Entities => events.Keys;

    /// <summary>An entity's events, in the order of their sequence numbers.</summary>
    public IReadOnlyList<StoredEvent> EventsOf(string entity) => events.TryGetValue(entity, out var own) ? own : [];

    /// <summary>The sequence number of an entity's last event, 0 for none.</summary>
    public long LastOf(string entity) => EventsOf(entity) is [.., var last] ? last.Sequence : 0;

    /// <summary>An entity's snapshots, oldest first.</summary>
    public IReadOnlyList<StoredSnapshot> SnapshotsOf(string entity) => snapshots.TryGetValue(entity, out var own) ? [.. own.Values] : [];

    /// <summary>Stores the events all together, but those whose number another event of their entity has.</summary>
    /// <returns>Those that were stored.</returns>
    public IReadOnlyList<StoredEvent> Commit(IReadOnlyList<StoredEvent> transaction)
    {
        var free = transaction.Where(one => !IsUnique || one.Sequence > LastOf(one.Entity)).ToList();
        foreach (var one in free)
        {
            if (!events.TryGetValue(one.Entity, out var own))
            {
                events[one.Entity] = own = [];
            }

            own.Insert(own.FindLastIndex(before => before.Sequence <= one.Sequence) + 1, one);
        }

        Committed?.Invoke(free);
        return free;
    }

    /// <summary>Stores a snapshot.</summary>
    public void Save(StoredSnapshot snapshot)
    {
        if (!snapshots.TryGetValue(snapshot.Entity, out var own))
        {
            snapshots[snapshot.Entity] = own = [];
        }

        own[snapshot.Sequence] = snapshot;
    }

    /// <summary>Deletes an entity's snapshots up to a sequence number.</summary>
    public void DeleteSnapshots(string entity, long upTo)
    {
        if (snapshots.TryGetValue(entity, out var own))
        {
            foreach (var sequence in own.Keys.Where(sequence => sequence <= upTo).ToList())
            {
                own.Remove(sequence);
            }
        }
    }
}
