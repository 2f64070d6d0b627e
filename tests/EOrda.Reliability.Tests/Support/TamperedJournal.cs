using System.Buffers.Binary;
using System.Security.Cryptography;
using EOrda.Actors.Journal;
using EOrda.Actors.Sqlite;
using EOrda.Queues.Recording;
using EOrda.Queues.Time;
using Microsoft.Data.Sqlite;

namespace EOrda.Reliability.Tests.Support;

/// <summary>
/// The journal in the hands of somebody who may write the file. What he does to an entity's records he can make look right in all that is not the chain
/// of hashes: pages, checksums and heads (<see cref="Rewrite"/>); or leave as it falls (<see cref="Run"/>).
/// </summary>
internal sealed class TamperedJournal : IDisposable
{
    private readonly SqliteConnection connection;
    private readonly string entity;
    private readonly long id;

    /// <summary>Opens the closed journal of a data directory.</summary>
    public TamperedJournal(string data, string entity)
    {
        this.entity = entity;
        connection = new SqliteConnection($"Data Source={Path.Combine(data, "journal.db")};Pooling=False");
        connection.Open();
        foreach (var trigger in new[] { "page_is_never_changed", "page_is_never_deleted" })
        {
            Run($"DROP TRIGGER {trigger}");
        }

        id = Number("SELECT id FROM entity WHERE key = $key", ("$key", entity));
        Pages = ReadPages();
    }

    /// <summary>The entity's pages with their records, as they are at first.</summary>
    public IReadOnlyList<TamperedPage> Pages { get; }

    /// <summary>Runs SQL with the page given as <c>$page</c> and the entity as <c>$entity</c>.</summary>
    public void Run(string sql, TamperedPage? page = null) => Execute(sql, ("$page", page?.Id ?? 0), ("$entity", id));

    /// <summary>Writes the pages as they are now with all their numbers, checksums and the head made to fit; the records' own bytes stay.</summary>
    public void Rewrite()
    {
        var first = 1L;
        var previous = 0L;
        foreach (var page in Pages)
        {
            var written = new JournalPage(entity, first, page.Records.Count, page.Records.SelectMany(record => record.Bytes).ToArray(), page.Records[^1].Hash.ToArray());
            Execute(
                "UPDATE page SET first = $first, count = $count, previous = $previous, crc = $crc, last_hash = $hash, body = $body WHERE id = $id",
                ("$first", first),
                ("$count", page.Records.Count),
                ("$previous", previous),
                ("$crc", JournalReader.PageCrc(page.Id, id, previous, written)),
                ("$hash", written.LastHash.ToArray()),
                ("$body", written.Body.ToArray()),
                ("$id", page.Id));
            (first, previous) = (first + page.Records.Count, page.Id);
        }

        var head = new StoredHead(id, entity, first - 1, Pages[^1].Records[^1].Hash.ToArray(), Pages.Count, Pages[^1].Id);
        Execute(
            "UPDATE head SET last_sequence = $last, last_hash = $hash, crc = $crc WHERE entity = $entity",
            ("$last", head.LastSequence),
            ("$hash", head.LastHash.ToArray()),
            ("$crc", head.Crc),
            ("$entity", id));
    }

    /// <summary>Changes the entity's snapshot and makes its checksum fit.</summary>
    public void RewriteSnapshot(Action<byte[]> change)
    {
        using var select = connection.CreateCommand();
        select.CommandText = "SELECT sequence, record_hash, format, body FROM snapshot WHERE entity = $entity";
        select.Parameters.AddWithValue("$entity", id);
        JournalSnapshot snapshot;
        using (var row = select.ExecuteReader())
        {
            Assert.True(row.Read());
            var body = (byte[])row[3];
            change(body);
            snapshot = new JournalSnapshot(entity, row.GetInt64(0), (byte[])row[1], row.GetInt32(2), body);
        }

        Execute(
            "UPDATE snapshot SET body = $body, crc = $crc WHERE entity = $entity",
            ("$body", snapshot.Body.ToArray()),
            ("$crc", JournalReader.SnapshotCrc(id, snapshot)),
            ("$entity", id));
    }

    public void Dispose() => connection.Dispose();

    private List<TamperedPage> ReadPages()
    {
        using var select = connection.CreateCommand();
        select.CommandText = "SELECT id, first, body FROM page WHERE entity = $entity ORDER BY first";
        select.Parameters.AddWithValue("$entity", id);
        using var rows = select.ExecuteReader();
        var pages = new List<TamperedPage>();
        while (rows.Read())
        {
            pages.Add(new TamperedPage(rows.GetInt64(0), rows.GetInt64(1), TamperedRecord.AllOf((byte[])rows[2])));
        }

        return pages;
    }

    private long Number(string sql, params ReadOnlySpan<(string Name, object Value)> parameters)
    {
        using var command = Command(sql, parameters);
        return (long)command.ExecuteScalar()!;
    }

    private void Execute(string sql, params ReadOnlySpan<(string Name, object Value)> parameters)
    {
        using var command = Command(sql, parameters);
        command.ExecuteNonQuery();
    }

    private SqliteCommand Command(string sql, ReadOnlySpan<(string Name, object Value)> parameters)
    {
        var command = connection.CreateCommand();
        command.CommandText = sql;
        foreach (var (name, value) in parameters)
        {
            command.Parameters.AddWithValue(name, value);
        }

        return command;
    }
}

/// <summary>A page of an entity.</summary>
/// <param name="Id">Its number in the file.</param>
/// <param name="First">The number of its first record.</param>
/// <param name="Records">Its records, to be changed.</param>
internal sealed record TamperedPage(long Id, long First, List<TamperedRecord> Records)
{
    /// <summary>The number of its last record.</summary>
    public long Last => First + Records.Count - 1;
}

/// <summary>A record as it stands in its page: length, content, hash.</summary>
internal sealed class TamperedRecord(byte[] bytes)
{
    private const int VersionBytes = 1;

    /// <summary>All of it.</summary>
    public byte[] Bytes { get; private set; } = bytes;

    /// <summary>The content, to be changed.</summary>
    public Span<byte> Content => Bytes.AsSpan()[RecordFormat.LengthBytes..^RecordFormat.HashBytes];

    /// <summary>The hash that stands behind it.</summary>
    public Span<byte> Hash => Bytes.AsSpan()[^RecordFormat.HashBytes..];

    /// <summary>The records of a page's body.</summary>
    public static List<TamperedRecord> AllOf(byte[] body)
    {
        var records = new List<TamperedRecord>();
        for (var start = 0; start < body.Length;)
        {
            var length = RecordFormat.LengthBytes + BinaryPrimitives.ReadInt32LittleEndian(body.AsSpan(start)) + RecordFormat.HashBytes;
            records.Add(new TamperedRecord(body[start..(start + length)]));
            start += length;
        }

        return records;
    }

    /// <summary>The same record once more.</summary>
    public TamperedRecord Copy() => new((byte[])Bytes.Clone());

    /// <summary>Sets its instant a minute later.</summary>
    public void SetLater()
    {
        var from = new ByteReader(Content);
        from.Byte();
        var instant = from.Moment();
        var (old, edited) = (Written(instant), Written(instant.PlusMinutes(1)));
        Assert.Equal(old.Length, edited.Length);
        Assert.True(Content[VersionBytes..].StartsWith(old));
        edited.CopyTo(Content[VersionBytes..]);
    }

    /// <summary>Gives it the hash that it would have behind another.</summary>
    public void HashBehind(TamperedRecord before) => SHA256.HashData([.. before.Hash, .. Bytes.AsSpan()[..^RecordFormat.HashBytes]], Hash);

    private static byte[] Written(Moment instant)
    {
        var to = new ByteWriter(16);
        to.Moment(instant);
        return to.Written.ToArray();
    }
}
