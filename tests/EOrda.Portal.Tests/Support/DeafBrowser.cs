using System.Buffers.Binary;
using System.Net.Sockets;
using System.Text;

namespace EOrda.Portal.Tests.Support;

/// <summary>A live connection that watches a queue and then never reads a byte more.</summary>
internal sealed class DeafBrowser : IDisposable
{
    private readonly TcpClient tcp = new() { ReceiveBufferSize = 4096, NoDelay = true };

    /// <summary>Connects, shakes hands and asks to watch.</summary>
    public static async Task<DeafBrowser> WatchAsync(TestPortal portal, string queue)
    {
        var deaf = new DeafBrowser();
        var address = portal.Http.BaseAddress!;
        await deaf.tcp.ConnectAsync(address.Host, address.Port);
        var stream = deaf.tcp.GetStream();
        var upgrade = $"GET /live HTTP/1.1\r\nHost: {address.Authority}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n";
        await stream.WriteAsync(Encoding.ASCII.GetBytes(upgrade));
        await stream.WriteAsync(Frame("""{"protocol":"json","version":1}"""));
        await stream.WriteAsync(Frame($$"""{"type":1,"invocationId":"1","target":"Watch","arguments":["{{queue}}"]}"""));
        return deaf;
    }

    public void Dispose() => tcp.Dispose();

    /// <summary>One text frame of the protocol, masked with zeros.</summary>
    private static byte[] Frame(string message)
    {
        var text = Encoding.UTF8.GetBytes(message + '\u001e');
        var frame = new byte[8 + text.Length];
        frame[0] = 0x81;
        frame[1] = 0x80 | 126;
        BinaryPrimitives.WriteUInt16BigEndian(frame.AsSpan(2), (ushort)text.Length);
        text.CopyTo(frame, 8);
        return frame;
    }
}
