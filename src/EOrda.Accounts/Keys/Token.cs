using System.Buffers;
using System.Buffers.Binary;
using System.Buffers.Text;
using System.Security.Cryptography;

namespace EOrda.Accounts.Keys;

/// <summary>A bearer token as it is stored and looked up: by its SHA-256.</summary>
internal readonly record struct Token(ulong A, ulong B, ulong C, ulong D)
{
    public const int Bytes = 32;
    public const int Chance = 24;
    public const int Characters = 43;

    /// <summary>Reads a token as it is sent. Whether it was made here is another question: <see cref="Secrets.TryRead"/>.</summary>
    public static bool TryParse(string? text, out Token token)
    {
        Span<byte> bytes = stackalloc byte[Bytes];
        var isOne = TryDecode(text, bytes);
        token = isOne ? Of(bytes) : default;
        return isOne;
    }

    public static bool TryDecode(string? text, Span<byte> bytes) => text is { Length: Characters }
        && Base64Url.DecodeFromChars(text, bytes, out _, out var written) == OperationStatus.Done
        && written == Bytes;

    public static Token Of(ReadOnlySpan<byte> token)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(token, hash);
        return FromHash(hash);
    }

    public static Token FromHash(ReadOnlySpan<byte> hash) => new(
        BinaryPrimitives.ReadUInt64BigEndian(hash),
        BinaryPrimitives.ReadUInt64BigEndian(hash[8..]),
        BinaryPrimitives.ReadUInt64BigEndian(hash[16..]),
        BinaryPrimitives.ReadUInt64BigEndian(hash[24..]));

    public byte[] ToHash()
    {
        var hash = new byte[SHA256.HashSizeInBytes];
        BinaryPrimitives.WriteUInt64BigEndian(hash, A);
        BinaryPrimitives.WriteUInt64BigEndian(hash.AsSpan(8), B);
        BinaryPrimitives.WriteUInt64BigEndian(hash.AsSpan(16), C);
        BinaryPrimitives.WriteUInt64BigEndian(hash.AsSpan(24), D);
        return hash;
    }
}
