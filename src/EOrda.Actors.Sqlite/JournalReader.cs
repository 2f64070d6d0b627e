using System.Runtime.InteropServices;
using EOrda.Actors.Journal;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace EOrda.Actors.Sqlite;

/// <summary>Reads and verifies rows over one connection. For one thread at a time.</summary>
internal sealed class JournalReader : IDisposable
{
    private readonly string _path;
    private readonly SqliteConnection _connection;
    private readonly Statement _begin;
    private readonly Statement _end;
    private readonly Statement _nextMilestone;
    private readonly Statement _pageOutline;
    private readonly Statement _page;
    private readonly Statement _snapshot;

    /// <summary>Prepares its statements.</summary>
    /// <param name="connection">The connection; the reader disposes it.</param>
    /// <param name="path">The journal's file, for messages.</param>
    public JournalReader(SqliteConnection connection, string path)
    {
        _path = path;
        _connection = connection;
        _begin = new Statement(connection, "BEGIN");
        _end = new Statement(connection, "COMMIT");
        _nextMilestone = new Statement(
            connection, "SELECT id FROM page WHERE milestone = 1 AND entity = ? AND first > ? AND first <= ? ORDER BY first LIMIT 1");
        _pageOutline = new Statement(connection, "SELECT entity, first, count, previous FROM page WHERE id = ?");
        _page = new Statement(connection, "SELECT entity, first, count, previous, crc, last_hash, body FROM page WHERE id = ?");
        _snapshot = new Statement(connection, "SELECT sequence, record_hash, format, crc, body FROM snapshot WHERE entity = ?");
    }

    /// <summary>From the next read on until <see cref="End"/> everything is seen as it was at that read.</summary>
    public void Begin() => _begin.Run();

    /// <summary>False once SQLite has given up the moment by itself, as it does after an I/O error.</summary>
    public bool IsAtOneMoment => raw.sqlite3_get_autocommit(_connection.Handle!) == 0;

    public void End() => _end.Run();

    /// <summary>All heads by key, each verified, and all pages accounted for.</summary>
    /// <exception cref="JournalDamagedException">A head is missing or wrong, or the heads and the pages disagree.</exception>
    public Dictionary<string, StoredHead> LoadHeads()
    {
        var heads = new Dictionary<string, StoredHead>(StringComparer.Ordinal);
        using var rows = new Statement(_connection, """
            SELECT entity.id, key, last_sequence, last_hash, pages, last_page, crc
            FROM entity LEFT JOIN head ON head.entity = entity.id ORDER BY entity.id
            """);
        while (rows.Step())
        {
            var head = new StoredHead(rows.Long(0), rows.Text(1), rows.Long(2), rows.Blob(3), rows.Long(4), rows.Long(5));
            if (head.Id != heads.Count + 1)
                throw Damaged(null, null, $"the entity number {heads.Count + 1} is missing");
            if (rows.IsNull(6))
                throw Damaged(head.Key, null, "its head is missing");
            if (head.Crc != rows.Long(6) || !heads.TryAdd(head.Key, head))
                throw Damaged(head.Key, null, "its head is damaged");
        }

        var headRows = JournalFile.Number(_connection, "SELECT count(*) FROM head");
        if (headRows != heads.Count)
            throw Damaged(null, null, $"it has {headRows} heads but {heads.Count} entities");

        var pages = JournalFile.Number(_connection, "SELECT max(id) FROM page");
        if (pages != heads.Values.Sum(head => head.Pages))
            throw Unaccounted(heads);
        return heads;
    }

    /// <summary>
    /// The pages from the one that holds <paramref name="sequence"/> to the next milestone or the head, oldest first; never empty.
    /// Where they do not follow each other: those before the first that does not.
    /// </summary>
    /// <exception cref="JournalDamagedException">They do not follow each other from <paramref name="sequence"/> on, or the last does not end where the head says.</exception>
    public List<PageOutline> Segment(StoredHead head, long sequence)
    {
        try
        {
            return WalkedBack(head, sequence);
        }
        catch (JournalDamagedException damage)
        {
            var before = Following(head, sequence);
            if (before.Count == 0)
                throw Damaged(head.Key, sequence, "no page holds it in its turn", damage);
            if (before[^1].Last == head.LastSequence)
                throw;
            return before;
        }
    }

    private List<PageOutline> WalkedBack(StoredHead head, long sequence)
    {
        _nextMilestone.Bind(1, head.Id).Bind(2, sequence).Bind(3, head.LastSequence);
        var id = head.LastPage;
        if (_nextMilestone.Step())
        {
            id = _nextMilestone.Long(0);
            _nextMilestone.Reset();
        }

        var outlines = new List<PageOutline>(Schema.MilestoneDistance + 1);
        var page = Outline(head, id, head.LastSequence);
        if (id == head.LastPage && page.Last != head.LastSequence)
        {
            throw Damaged(head.Key, Math.Min(page.Last, head.LastSequence) + 1,
                $"its pages end with the record {page.Last}, its head is {head.LastSequence}");
        }

        outlines.Add(page);
        while (page.First > sequence)
        {
            if (page.Previous >= page.Id)
                throw Damaged(head.Key, page.First - 1, $"page {page.Id} names a later page as its previous one");
            var previous = Outline(head, page.Previous, page.First - 1);
            if (previous.Last != page.First - 1)
            {
                throw Damaged(head.Key, Math.Min(previous.Last + 1, page.First),
                    $"the page before the record {page.First} ends with the record {previous.Last}");
            }

            outlines.Add(page = previous);
        }

        outlines.Reverse();
        return outlines;
    }

    /// <summary>A page with its body, verified.</summary>
    /// <exception cref="JournalDamagedException">The page is not what was written.</exception>
    public JournalPage Page(StoredHead head, PageOutline outline)
    {
        if (!_page.Bind(1, outline.Id).Step())
            throw Missing(head, outline.Id, outline.First);
        var crc = _page.Long(4);
        var page = new JournalPage(head.Key, outline.First, outline.Count, _page.Blob(6), _page.Blob(5));
        _page.Reset();
        if (crc != PageCrc(outline.Id, head.Id, outline.Previous, page))
        {
            throw new JournalDamagedException(
                $"'{_path}' is damaged, entity '{head.Key}': page {outline.Id} with the records {outline.First} to {outline.Last} is damaged.", head.Key, outline.First)
            {
                Page = page,
            };
        }

        if (outline.Id == head.LastPage && !page.LastHash.Span.SequenceEqual(head.LastHash.Span))
            throw Damaged(head.Key, outline.Last, $"the hash of the last record in page {outline.Id} is not the head's");
        return page;
    }

    /// <summary>The entity's snapshot, verified, or null.</summary>
    /// <exception cref="JournalDamagedException">The snapshot is not what was written.</exception>
    public JournalSnapshot? Snapshot(StoredHead head)
    {
        if (!_snapshot.Bind(1, head.Id).Step())
            return null;
        var crc = _snapshot.Long(3);
        var format = _snapshot.Long(2);
        var snapshot = new JournalSnapshot(head.Key, _snapshot.Long(0), _snapshot.Blob(1), (int)format, _snapshot.Blob(4));
        _snapshot.Reset();
        return crc == SnapshotCrc(head.Id, snapshot) && format == snapshot.FormatVersion
            ? snapshot
            : throw Damaged(head.Key, null, "its snapshot is damaged");
    }

    public void Dispose()
    {
        foreach (var statement in (ReadOnlySpan<Statement>)[_begin, _end, _nextMilestone, _pageOutline, _page, _snapshot])
            statement.Dispose();
        _connection.Dispose();
    }

    public static long PageCrc(long id, long entity, long previous, JournalPage page) => default(Checksum)
        .Add(id).Add(entity).Add(page.FirstSequence).Add(page.Count).Add(previous).Add(page.LastHash.Span).Add(page.Body.Span).Value;

    public static long SnapshotCrc(long entity, JournalSnapshot snapshot) => default(Checksum)
        .Add(entity).Add(snapshot.Sequence).Add(snapshot.RecordHash.Span).Add(snapshot.FormatVersion).Add(snapshot.Body.Span).Value;

    private PageOutline Outline(StoredHead head, long id, long sequence)
    {
        if (!_pageOutline.Bind(1, id).Step())
            throw Missing(head, id, sequence);
        var entity = _pageOutline.Long(0);
        var first = _pageOutline.Long(1);
        var count = _pageOutline.Long(2);
        var previous = _pageOutline.Long(3);
        _pageOutline.Reset();
        return entity == head.Id && first >= 1 && count is >= 1 and <= int.MaxValue && first <= long.MaxValue - count
            ? new PageOutline(id, first, (int)count, previous)
            : throw Damaged(head.Key, sequence, $"page {id}, which should hold it, is damaged or another entity's");
    }

    /// <summary>The pages that follow each other from the one that holds a record on, in the order of the file: a scan that only damage is worth.</summary>
    private List<PageOutline> Following(StoredHead head, long sequence)
    {
        var outlines = new List<PageOutline>();
        using var rows = new Statement(_connection, "SELECT id, first, count, previous FROM page WHERE entity = ? ORDER BY id");
        rows.Bind(1, head.Id);
        for (var next = 1L; rows.Step() && rows.Long(1) == next && rows.Long(2) is >= 1 and <= int.MaxValue and var count; next += count)
        {
            if (next + count > sequence)
                outlines.Add(new PageOutline(rows.Long(0), next, (int)count, rows.Long(3)));
        }

        return outlines;
    }

    /// <summary>The heads and the pages disagree: a scan of all pages tells where.</summary>
    private JournalDamagedException Unaccounted(Dictionary<string, StoredHead> heads)
    {
        var known = heads.Values.ToDictionary(head => head.Id);
        using (var rows = new Statement(_connection, "SELECT entity, max(first + count - 1), count(*) FROM page GROUP BY entity ORDER BY entity"))
        {
            while (rows.Step())
            {
                var last = rows.Long(1);
                if (!known.Remove(rows.Long(0), out var head))
                    return Damaged(null, null, $"it has pages of an unknown entity (number {rows.Long(0)})");
                if (last > head.LastSequence)
                    return Damaged(head.Key, head.LastSequence + 1, $"its pages go on to the record {last} beyond its head, {head.LastSequence}");
                if (last < head.LastSequence || rows.Long(2) != head.Pages)
                    return Damaged(head.Key, last + 1, $"its head is {head.LastSequence} in {head.Pages} pages, but {rows.Long(2)} pages are there, ending with the record {last}");
            }
        }

        var bare = known.Values.FirstOrDefault(head => head.Pages > 0);
        return bare is null
            ? Damaged(null, null, "the numbers of its pages have gaps")
            : Damaged(bare.Key, 1, $"its head is {bare.LastSequence}, but it has no pages");
    }

    private JournalDamagedException Missing(StoredHead head, long id, long sequence) =>
        Damaged(head.Key, sequence, $"page {id}, which should hold it, is missing");

    private JournalDamagedException Damaged(string? entity, long? sequence, string what, Exception? inner = null) => new(
        entity is null ? $"'{_path}' is damaged: {what}."
        : sequence is null ? $"'{_path}' is damaged, entity '{entity}': {what}."
        : $"'{_path}' is damaged, entity '{entity}', record {sequence}: {what}.",
        entity,
        sequence,
        inner);
}

/// <summary>A page without its body.</summary>
/// <param name="Id">Its number in the file, from 1.</param>
/// <param name="First">Sequence of its first record.</param>
/// <param name="Count">How many records it has.</param>
/// <param name="Previous">Number of the entity's previous page, 0 for none.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct PageOutline(long Id, long First, int Count, long Previous)
{
    public long Last => First + Count - 1;
}
