using EOrda.Actors.Entities;
using EOrda.Actors.Journal;
using EOrda.Queues;
using EOrda.Queues.Audit;
using EOrda.Queues.Country;
using EOrda.Queues.Names;
using EOrda.Queues.Recording;

namespace EOrda.Actors.Audit;

/// <summary>What an audit went through.</summary>
/// <param name="Entities">Entities rebuilt.</param>
/// <param name="Records">Records whose hash and content were checked.</param>
/// <param name="Snapshots">Snapshots compared with the state rebuilt.</param>
/// <param name="Applications">Applications ever filed.</param>
/// <param name="Places">Places ever reported.</param>
public sealed record AuditReport(int Entities, long Records, int Snapshots, long Applications, long Places);

/// <summary>The journal and what must hold do not agree.</summary>
public sealed class ContradictionException(string message) : Exception(message);

/// <summary>
/// Rebuilds everything from the journal alone, compares with the snapshots, and checks what must hold: no place held twice, no child twice in the
/// country, positions exactly 1 to n, places conserved, register and queues at one.
/// </summary>
public sealed class JournalAudit
{
    private readonly IJournal journal;
    private readonly NodeOptions options = new();
    private readonly Dictionary<string, Register> registers = new(StringComparer.Ordinal);
    private readonly Dictionary<(Kind Kind, string Child), QueueKey> activeChildren = [];
    private long records;
    private int snapshots;
    private long applications;
    private long places;
    private long registeredApplications;
    private long registeredPlaces;

    private JournalAudit(IJournal journal) => this.journal = journal;

    /// <summary>Audits a journal. Reads only.</summary>
    /// <param name="journal">The journal, best as of one point in time.</param>
    /// <exception cref="JournalDamagedException">A record or snapshot is damaged; it is named.</exception>
    /// <exception cref="ContradictionException">Something that must hold does not.</exception>
    public static AuditReport Run(IJournal journal) => new JournalAudit(journal).Run();

    private AuditReport Run()
    {
        var heads = journal.Heads();
        foreach (var head in heads.Where(head => EntityNames.QueueOf(head.Entity) is null))
        {
            var memory = Rebuild(head);
            if (memory.State is RegisterState state)
            {
                registers.Add(head.Entity, state.Register);
                registeredApplications += state.Register.ApplicationCount;
                registeredPlaces += state.Register.PlaceCount;
            }
        }

        foreach (var head in heads)
        {
            if (EntityNames.QueueOf(head.Entity) is { } key)
            {
                Check(key, ((QueueState)Rebuild(head).State).Queue);
            }
        }

        // What stands in a queue stands in the register, as was checked; so the numbers tell whether anything stands in the register alone.
        if ((registeredApplications, registeredPlaces) != (applications, places))
        {
            throw new ContradictionException(
                $"The register has {registeredApplications} applications and {registeredPlaces} places, the queues have {applications} and {places}.");
        }

        return new AuditReport(heads.Count, records, snapshots, applications, places);
    }

    private EntityMemory Rebuild(JournalHead head)
    {
        var entity = head.Entity;
        var memory = EntityRecovery.Empty(entity, options);
        var snapshot = journal.LoadSnapshot(entity);
        using var reader = new RecordReader(journal, entity, 0, RecordFormat.FirstHash(entity));
        foreach (var content in reader.Contents())
        {
            EntityRecovery.Apply(memory, content.Span, entity, reader.Sequence);
            records++;
            if (snapshot is not null && reader.Sequence == snapshot.Sequence)
            {
                Compare(snapshot, memory, reader.Hash);
            }
        }

        reader.CheckEnd(head);
        if (snapshot?.Sequence > reader.Sequence)
        {
            throw new ContradictionException($"The snapshot of {entity} was taken after record {snapshot.Sequence}, and its records end at {reader.Sequence}.");
        }

        return memory;
    }

    private void Compare(JournalSnapshot snapshot, EntityMemory memory, ReadOnlySpan<byte> hash)
    {
        if (!hash.SequenceEqual(snapshot.RecordHash.Span))
        {
            throw new ContradictionException($"The snapshot of {snapshot.Entity} was taken after another record {snapshot.Sequence} than the journal's.");
        }

        if (EntityRecovery.FromSnapshot(snapshot, snapshot.Entity, options) is not { } stored)
        {
            return;
        }

        // A snapshot may have fewer answers: those that were too old by then.
        if (stored.At != memory.At || !memory.Answers.Contain(stored.Answers) || !Bytes(stored).Span.SequenceEqual(Bytes(memory).Span))
        {
            throw new ContradictionException($"The snapshot of {snapshot.Entity} after record {snapshot.Sequence} is not the state that the journal gives.");
        }

        snapshots++;
    }

    private static ReadOnlyMemory<byte> Bytes(EntityMemory memory)
    {
        var to = new ByteWriter(1 << 16);
        memory.State.Write(to);
        return to.Written;
    }

    private void Check(QueueKey key, Queue queue)
    {
        if (QueueAudit.FirstContradiction(queue) is { } contradiction)
        {
            throw new ContradictionException($"In {key} {contradiction}.");
        }

        foreach (var application in QueueAudit.ApplicationNames(queue))
        {
            applications++;
            if (RegisterOf(application)?.QueueOfApplication(application) != key)
            {
                throw new ContradictionException($"Application {application} of {key} is not in the register.");
            }
        }

        foreach (var place in QueueAudit.PlaceNames(queue))
        {
            places++;
            if (RegisterOf(place)?.QueueOfPlace(place) != key)
            {
                throw new ContradictionException($"Place {place} of {key} is not in the register.");
            }
        }

        foreach (var (child, application) in QueueAudit.ActiveChildren(queue))
        {
            if (!activeChildren.TryAdd((key.Kind, child), key))
            {
                throw new ContradictionException($"A child has an active application in {activeChildren[(key.Kind, child)]} and another in {key}.");
            }

            if (RegisterOf(child)?.LastFiled(child, key.Kind) != new ApplicationPointer(key, application))
            {
                throw new ContradictionException($"An active application of {key}, number {application}, is not the one that the register has for its child.");
            }
        }
    }

    private Register? RegisterOf(string identifier) => registers.GetValueOrDefault(EntityNames.OfFormerRegisterFor(identifier));
}
