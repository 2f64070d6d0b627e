using System.Numerics;
using System.Runtime.InteropServices;

namespace EOrda.Actors.Sqlite;

/// <summary>
/// CRC-32C over all that a row means. SQLite notices damage to its own structure but not to the values in it;
/// this finds a flipped bit or a row that stands in another's place. It costs one pass at several GB/s.
/// (Deliberate forgery is the hash chain's matter, one level up.)
/// </summary>
internal struct Checksum
{
    private uint _crc;

    public readonly long Value => _crc;

    public Checksum Add(long value)
    {
        _crc = BitOperations.Crc32C(_crc, (ulong)value);
        return this;
    }

    /// <summary>Adds the length and the bytes, so that neighbouring values cannot trade bytes.</summary>
    public Checksum Add(ReadOnlySpan<byte> bytes)
    {
        var crc = BitOperations.Crc32C(~_crc, (ulong)bytes.Length);
        var words = MemoryMarshal.Cast<byte, ulong>(bytes);
        foreach (var word in words)
            crc = BitOperations.Crc32C(crc, word);
        foreach (var rest in bytes[(words.Length * sizeof(ulong))..])
            crc = BitOperations.Crc32C(crc, rest);
        _crc = crc;
        return this;
    }
}
