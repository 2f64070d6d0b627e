using System.Net;
using System.Net.Sockets;

namespace EOrda.Load.Portal;

/// <summary>Sockets of the tool's own, which cost it less than any library's.</summary>
internal static class PortalSocket
{
    // A source address has some 28,000 ports; this machine's own addresses are many.
    private const int ConnectionsOfAnAddress = 15_000;
    private static int opened;

    /// <summary>Connects.</summary>
    /// <exception cref="IOException">The portal does not take the connection, or answers something else.</exception>
    public static async Task<Socket> ConnectAsync(Uri address, CancellationToken cancel)
    {
        var target = IPAddress.TryParse(address.Host.Trim('[', ']'), out var number) ? number : address.Host == "localhost" ? IPAddress.Loopback : null;
        var socket = target is null
            ? new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true }
            : new Socket(target.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            var turn = Interlocked.Increment(ref opened) / ConnectionsOfAnAddress;
            if (OperatingSystem.IsLinux() && turn > 0 && IPAddress.Loopback.Equals(target))
            {
                socket.Bind(new IPEndPoint(new IPAddress([127, 0, 0, (byte)(1 + turn % 200)]), 0));
            }

            await (target is null ? socket.ConnectAsync(address.Host, address.Port, cancel) : socket.ConnectAsync(target, address.Port, cancel));
            return socket;
        }
        catch (Exception e)
        {
            socket.Dispose();
            if (e is SocketException fault)
            {
                throw new IOException($"connect: {fault.SocketErrorCode}", fault);
            }

            throw;
        }
    }
}
