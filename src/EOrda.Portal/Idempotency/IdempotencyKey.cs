using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using EOrda.Portal.Problems;
using EOrda.Queues;

namespace EOrda.Portal.Idempotency;

/// <summary>
/// The <c>Idempotency-Key</c> of a command: with the application it makes the key under which the node decides the command once.
/// Two applications may use the same key without meeting.
/// </summary>
internal static class IdempotencyKey
{
    /// <summary>The header's name.</summary>
    public const string Header = "Idempotency-Key";

    /// <summary>The longest key, in characters.</summary>
    public const int MaxLength = 128;

    private const int MaxIdentifierBytes = 256;

    /// <summary>The node's key of the request's command.</summary>
    /// <exception cref="BadInputException">The header is missing, given twice, too long, or not of visible ASCII characters.</exception>
    public static CommandKey Of(HttpContext context, string application)
    {
        var header = context.Request.Headers[Header];
        if (header.Count != 1 || header[0] is not { Length: > 0 and <= MaxLength } key || key.AsSpan().ContainsAnyExceptInRange('!', '~'))
        {
            throw new BadInputException(Header, Fault.NotAKey(MaxLength));
        }

        return Of(application, key);
    }

    /// <summary>The first 16 bytes of SHA-256 over the application's identifier, a zero byte and the key.</summary>
    public static CommandKey Of(string application, string key)
    {
        Span<byte> text = stackalloc byte[MaxIdentifierBytes + 1 + MaxLength];
        var length = Encoding.UTF8.GetBytes(application, text);
        text[length++] = 0;
        length += Encoding.ASCII.GetBytes(key, text[length..]);
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(text[..length], hash);
        return new CommandKey(BinaryPrimitives.ReadUInt128BigEndian(hash));
    }
}
