using System.Buffers.Binary;
using System.Security.Cryptography;
using EOrda.Actors.Journal;
using EOrda.Actors.Persistence;
using EOrda.Queues.Recording;
using EOrda.Queues.Time;
using Microsoft.Data.Sqlite;

namespace EOrda.Reliability.Tests.Support;

/// <summary>
/// The journal in the hands of somebody who may write the file. What he does to an entity's records he can make look right in all that is not the chain
/// of hashes: the numbers and hashes before each page (<see cref="Rewrite"/>); or leave as it falls (<see cref="Run"/>).
/// </summary>
internal sealed class TamperedJournal : IDisposable
{
    private readonly SqliteConnection connection;
    private readonly string entity;

    /// <summary>Opens the closed journal of a data directory.</summary>
    public TamperedJournal(string data, string entity)
    {
        this.entity = entity;
        connection = new SqliteConnection($"Data Source={Path.Combine(data, SqliteFile.Name)};Pooling=False");
        connection.Open();
        Pages = ReadPages();
    }

    /// <summary>The entity's pages with their records, as they are at first.</summary>
    public IReadOnlyList<TamperedPage> Pages { get; }

    /// <summary>Runs SQL with the page's number given as <c>$page</c>, the entity as <c>$entity</c> and the page's bytes as it is now, header and all, as <c>$bytes</c>.</summary>
    public void Run(string sql, TamperedPage page)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.Parameters.AddWithValue("$page", page.Number);
        command.Parameters.AddWithValue("$entity", entity);
        command.Parameters.AddWithValue("$bytes", page.Bytes);
        command.ExecuteNonQuery();
    }

    /// <summary>Writes a page as it is now.</summary>
    public void Write(TamperedPage page) => Run("UPDATE journal SET message = $bytes WHERE persistence_id = $entity AND sequence_number = $page", page);

    /// <summary>Writes the pages as they are now with the numbers and hashes before them made to fit; the records' own bytes stay.</summary>
    public void Rewrite()
    {
        var first = 1L;
        var before = RecordFormat.FirstHash(entity).ToArray();
        foreach (var page in Pages)
        {
            (page.First, page.HashBefore) = (first, before);
            Write(page);
            (first, before) = (first + page.Records.Count, page.Records[^1].Hash.ToArray());
        }
    }

    public void Dispose() => connection.Dispose();

    private List<TamperedPage> ReadPages()
    {
        using var select = connection.CreateCommand();
        select.CommandText = "SELECT sequence_number, message FROM journal WHERE persistence_id = $entity ORDER BY sequence_number";
        select.Parameters.AddWithValue("$entity", entity);
        using var rows = select.ExecuteReader();
        var pages = new List<TamperedPage>();
        while (rows.Read())
        {
            var page = Page.Read((byte[])rows[1]);
            pages.Add(new TamperedPage(rows.GetInt64(0), page.First, page.HashBefore.ToArray(), TamperedRecord.AllOf(page.Records.ToArray())));
        }

        return pages;
    }
}

/// <summary>A page of an entity.</summary>
/// <param name="number">Its sequence number.</param>
/// <param name="first">The number of its first record.</param>
/// <param name="hashBefore">The hash of the record before it.</param>
/// <param name="records">Its records, to be changed.</param>
internal sealed class TamperedPage(long number, long first, byte[] hashBefore, List<TamperedRecord> records)
{
    /// <summary>Its sequence number.</summary>
    public long Number { get; } = number;

    /// <summary>The number of its first record.</summary>
    public long First { get; set; } = first;

    /// <summary>The hash of the record before it.</summary>
    public byte[] HashBefore { get; set; } = hashBefore;

    /// <summary>Its records, to be changed.</summary>
    public List<TamperedRecord> Records { get; } = records;

    /// <summary>The number of its last record.</summary>
    public long Last => First + Records.Count - 1;

    /// <summary>The page as it stands in the journal.</summary>
    public byte[] Bytes
    {
        get
        {
            var bytes = new byte[Page.HeaderBytes + Records.Sum(record => record.Bytes.Length)];
            HashBefore.CopyTo(bytes, Page.HeaderBytes - RecordFormat.HashBytes);
            var end = Page.HeaderBytes;
            foreach (var record in Records)
            {
                record.Bytes.CopyTo(bytes, end);
                end += record.Bytes.Length;
            }

            return Page.Of(bytes, First, Records.Count).Bytes;
        }
    }
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
