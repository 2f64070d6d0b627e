using EOrda.Actors.Entities;
using EOrda.Actors.Live;
using EOrda.Actors.Mailboxes;
using EOrda.Queues.Recording;

namespace EOrda.Actors.Journal;

/// <summary>New records of one entity, not hashed yet: room for a hash, then the records.</summary>
internal sealed class PageDraft(Entity entity, long firstSequence)
{
    private int appended;

    public Entity Entity { get; } = entity;

    public long FirstSequence { get; } = firstSequence;

    /// <summary>How many records, with those of drafts that were added.</summary>
    public int Count { get; set; }

    /// <summary>How many records were drafted here.</summary>
    public int OwnCount => Count - appended;

    public ByteWriter Body { get; } = Started();

    /// <summary>Adds the records of the draft that follows this one.</summary>
    public void Append(PageDraft next)
    {
        Body.Bytes(next.Body.Written.Span[RecordFormat.HashBytes..]);
        Count += next.Count;
        appended += next.Count;
    }

    private static ByteWriter Started()
    {
        var body = new ByteWriter(1024);
        body.Reserve(RecordFormat.HashBytes);
        return body;
    }
}

/// <summary>What must reach the disk together, and what waits for it.</summary>
internal sealed class Commit
{
    /// <summary>The entities concerned, also those that only look.</summary>
    public List<Entity> Entities { get; } = [];

    /// <summary>At most one page an entity.</summary>
    public List<PageDraft> Pages { get; } = [];

    /// <summary>Whose answers go out afterwards, in this order.</summary>
    public List<Message> Waiting { get; } = [];

    /// <summary>A live update that goes out afterwards, and to whom.</summary>
    public LiveNews? Live { get; set; }

    /// <summary>A snapshot to be stored afterwards.</summary>
    public SnapshotDraft? Snapshot { get; set; }

    /// <summary>What the commit weighs for an entity's bound of records in flight: its records there, and one.</summary>
    public int WeightOf(Entity entity)
    {
        foreach (var page in Pages)
        {
            if (page.Entity == entity)
            {
                return page.OwnCount + 1;
            }
        }

        return 1;
    }

    /// <summary>True when it did not reach the disk.</summary>
    public bool HasFailed { get; private set; }

    /// <summary>It does not reach the disk: the memory of all its entities is ahead of it.</summary>
    public void Fail()
    {
        HasFailed = true;
        Entities.ForEach(entity => entity.Doom());
    }

    /// <summary>About how many bytes the pages have.</summary>
    public int Bytes => Pages.Sum(page => page.Body.Length);
}

/// <summary>An entity's snapshot; its transaction ends with its commit, so that the hash of its record is that of the entity's last one.</summary>
internal sealed record SnapshotDraft(Entity Entity, long Sequence, int Version, byte[] Body);
