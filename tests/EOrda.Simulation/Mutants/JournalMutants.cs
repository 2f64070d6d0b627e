using System.Security.Cryptography;
using EOrda.Actors;
using EOrda.Actors.Answers;
using EOrda.Actors.Entities;
using EOrda.Actors.Journal;
using EOrda.Queues.Recording;
using EOrda.Simulation.Worlds;

namespace EOrda.Simulation.Mutants;

/// <summary>A bug in the journal: each operation may be done otherwise.</summary>
internal abstract class JournalMutant : Mutant
{
    public override IJournal Wrap(IJournal journal, World world) => new Wrapped(this, journal, world);

    protected virtual void Write(IJournal journal, IReadOnlyList<JournalPage> pages, World world) => journal.Write(pages);

    protected virtual IEnumerable<JournalPage> Read(IJournal journal, string entity, long from) => journal.Read(entity, from);

    protected virtual void Save(IJournal journal, JournalSnapshot snapshot) => journal.SaveSnapshot(snapshot);

    private sealed class Wrapped(JournalMutant mutant, IJournal journal, World world) : IJournal
    {
        public void Write(IReadOnlyList<JournalPage> pages) => mutant.Write(journal, pages, world);

        public IEnumerable<JournalPage> Read(string entity, long fromSequence) => mutant.Read(journal, entity, fromSequence);

        public IReadOnlyList<JournalHead> Heads() => journal.Heads();

        public JournalHead? Head(string entity) => journal.Head(entity);

        public void SaveSnapshot(JournalSnapshot snapshot) => mutant.Save(journal, snapshot);

        public JournalSnapshot? LoadSnapshot(string entity) => journal.LoadSnapshot(entity);

        public void Dispose() => journal.Dispose();
    }
}

/// <summary>A transaction counts as written when it is in memory; it reaches the disk with the next one.</summary>
internal sealed class AnswersBeforeSync : JournalMutant
{
    private IReadOnlyList<JournalPage> kept = [];

    public override void Died(World world) => kept = [];

    protected override void Write(IJournal journal, IReadOnlyList<JournalPage> pages, World world)
    {
        Sync(journal);
        kept = [.. pages.Select(page => page with { Body = page.Body.ToArray(), LastHash = page.LastHash.ToArray() })];
    }

    protected override IEnumerable<JournalPage> Read(IJournal journal, string entity, long from)
    {
        Sync(journal);
        return journal.Read(entity, from);
    }

    private void Sync(IJournal journal)
    {
        var pages = kept;
        kept = [];
        if (pages.Count > 0)
        {
            journal.Write(pages);
        }
    }
}

/// <summary>The last page of a large transaction is left out.</summary>
internal sealed class LosesTailOfBatch : JournalMutant
{
    private const int Large = 4;

    protected override void Write(IJournal journal, IReadOnlyList<JournalPage> pages, World world) =>
        journal.Write(pages.Count >= Large ? [.. pages.SkipLast(1)] : pages);
}

/// <summary>A crash in the middle of a write leaves half of the transaction.</summary>
internal sealed class TearsTransactions : JournalMutant
{
    protected override void Write(IJournal journal, IReadOnlyList<JournalPage> pages, World world)
    {
        try
        {
            journal.Write(pages);
        }
        catch (JournalUnavailableException) when (world.Process.IsDead && pages.Count > 1)
        {
            world.Disk.Open().Write([.. pages.Take(pages.Count / 2)]);
            world.Disk.CutOff();
        }
    }
}

/// <summary>An error of the disk is taken for success.</summary>
internal sealed class SwallowsErrors : JournalMutant
{
    protected override void Write(IJournal journal, IReadOnlyList<JournalPage> pages, World world)
    {
        try
        {
            journal.Write(pages);
        }
        catch (JournalUnavailableException) when (!world.Process.IsDead)
        {
            // Here is the bug.
        }
    }
}

/// <summary>Some transactions that are stored are reported as refused.</summary>
internal sealed class RefusesWhatItStored : JournalMutant
{
    private const int OneIn = 300;
    private int written;

    protected override void Write(IJournal journal, IReadOnlyList<JournalPage> pages, World world)
    {
        journal.Write(pages);
        if (++written % OneIn == 0)
        {
            throw new JournalUnavailableException("The disk failed, it seems.");
        }
    }
}

/// <summary>An entity that is recovered misses its last page.</summary>
internal sealed class ForgetsLastPage : JournalMutant
{
    protected override IEnumerable<JournalPage> Read(IJournal journal, string entity, long from)
    {
        var pages = journal.Read(entity, from).ToList();
        return pages.Count > 1 ? pages.SkipLast(1) : pages;
    }
}

/// <summary>A snapshot has the number of the last record and the state before it.</summary>
internal sealed class StaleSnapshots : JournalMutant
{
    private readonly Dictionary<string, JournalSnapshot> before = [];

    protected override void Save(IJournal journal, JournalSnapshot snapshot)
    {
        journal.SaveSnapshot(before.TryGetValue(snapshot.Entity, out var older) ? snapshot with { Body = older.Body } : snapshot);
        before[snapshot.Entity] = snapshot;
    }
}

/// <summary>Snapshots lack the callers' keys, so that a recovery forgets them.</summary>
internal sealed class SnapshotsWithoutKeys : JournalMutant
{
    protected override void Save(IJournal journal, JournalSnapshot snapshot)
    {
        var options = new NodeOptions();
        var memory = EntityRecovery.FromSnapshot(snapshot, snapshot.Entity, options)!;
        var keyless = new EntityMemory(memory.State, new RecentAnswers(options.KeysKept, options.KeyLifetime)) { At = memory.At };
        journal.SaveSnapshot(snapshot with { Body = EntityRecovery.SnapshotBody(keyless) });
    }
}

/// <summary>What is recorded is not what was decided; the hashes are right all the same.</summary>
internal abstract class RecordMutant : JournalMutant
{
    private readonly Dictionary<(string Entity, long Sequence), byte[]> hashes = [];
    private readonly IncrementalHash sha = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);

    /// <summary>The event to be recorded in place of one; null for none.</summary>
    protected abstract object? Changed(object happened);

    protected override void Write(IJournal journal, IReadOnlyList<JournalPage> pages, World world)
    {
        var chained = new Dictionary<(string, long), byte[]>();
        journal.Write([.. pages.Select(page => Rewritten(page, chained))]);
        foreach (var (record, hash) in chained)
        {
            hashes[record] = hash;
        }
    }

    protected override void Save(IJournal journal, JournalSnapshot snapshot) =>
        journal.SaveSnapshot(snapshot with { RecordHash = hashes[(snapshot.Entity, snapshot.Sequence)] });

    private JournalPage Rewritten(JournalPage page, Dictionary<(string, long), byte[]> chained)
    {
        var hash = (byte[])(page.FirstSequence == 1 ? RecordFormat.FirstHash(page.Entity) : hashes[(page.Entity, page.FirstSequence - 1)]).Clone();
        var body = new ByteWriter(page.Body.Length);
        var position = 0;
        for (var number = page.FirstSequence; position < page.Body.Length; number++)
        {
            var length = System.Buffers.Binary.BinaryPrimitives.ReadInt32LittleEndian(page.Body.Span[position..]);
            var record = new ByteWriter(length);
            record.Reserve(RecordFormat.HashBytes);
            var begun = RecordFormat.Begin(record);
            WriteChanged(record, page.Entity, page.Body.Span.Slice(position + RecordFormat.LengthBytes, length));
            RecordFormat.End(record, begun);
            RecordFormat.Chain(sha, record.Part(0, record.Length), hash);
            chained[(page.Entity, number)] = (byte[])hash.Clone();
            body.Bytes(record.Written.Span[RecordFormat.HashBytes..]);
            position += RecordFormat.LengthBytes + length + RecordFormat.HashBytes;
        }

        return page with { Body = body.Written.ToArray(), LastHash = hash };
    }

    private void WriteChanged(ByteWriter to, string entity, ReadOnlySpan<byte> content)
    {
        var from = new ByteReader(content);
        from.Byte();
        from.Moment();
        if (from.Flag())
        {
            RecordedCommand.ReadKey(ref from);
            AnswerFormat.Read(ref from);
        }

        to.Bytes(content[..from.Position]);
        var isQueue = EntityNames.QueueOf(entity) is not null;
        var isRegister = EntityNames.IsRegister(entity);
        if (!isQueue && !isRegister)
        {
            to.Bytes(content[from.Position..]);
            return;
        }

        while (!from.AtEnd)
        {
            switch (Changed(isQueue ? EventFormat.ReadQueueEvent(ref from) : EventFormat.ReadRegisterEvent(ref from)))
            {
                case Queues.QueueEvent e: EventFormat.Write(to, e); break;
                case Queues.Country.RegisterEvent e: EventFormat.Write(to, e); break;
            }
        }
    }
}

/// <summary>A reservation is recorded to end a millisecond later than it does.</summary>
internal sealed class ReservationEndsLate : RecordMutant
{
    protected override object? Changed(object happened) =>
        happened is Queues.PlaceHeld held ? held with { Until = new Queues.Time.Moment(held.Until.UnixMilliseconds + 1) } : happened;
}

/// <summary>A withdrawal is not recorded: after a recovery the child still takes a place in the queue.</summary>
internal sealed class LeaksSlots : RecordMutant
{
    protected override object? Changed(object happened) => happened is Queues.ApplicationArchived { Cause: Queues.Applications.Cause.Withdrawn } ? null : happened;
}

/// <summary>Which application was filed last for a child is not recorded: after a recovery it may have two.</summary>
internal sealed class ForgetsChildren : RecordMutant
{
    protected override object? Changed(object happened) => happened is Queues.Country.ChildFiled ? null : happened;
}

/// <summary>A lapse is not counted in the journal.</summary>
internal sealed class ForgetsLapses : RecordMutant
{
    protected override object? Changed(object happened) => happened is Queues.ReservationEnded ended ? ended with { CountedOn = null } : happened;
}
