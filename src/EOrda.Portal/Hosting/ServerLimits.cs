using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;

namespace EOrda.Portal.Hosting;

/// <summary>The bounds of a connection and of a request. Bodies are bounded more tightly where they are read (<see cref="Json.RequestBody"/>).</summary>
internal static class ServerLimits
{
    /// <summary>The largest body that is taken off a connection at all, in bytes.</summary>
    public const int MaxBodyBytes = 16 * 1024;

    public static void Apply(KestrelServerOptions server)
    {
        server.AddServerHeader = false;
        var limits = server.Limits;
        limits.MaxRequestBodySize = MaxBodyBytes;
        limits.MaxRequestLineSize = 4 * 1024;
        limits.MaxRequestHeadersTotalSize = 16 * 1024;
        limits.MaxRequestHeaderCount = 64;
        limits.RequestHeadersTimeout = TimeSpan.FromSeconds(10);
        limits.MaxConcurrentConnections = 200_000;
        limits.MaxConcurrentUpgradedConnections = 100_000;
    }

    /// <summary>
    /// What is received is handled, and what is written is sent, on the thread that has it: nothing here blocks, and with an update for ten thousand browsers
    /// each hand-over to another thread would be paid ten thousand times.
    /// </summary>
    public static void Apply(SocketTransportOptions sockets)
    {
        sockets.UnsafePreferInlineScheduling = true;
        sockets.Backlog = 8_192;
    }
}
