using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;
using EOrda.Load.Portal;

namespace EOrda.Load.Live;

/// <summary>Opens WebSockets (RFC 6455, section 4) on sockets of the tool's own, which keeps a connection at a few kilobytes.</summary>
internal static class WebSocketOpening
{
    private const int MostHeadBytes = 8_192;
    private const string Accept = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";

    /// <summary>Connects and asks for the upgrade.</summary>
    /// <exception cref="IOException">The portal does not take the connection, or answers something else.</exception>
    public static async Task<WebSocketFrames> OpenAsync(Uri address, string pathAndQuery, CancellationToken cancel)
    {
        var socket = await PortalSocket.ConnectAsync(address, cancel);
        try
        {
            var key = Convert.ToBase64String(RandomNumberGenerator.GetBytes(16));
            await socket.SendAsync(Encoding.ASCII.GetBytes(RequestFor(address, pathAndQuery, key)), cancel);
            var head = await HeadAsync(socket, cancel);
            if (!head.StartsWith("HTTP/1.1 101 ", StringComparison.Ordinal) || !head.Contains(AnswerTo(key), StringComparison.Ordinal))
            {
                throw new IOException($"upgrade: {head.Split('\r')[0]}");
            }

            return new WebSocketFrames(socket);
        }
        catch (Exception e)
        {
            socket.Dispose();
            if (e is SocketException fault)
            {
                throw new IOException($"upgrade: {fault.SocketErrorCode}", fault);
            }

            throw;
        }
    }

    /// <summary>What asks for the upgrade.</summary>
    public static string RequestFor(Uri address, string pathAndQuery, string key) =>
        $"GET {pathAndQuery} HTTP/1.1\r\nHost: {address.Authority}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: {key}\r\n\r\n";

#pragma warning disable CA5350 // The protocol asks for SHA-1; nothing is kept secret by it.
    private static string AnswerTo(string key) => Convert.ToBase64String(SHA1.HashData(Encoding.ASCII.GetBytes(key + Accept)));
#pragma warning restore CA5350

    /// <summary>Reads up to the empty line. Nothing follows it: the hub speaks when it has been greeted.</summary>
    private static async Task<string> HeadAsync(Socket socket, CancellationToken cancel)
    {
        var head = new byte[MostHeadBytes];
        var length = 0;
        while (!head.AsSpan(0, length).EndsWith("\r\n\r\n"u8))
        {
            var received = await socket.ReceiveAsync(head.AsMemory(length), cancel);
            length += received;
            if (received == 0)
            {
                throw new IOException("upgrade: the connection ended, or its head is too long");
            }
        }

        return Encoding.ASCII.GetString(head, 0, length);
    }
}
