using Microsoft.AspNetCore.Server.Kestrel.Core;

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
}
