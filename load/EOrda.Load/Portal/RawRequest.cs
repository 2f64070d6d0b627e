using System.Text.Unicode;

namespace EOrda.Load.Portal;

/// <summary>Writes requests for commands as they go over a <see cref="RawConnection"/>.</summary>
internal static class RawRequest
{
    /// <summary>Bytes that a request may have.</summary>
    public const int Largest = 2_048;

    /// <summary>Writes one.</summary>
    /// <param name="to">Where; as long as the largest.</param>
    /// <param name="method">The method's word.</param>
    /// <param name="path">The path.</param>
    /// <param name="authority">The portal's host and port.</param>
    /// <param name="secret">What proves that the sender may.</param>
    /// <param name="key">The command's key.</param>
    /// <param name="body">JSON; empty for none.</param>
    /// <returns>Its length.</returns>
    /// <exception cref="ArgumentException">It is longer than it may be.</exception>
    public static int Write(byte[] to, string method, string path, string authority, string secret, string key, ReadOnlySpan<byte> body)
    {
        var fits = Utf8.TryWrite(
            to,
            $"{method} {path} HTTP/1.1\r\nHost: {authority}\r\nAuthorization: Bearer {secret}\r\nIdempotency-Key: {key}\r\nContent-Type: application/json\r\nContent-Length: {body.Length}\r\n\r\n",
            out var head);
        if (!fits || !body.TryCopyTo(to.AsSpan(head)))
        {
            throw new ArgumentException($"A request is longer than {Largest} bytes.", nameof(body));
        }

        return head + body.Length;
    }
}
