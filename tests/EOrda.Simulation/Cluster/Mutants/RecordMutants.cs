using System.Buffers.Binary;
using System.Security.Cryptography;
using EOrda.Actors.Entities;
using EOrda.Actors.Journal;
using EOrda.Actors.Persistence;
using EOrda.Queues;
using EOrda.Queues.Applications;
using EOrda.Queues.Country;
using EOrda.Queues.Recording;
using EOrda.Queues.Time;
using EOrda.Simulation.Cluster.Stored;

namespace EOrda.Simulation.Cluster.Mutants;

/// <summary>What is recorded is not what was decided; the hashes are right all the same.</summary>
internal abstract class RecordMutant : ClusterMutant
{
    private readonly Dictionary<(string Entity, long Record), byte[]> hashes = [];
    private readonly IncrementalHash sha = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);

    /// <summary>The event to be recorded in place of one; null for none.</summary>
    protected abstract object? Changed(object happened);

    public override IReadOnlyList<StoredEvent> Commit(StoredJournal journal, IReadOnlyList<StoredEvent> transaction)
    {
        var chained = new Dictionary<(string, long), byte[]>();
        var stored = journal.Commit([.. transaction.Select(page => Rewritten(page, chained))]).Select(page => (page.Entity, page.Sequence)).ToHashSet();
        var all = transaction.Where(page => stored.Contains((page.Entity, page.Sequence))).ToList();
        foreach (var page in all.Select(page => (page.Entity, Page: Page.Read(page.Bytes))))
        {
            for (var number = page.Page.First; number < page.Page.First + page.Page.Count; number++)
            {
                hashes[(page.Entity, number)] = chained[(page.Entity, number)];
            }
        }

        return all;
    }

    public override void Save(StoredJournal journal, StoredSnapshot snapshot)
    {
        var read = StoredSnapshots.Read(snapshot);
        journal.Save(snapshot with { Bytes = StoredSnapshots.Written(read with { Hash = hashes[(snapshot.Entity, read.Record)] }) });
    }

    private StoredEvent Rewritten(StoredEvent stored, Dictionary<(string, long), byte[]> chained)
    {
        var page = Page.Read(stored.Bytes);
        var hash = (byte[])(page.First == 1 ? RecordFormat.FirstHash(stored.Entity) : hashes.GetValueOrDefault((stored.Entity, page.First - 1), page.HashBefore.ToArray())).Clone();
        var before = (byte[])hash.Clone();
        var records = page.Records.Span;
        var body = new ByteWriter(stored.Bytes.Length);
        body.Reserve(Page.HeaderBytes - RecordFormat.HashBytes);
        body.Bytes(before);
        for (int position = 0, number = 0; position < records.Length; number++)
        {
            var length = BinaryPrimitives.ReadInt32LittleEndian(records[position..]);
            var record = new ByteWriter(length);
            record.Reserve(RecordFormat.HashBytes);
            var begun = RecordFormat.Begin(record);
            WriteChanged(record, stored.Entity, records.Slice(position + RecordFormat.LengthBytes, length));
            RecordFormat.End(record, begun);
            RecordFormat.Chain(sha, record.Part(0, record.Length), hash);
            chained[(stored.Entity, page.First + number)] = (byte[])hash.Clone();
            body.Bytes(record.Written.Span[RecordFormat.HashBytes..]);
            position += RecordFormat.LengthBytes + length + RecordFormat.HashBytes;
        }

        return stored with { Bytes = Page.Of(body.Written.ToArray(), page.First, page.Count).Bytes };
    }

    private void WriteChanged(ByteWriter to, string entity, ReadOnlySpan<byte> content)
    {
        var from = new ByteReader(content);
        RecordContent.ReadHeading(ref from);
        to.Bytes(content[..from.Position]);
        var isQueue = EntityNames.QueueOf(entity) is not null;
        if (!isQueue && !EntityNames.IsRegister(entity))
        {
            to.Bytes(content[from.Position..]);
            return;
        }

        while (!from.AtEnd)
        {
            switch (Changed(isQueue ? EventFormat.ReadQueueEvent(ref from) : EventFormat.ReadRegisterEvent(ref from)))
            {
                case QueueEvent e: EventFormat.Write(to, e); break;
                case RegisterEvent e: EventFormat.Write(to, e); break;
            }
        }
    }
}

/// <summary>A reservation is recorded to end a millisecond later than it does.</summary>
internal sealed class ReservationEndsLate : RecordMutant
{
    protected override object? Changed(object happened) => happened is PlaceHeld held ? held with { Until = new Moment(held.Until.UnixMilliseconds + 1) } : happened;
}

/// <summary>A withdrawal is not recorded: after a recovery the child still takes a place in the queue.</summary>
internal sealed class LeaksSlots : RecordMutant
{
    protected override object? Changed(object happened) => happened is ApplicationArchived { Cause: Cause.Withdrawn } ? null : happened;
}

/// <summary>Which application was filed last for a child is not recorded: the child may have two.</summary>
internal sealed class ForgetsChildren : RecordMutant
{
    protected override object? Changed(object happened) => happened is ChildFiled filed ? new FilingEnded(filed.Child, filed.Queue.Kind) : happened;
}

/// <summary>A lapse is not counted in the journal.</summary>
internal sealed class ForgetsLapses : RecordMutant
{
    protected override object? Changed(object happened) => happened is ReservationEnded ended ? ended with { CountedOn = null } : happened;
}
