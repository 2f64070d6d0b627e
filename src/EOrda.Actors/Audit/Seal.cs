using System.Security.Cryptography;
using System.Text;
using EOrda.Queues.Recording;

namespace EOrda.Actors.Audit;

/// <summary>An entity's last record at some time.</summary>
/// <param name="Entity">The entity; empty for the head over all entities, whose record is their number.</param>
/// <param name="Record">The record's number.</param>
/// <param name="Hash">Its hash, which stands for all records before it too.</param>
public sealed record Head(string Entity, long Record, ReadOnlyMemory<byte> Hash)
{
    /// <summary>The head over all entities: the hash of their heads in the order of their names.</summary>
    public static Head Over(IEnumerable<Head> heads)
    {
        var to = new ByteWriter(1024);
        var count = 0;
        foreach (var head in heads.OrderBy(head => head.Entity, StringComparer.Ordinal))
        {
            head.WriteTo(to);
            count++;
        }

        return new Head("", count, SHA256.HashData(to.Written.Span));
    }

    /// <summary>The hash in hexadecimal digits.</summary>
    public string Text => Convert.ToHexStringLower(Hash.Span);

    internal void WriteTo(ByteWriter to)
    {
        to.Text(Entity);
        to.Count(Record);
        to.Bytes(Hash.Span);
    }
}

/// <summary>A head that was sealed with a key which lies outside of the data.</summary>
/// <param name="Day">The day, <c>yyyy-MM-dd</c> in UTC.</param>
/// <param name="Head">The head.</param>
/// <param name="Mac">HMAC-SHA-256 over day and head.</param>
internal sealed record Seal(string Day, Head Head, ReadOnlyMemory<byte> Mac)
{
    /// <summary>Seals a head.</summary>
    public static Seal Of(string day, Head head, ReadOnlySpan<byte> key) => new(day, head, MacOf(day, head, key));

    /// <summary>True when the seal was made with the key.</summary>
    public bool IsMadeWith(ReadOnlySpan<byte> key) => CryptographicOperations.FixedTimeEquals(Mac.Span, MacOf(Day, Head, key));

    private static byte[] MacOf(string day, Head head, ReadOnlySpan<byte> key)
    {
        var to = new ByteWriter(256);
        to.Bytes(Encoding.ASCII.GetBytes("eorda-seal-1"));
        to.Text(day);
        head.WriteTo(to);
        return HMACSHA256.HashData(key, to.Written.Span);
    }
}
