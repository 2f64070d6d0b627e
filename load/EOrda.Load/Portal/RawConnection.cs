using System.Globalization;
using System.Net.Sockets;

namespace EOrda.Load.Portal;

/// <summary>
/// An HTTP/1.1 connection that costs its process as little as it can: one buffer out, one in, no parsing beyond what an answer needs.
/// One request at a time; connected when it is first needed, and anew after it was closed.
/// </summary>
internal sealed class RawConnection(Uri address) : IDisposable
{
    private const int LargestAnswer = 16 * 1024;
    private const int StatusAt = 9;
    private const int StatusEnd = 12;

    private readonly byte[] received = new byte[LargestAnswer];
    private Socket? socket;

    /// <summary>Where the next request is written.</summary>
    public byte[] Request { get; } = new byte[RawRequest.Largest];

    /// <summary>Connects, if it is not connected.</summary>
    /// <exception cref="IOException">It does not come about.</exception>
    public async ValueTask ConnectAsync() => socket ??= await PortalSocket.ConnectAsync(address, CancellationToken.None);

    /// <summary>Sends so much of <see cref="Request"/> and reads the whole answer.</summary>
    /// <exception cref="IOException">There is none: the connection did not come about, was closed, or the answer is none that the portal gives.</exception>
    public async ValueTask<RawReply> ExchangeAsync(int length)
    {
        try
        {
            await ConnectAsync();
            await socket!.SendAsync(Request.AsMemory(0, length), SocketFlags.None);
            for (var read = 0; read < received.Length;)
            {
                var got = await socket.ReceiveAsync(received.AsMemory(read), SocketFlags.None);
                if (got == 0)
                {
                    throw new IOException("no answer: closed");
                }

                read += got;
                if (TryRead(read, out var reply))
                {
                    return reply;
                }
            }

            throw new IOException("an answer is too large");
        }
        catch (SocketException e)
        {
            Dispose();
            throw new IOException($"no answer: {e.SocketErrorCode}", e);
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException)
        {
            Dispose();
            throw new IOException(e is IOException ? e.Message : "no answer in time", e);
        }
    }

    /// <summary>The body of the last answer.</summary>
    public ReadOnlySpan<byte> Body(RawReply reply) => received.AsSpan(reply.BodyAt, reply.BodyLength);

    /// <summary>Closes it; a request under way fails. It may be used again.</summary>
    public void Dispose() => Interlocked.Exchange(ref socket, null)?.Dispose();

    private bool TryRead(int length, out RawReply reply)
    {
        var all = received.AsSpan(0, length);
        reply = default;
        var headEnd = all.IndexOf("\r\n\r\n"u8);
        if (headEnd < 0)
        {
            return false;
        }

        var head = all[..(headEnd + 2)];
        var at = headEnd + 4;
        var status = Number(head[StatusAt..StatusEnd]);
        int bodyLength;
        if (Header(head, "\r\nContent-Length: "u8) is { IsEmpty: false } told)
        {
            bodyLength = Number(told);
            if (length < at + bodyLength)
            {
                return false;
            }
        }
        else
        {
            // What the portal writes in pieces is small: one piece, and the empty one that ends it.
            if (!all[at..].EndsWith("\r\n0\r\n\r\n"u8))
            {
                return false;
            }

            var line = all[at..].IndexOf("\r\n"u8);
            bodyLength = int.Parse(all.Slice(at, line), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);
            at += line + 2;
        }

        var retryAfter = Header(head, "\r\nRetry-After: "u8) is { IsEmpty: false } seconds ? Number(seconds) : 0;
        reply = new RawReply(status, at, bodyLength, retryAfter);
        if (head.IndexOf("\r\nConnection: close"u8) >= 0)
        {
            Dispose();
        }

        return true;
    }

    private static int Number(ReadOnlySpan<byte> digits) => int.Parse(digits, NumberStyles.None, CultureInfo.InvariantCulture);

    private static ReadOnlySpan<byte> Header(ReadOnlySpan<byte> head, ReadOnlySpan<byte> name)
    {
        var at = head.IndexOf(name);
        return at < 0 ? [] : head[(at + name.Length)..] is var rest ? rest[..rest.IndexOf("\r\n"u8)] : [];
    }
}

/// <summary>An answer, as it lies in its connection's buffer.</summary>
/// <param name="Status">The HTTP status.</param>
/// <param name="BodyAt">Where its body begins.</param>
/// <param name="BodyLength">How long that is.</param>
/// <param name="RetryAfter">After how many seconds to ask again; 0 when it does not say.</param>
internal readonly record struct RawReply(int Status, int BodyAt, int BodyLength, int RetryAfter);
