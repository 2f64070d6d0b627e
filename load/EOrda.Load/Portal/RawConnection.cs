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
    private const int EndOfPieces = 7;

    private readonly byte[] received = new byte[LargestAnswer];
    private Socket? socket;

    /// <summary>Where the next request is written.</summary>
    public byte[] Request { get; } = new byte[RawRequest.Largest];

    /// <summary>True while it is connected, as far as this side knows.</summary>
    public bool IsConnected => Volatile.Read(ref socket) is not null;

    /// <summary>Connects, if it is not connected.</summary>
    /// <returns>The connection; whoever disposes of this meanwhile closes it, and what is done with it fails.</returns>
    /// <exception cref="IOException">It does not come about in time.</exception>
    public async ValueTask<Socket> ConnectAsync()
    {
        if (Volatile.Read(ref socket) is { } open)
        {
            return open;
        }

        using var patience = new CancellationTokenSource(PortalApi.Patience);
        try
        {
            var opened = await PortalSocket.ConnectAsync(address, patience.Token);
            Volatile.Write(ref socket, opened);
            return opened;
        }
        catch (OperationCanceledException e)
        {
            throw new IOException("connect: not in time", e);
        }
    }

    /// <summary>Sends so much of <see cref="Request"/> and reads the whole answer. However it fails, nothing of its answer is left for the next request.</summary>
    /// <exception cref="IOException">There is none: the connection did not come about, was closed, or the answer is none that the portal gives.</exception>
    public async ValueTask<RawReply> ExchangeAsync(int length)
    {
        try
        {
            var open = await ConnectAsync();
            await open.SendAsync(Request.AsMemory(0, length), SocketFlags.None);
            for (var read = 0; read < received.Length;)
            {
                var got = await open.ReceiveAsync(received.AsMemory(read), SocketFlags.None);
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
        catch (Exception e) when (e is SocketException or IOException or ObjectDisposedException or FormatException or OverflowException or ArgumentOutOfRangeException)
        {
            Dispose();
            throw new IOException(
                e switch
                {
                    SocketException fault => $"no answer: {fault.SocketErrorCode}",
                    IOException => e.Message,
                    ObjectDisposedException => "no answer in time",
                    _ => "an answer cannot be read",
                },
                e);
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
            if (length != at + bodyLength)
            {
                return length < at + bodyLength ? false : throw new FormatException("More than an answer.");
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
            if (at + bodyLength + EndOfPieces != length)
            {
                throw new FormatException("Several pieces.");
            }
        }

        var retryAfter = Header(head, "\r\nRetry-After: "u8) is { IsEmpty: false } seconds ? Number(seconds) : 0;
        int? available = Header(head, "\r\nPlaces-Available: "u8) is { IsEmpty: false } places ? Number(places) : null;
        reply = new RawReply(status, at, bodyLength, retryAfter, available);
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
/// <param name="PlacesAvailable">How many places it says that the queue has left; null when it does not say.</param>
internal readonly record struct RawReply(int Status, int BodyAt, int BodyLength, int RetryAfter, int? PlacesAvailable);
