using EOrda.Actors.Journal;

namespace EOrda.Simulation.Virtual;

/// <summary>What a disk has: pages and snapshots by entity. Survives the journals that are opened on it.</summary>
public sealed class VirtualDisk
{
    private readonly SortedDictionary<string, List<JournalPage>> pages = new(StringComparer.Ordinal);
    private readonly Dictionary<string, JournalHead> heads = new(StringComparer.Ordinal);
    private readonly Dictionary<string, JournalSnapshot> snapshots = new(StringComparer.Ordinal);
    private Journal? open;

    /// <summary>Called with the pages of a transaction before it is stored: may throw, or let other work run meanwhile.</summary>
    public Action<IReadOnlyList<JournalPage>>? BeforeWrite { get; set; }

    /// <summary>Called when a transaction is stored and its writer does not know yet.</summary>
    public Action<IReadOnlyList<JournalPage>>? AfterWrite { get; set; }

    /// <summary>Called before a snapshot is stored: may throw.</summary>
    public Action<JournalSnapshot>? BeforeSnapshot { get; set; }

    /// <summary>Called before an entity's pages or snapshot are read: may throw.</summary>
    public Action<string>? BeforeRead { get; set; }

    /// <summary>How many transactions were stored.</summary>
    public long Transactions { get; private set; }

    /// <summary>All entities, in the order of their keys.</summary>
    public IEnumerable<string> Entities => pages.Keys.Union(snapshots.Keys, StringComparer.Ordinal).Order(StringComparer.Ordinal);

    /// <summary>The pages of an entity, which a test may change; its head goes on naming the last record that was written.</summary>
    public List<JournalPage> PagesOf(string entity) => pages.GetValueOrDefault(entity) ?? throw new ArgumentException($"The disk has no {entity}.", nameof(entity));

    /// <summary>The snapshot of an entity, or null.</summary>
    public JournalSnapshot? SnapshotOf(string entity) => snapshots.GetValueOrDefault(entity);

    /// <summary>Puts a snapshot in place, past everything.</summary>
    public void PutSnapshot(JournalSnapshot snapshot) => snapshots[snapshot.Entity] = snapshot;

    /// <summary>Takes an entity's snapshot away.</summary>
    public void RemoveSnapshot(string entity) => snapshots.Remove(entity);

    /// <summary>A journal on the disk, for one node; the one before is cut off.</summary>
    public IJournal Open() => open = new Journal(this);

    /// <summary>The disk for one that only reads; the journal that is open stays so.</summary>
    public IJournal Reader() => new Journal(this, onlyReads: true);

    /// <summary>The number of an entity's last record, 0 for none.</summary>
    public long LastSequence(string entity) => HeadOf(entity).LastSequence;

    /// <summary>The process that has the journal open dies: nothing more of it reaches the disk.</summary>
    public void CutOff() => open = null;

    private JournalHead HeadOf(string entity) => heads.GetValueOrDefault(entity) ?? new JournalHead(entity, 0, ReadOnlyMemory<byte>.Empty);

    private void Store(IReadOnlyList<JournalPage> written)
    {
        foreach (var page in written)
        {
            if (page.FirstSequence != HeadOf(page.Entity).LastSequence + 1)
            {
                throw new InvalidOperationException($"A page of {page.Entity} begins at {page.FirstSequence} and does not follow the last record.");
            }
        }

        foreach (var page in written)
        {
            if (!pages.TryGetValue(page.Entity, out var own))
            {
                pages[page.Entity] = own = [];
            }

            own.Add(page with { Body = page.Body.ToArray(), LastHash = page.LastHash.ToArray() });
            heads[page.Entity] = new JournalHead(page.Entity, page.FirstSequence + page.Count - 1, page.LastHash.ToArray());
        }

        Transactions++;
    }

    private sealed class Journal(VirtualDisk disk, bool onlyReads = false) : IJournal
    {
        public void Write(IReadOnlyList<JournalPage> pages)
        {
            ThrowIfCutOff();
            disk.BeforeWrite?.Invoke(pages);
            ThrowIfCutOff();
            disk.Store(pages);
            disk.AfterWrite?.Invoke(pages);
        }

        public IEnumerable<JournalPage> Read(string entity, long fromSequence)
        {
            BeforeRead(entity);
            return disk.pages.TryGetValue(entity, out var own) ? own.Where(page => page.FirstSequence + page.Count > fromSequence).ToList() : [];
        }

        public IReadOnlyList<JournalHead> Heads() => [.. disk.Entities.Select(disk.HeadOf)];

        public JournalHead? Head(string entity) => disk.Entities.Contains(entity, StringComparer.Ordinal) ? disk.HeadOf(entity) : null;

        public void SaveSnapshot(JournalSnapshot snapshot)
        {
            ThrowIfCutOff();
            disk.BeforeSnapshot?.Invoke(snapshot);
            ThrowIfCutOff();
            disk.snapshots[snapshot.Entity] = snapshot with { Body = snapshot.Body.ToArray(), RecordHash = snapshot.RecordHash.ToArray() };
        }

        public JournalSnapshot? LoadSnapshot(string entity)
        {
            BeforeRead(entity);
            return disk.SnapshotOf(entity);
        }

        public void Dispose()
        {
        }

        private void BeforeRead(string entity)
        {
            if (!onlyReads)
            {
                disk.BeforeRead?.Invoke(entity);
            }
        }

        private void ThrowIfCutOff()
        {
            if (disk.open != this)
            {
                throw new JournalUnavailableException("The process is dead.");
            }
        }
    }
}
