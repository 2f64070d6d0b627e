using EOrda.Actors.Entities;
using EOrda.Actors.Live;
using EOrda.Actors.Mailboxes;
using EOrda.Queues.Recording;

namespace EOrda.Actors.Journal;

/// <summary>New records of one entity, not hashed yet.</summary>
/// <param name="entity">The entity.</param>
/// <param name="firstSequence">The number of the first record.</param>
/// <param name="body">Empty; receives the records.</param>
internal sealed class PageDraft(Entity entity, long firstSequence, ByteWriter body)
{
    public Entity Entity { get; } = entity;

    public long FirstSequence { get; } = firstSequence;

    /// <summary>How many records.</summary>
    public int Count { get; set; }

    public ByteWriter Body { get; } = body;

    /// <summary>The draft of the same entity that follows in the same transaction.</summary>
    public PageDraft? Next { get; set; }
}

/// <summary>What must reach the disk together, and what waits for it.</summary>
/// <param name="entities">The entities concerned, also those that only look.</param>
/// <param name="pages">At most one page an entity.</param>
/// <param name="waiting">Whose answers go out afterwards, in this order.</param>
internal sealed class Commit(Entity[] entities, PageDraft[] pages, Message[] waiting)
{
    /// <summary>The entities concerned, also those that only look.</summary>
    public Entity[] Entities { get; } = entities;

    /// <summary>At most one page an entity.</summary>
    public PageDraft[] Pages { get; } = pages;

    /// <summary>Whose answers go out afterwards, in this order.</summary>
    public Message[] Waiting { get; } = waiting;

    /// <summary>About how many bytes the pages have.</summary>
    public int Bytes { get; } = BytesOf(pages);

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
                return page.Count + 1;
            }
        }

        return 1;
    }

    /// <summary>True when it did not reach the disk.</summary>
    public bool HasFailed { get; private set; }

    /// <summary>True when it failed and yet may be on disk, or repeats what may be.</summary>
    public bool IsUnknown { get; private set; }

    /// <summary>It does not reach the disk, as far as is known: the memory of all its entities is ahead of it.</summary>
    /// <param name="isUnknown">True when that is not known.</param>
    public void Fail(bool isUnknown)
    {
        (HasFailed, IsUnknown) = (true, isUnknown);
        foreach (var entity in Entities)
        {
            entity.Doom(isUnknown);
        }
    }

    private static int BytesOf(PageDraft[] pages)
    {
        var bytes = 0;
        foreach (var page in pages)
        {
            bytes += page.Body.Length;
        }

        return bytes;
    }
}

/// <summary>An entity's snapshot; its transaction ends with its commit, so that the hash of its record is that of the entity's last one.</summary>
internal sealed record SnapshotDraft(Entity Entity, long Sequence, int Version, byte[] Body);
