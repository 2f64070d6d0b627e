using System.Buffers.Binary;
using System.Security.Cryptography;

namespace EOrda.Documents.Storage;

/// <summary>
/// The format of a document's file: a head (mark, salt), then chunks of up to 64 KB under AES-256-GCM. Each file has a key of its own, so that the number of
/// a chunk can be its nonce. With each chunk go the file's name and whether the chunk is the last: a file cut short, joined or renamed is refused.
/// </summary>
internal static class SealedFile
{
    private const int Chunk = 64 * 1024;
    private const int Salt = 32;
    private const int Tag = 16;
    private const int Nonce = 12;

    private static ReadOnlySpan<byte> Mark => "EODOC\u0001"u8;

    public static void Write(Stream file, ReadOnlySpan<byte> content, DocumentName name, DocumentKey key)
    {
        var salt = RandomNumberGenerator.GetBytes(Salt);
        file.Write(Mark);
        file.Write(salt);
        using var cipher = new AesGcm(key.OfFile(salt), Tag);
        var written = new byte[Chunk + Tag];
        for (var number = 0L; ; number++)
        {
            var plain = content[..Math.Min(Chunk, content.Length)];
            content = content[plain.Length..];
            cipher.Encrypt(NonceOf(number), plain, written.AsSpan(0, plain.Length), written.AsSpan(plain.Length, Tag), AlongWith(name, content.IsEmpty));
            file.Write(written, 0, plain.Length + Tag);
            if (content.IsEmpty)
                return;
        }
    }

    /// <summary>Reads the whole file; each chunk is authenticated before it is passed on.</summary>
    /// <exception cref="DocumentDamagedException">It is not as it was written.</exception>
    public static async Task ReadAsync(Stream file, DocumentName name, DocumentKey key, Func<ReadOnlyMemory<byte>, CancellationToken, ValueTask> take, CancellationToken cancellation)
    {
        var head = new byte[Mark.Length + Salt];
        if (await file.ReadAtLeastAsync(head, head.Length, throwOnEndOfStream: false, cancellation) < head.Length || !head.AsSpan(0, Mark.Length).SequenceEqual(Mark))
            throw new DocumentDamagedException(name);
        using var cipher = new AesGcm(key.OfFile(head[Mark.Length..]), Tag);
        var plain = new byte[Chunk];
        var written = new byte[Chunk + Tag];
        for (var number = 0L; ; number++)
        {
            var length = await file.ReadAtLeastAsync(written, written.Length, throwOnEndOfStream: false, cancellation);
            var isLast = file.Position == file.Length;
            Open(cipher, written.AsSpan(0, length), plain, number, isLast, name);
            await take(plain.AsMemory(0, length - Tag), cancellation);
            if (isLast)
                return;
        }
    }

    private static void Open(AesGcm cipher, ReadOnlySpan<byte> written, byte[] plain, long number, bool isLast, DocumentName name)
    {
        if (written.Length < Tag)
            throw new DocumentDamagedException(name);
        var length = written.Length - Tag;
        try
        {
            cipher.Decrypt(NonceOf(number), written[..length], written[length..], plain.AsSpan(0, length), AlongWith(name, isLast));
        }
        catch (CryptographicException e)
        {
            throw new DocumentDamagedException(name, e);
        }
    }

    private static byte[] NonceOf(long number)
    {
        var nonce = new byte[Nonce];
        BinaryPrimitives.WriteInt64BigEndian(nonce.AsSpan(Nonce - sizeof(long)), number);
        return nonce;
    }

    private static byte[] AlongWith(DocumentName name, bool isLast) => [.. name.ToBytes(), isLast ? (byte)1 : (byte)0];
}
