using EOrda.Actors.Journal;
using Microsoft.Data.Sqlite;

namespace EOrda.Actors.Sqlite;

/// <summary>The pages of one entity, read a few at a time.</summary>
/// <remarks>
/// Between two batches it holds neither a reader nor a transaction, so a slow consumer keeps nothing from being checkpointed.
/// As pages are only ever appended, it sees the same up to the head it was given, whatever is written meanwhile.
/// </remarks>
internal static class PageStream
{
    /// <summary>Bytes of bodies held at once; a single page may be larger.</summary>
    private const int BatchBytes = 1024 * 1024;

    public static IEnumerable<JournalPage> Read(IReaderSource source, string path, StoredHead head, long fromSequence)
    {
        var batch = new List<JournalPage>();
        for (var next = fromSequence; next <= head.LastSequence;)
        {
            var segment = Guarded(path, head, () =>
            {
                using var lease = source.Lease();
                return lease.Reader.Segment(head, next);
            });
            for (var read = 0; read < segment.Count;)
            {
                read = Guarded(path, head, () => Fill(batch, source, head, segment, read));
                foreach (var page in batch)
                    yield return page;
            }

            next = segment[^1].Last + 1;
        }
    }

    private static int Fill(List<JournalPage> batch, IReaderSource source, StoredHead head, List<PageOutline> segment, int read)
    {
        batch.Clear();
        using var lease = source.Lease();
        for (var bytes = 0L; read < segment.Count && bytes < BatchBytes; read++)
        {
            JournalPage page;
            try
            {
                page = lease.Reader.Page(head, segment[read]);
            }
            catch (JournalDamagedException) when (batch.Count > 0)
            {
                // Those before it were right and are given first.
                return read;
            }

            batch.Add(page);
            bytes += page.Body.Length;
        }

        return read;
    }

    private static T Guarded<T>(string path, StoredHead head, Func<T> read)
    {
        try
        {
            return read();
        }
        catch (SqliteException e)
        {
            throw Faults.Translate(e, path, "read", head.Key);
        }
    }
}
