using EOrda.Actors.Answers;
using EOrda.Actors.Entities;
using EOrda.Actors.Hosting;
using EOrda.Actors.Journal;
using EOrda.Actors.Persistence;
using EOrda.Queues.Recording;

namespace EOrda.Actors.Audit;

/// <summary>What an audit of the pages in a database went through.</summary>
/// <param name="Heads">The last record of each entity, in the order of the names.</param>
/// <param name="Records">Records whose hash and content were checked.</param>
/// <param name="Snapshots">Snapshots compared with the state rebuilt.</param>
/// <param name="Applications">Applications ever filed.</param>
/// <param name="Places">Places ever reported.</param>
/// <param name="Seals">Seals whose record was found as it was sealed.</param>
public sealed record StoreReport(IReadOnlyList<Head> Heads, long Records, int Snapshots, long Applications, long Places, int Seals)
{
    /// <summary>The head over all entities.</summary>
    public Head Head => Head.Over(Heads);
}

/// <summary>
/// Rebuilds everything from the pages alone, compares with the snapshots and the seals, and checks what must hold: no place held twice, no child twice in
/// the country, positions exactly 1 to n, places conserved, register and queues at one except for processes that are under way.
/// </summary>
public sealed class StoreAudit
{
    private readonly StoredJournal journal;
    private readonly ActorsBounds bounds = new();
    private readonly CountryAudit country = new();
    private readonly SealAudit seals;
    private readonly List<Head> heads = [];
    private long records;
    private int snapshots;

    private StoreAudit(StoredJournal journal, SealAudit seals) => (this.journal, this.seals) = (journal, seals);

    /// <summary>Audits the journal of a database. Reads only, as of one instant; a node may be running on it.</summary>
    /// <param name="database">The database.</param>
    /// <param name="sealKey">The key of the seals; empty where they are not checked.</param>
    /// <param name="expected">A head that must be in the journal, as <see cref="Head.Text"/>: that of a day's seal, or of one entity; null for none.</param>
    /// <exception cref="JournalDamagedException">A record or snapshot is damaged; it is named.</exception>
    /// <exception cref="ContradictionException">Something that must hold does not.</exception>
    /// <exception cref="System.Data.Common.DbException">The database cannot be read.</exception>
    public static StoreReport Run(Database database, ReadOnlyMemory<byte> sealKey = default, string? expected = null)
    {
        ArgumentNullException.ThrowIfNull(database);
        using var stored = new StoredJournal(database);
        return new StoreAudit(stored, new SealAudit(stored.Seals(), sealKey, expected)).Run();
    }

    private StoreReport Run()
    {
        // The register comes first: what stands in a queue is looked up there.
        foreach (var entity in journal.Entities().OrderBy(entity => EntityNames.QueueOf(entity) is null ? 0 : 1))
        {
            country.Add(entity, Rebuild(entity).State);
        }

        country.Check();
        seals.Check(heads);
        heads.Sort((one, other) => string.CompareOrdinal(one.Entity, other.Entity));
        return new StoreReport(heads, records, snapshots, country.Applications, country.Places, seals.Found);
    }

    private EntityMemory Rebuild(string entity)
    {
        var memory = new EntityMemory(Empty(entity), new RecentAnswers(bounds.KeysKept, bounds.KeyLifetime));
        var taken = journal.Snapshots(entity);
        using var reader = new PageReader(entity, 0, RecordFormat.FirstHash(entity));
        var number = 0L;
        foreach (var page in journal.Pages(entity))
        {
            foreach (var content in reader.Contents(page))
            {
                Apply(memory, content.Span, entity, reader.Last);
                seals.Pass(entity, reader.Last, reader.Hash);
                records++;
            }

            if (taken.TryGetValue(++number, out var snapshot))
            {
                Compare(entity, snapshot, memory, reader);
            }
        }

        if (taken.Keys.FirstOrDefault(sequence => sequence > number) is not 0 and var ahead)
        {
            throw new ContradictionException($"A snapshot of {entity} was taken at page {ahead}, and its pages end at {number}.");
        }

        heads.Add(new Head(entity, reader.Last, reader.Hash.ToArray()));
        return memory;
    }

    private static IEntityState Empty(string entity)
    {
        try
        {
            return EntityNames.Empty(entity);
        }
        catch (InvalidDataException fault)
        {
            throw new ContradictionException(fault.Message);
        }
    }

    private static void Apply(EntityMemory memory, ReadOnlySpan<byte> content, string entity, long record)
    {
        try
        {
            RecordContent.Apply(memory, content);
        }
        catch (Exception fault)
        {
            throw new JournalDamagedException($"Record {record} of {entity} cannot be applied: {fault.Message}", entity, record, fault);
        }
    }

    private void Compare(string entity, EntitySnapshot snapshot, EntityMemory memory, PageReader reader)
    {
        if (snapshot.Record != reader.Last || !snapshot.Hash.Span.SequenceEqual(reader.Hash))
        {
            throw new ContradictionException($"The snapshot of {entity} after record {snapshot.Record} was taken after another record than the journal's.");
        }

        if (!EntitySnapshots.CanRead(entity, snapshot))
        {
            return;
        }

        // A snapshot may have fewer answers: those that were too old by then.
        var stored = EntitySnapshots.Read(entity, snapshot, bounds);
        if (stored.At != memory.At || !memory.Answers.Contain(stored.Answers) || !Bytes(stored).Span.SequenceEqual(Bytes(memory).Span))
        {
            throw new ContradictionException($"The snapshot of {entity} after record {snapshot.Record} is not the state that the journal gives.");
        }

        snapshots++;
    }

    private static ReadOnlyMemory<byte> Bytes(EntityMemory memory)
    {
        var to = new ByteWriter(1 << 16);
        memory.State.Write(to);
        return to.Written;
    }
}
