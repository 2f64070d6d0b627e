using Microsoft.AspNetCore.Http.Connections;
using Microsoft.AspNetCore.SignalR;

namespace EOrda.Portal.Live;

/// <summary>The bounds of a live connection. A browser that does not read is cut off, not buffered for.</summary>
internal sealed class LiveLimits
{
    /// <summary>How many queues a connection may watch at once.</summary>
    public int WatchesPerConnection { get; init; } = 4;

    /// <summary>For how long a browser may refuse to take what is sent to it before it is cut off.</summary>
    public TimeSpan SendTimeout { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>The hub's bounds.</summary>
    public static void Apply(HubOptions hub)
    {
        hub.MaximumReceiveMessageSize = 1024;
        hub.MaximumParallelInvocationsPerClient = 1;
        hub.StreamBufferCapacity = 1;
        hub.EnableDetailedErrors = false;
        hub.StatefulReconnectBufferSize = 0;
        hub.HandshakeTimeout = TimeSpan.FromSeconds(5);
        hub.KeepAliveInterval = TimeSpan.FromSeconds(10);
        hub.ClientTimeoutInterval = TimeSpan.FromSeconds(30);
    }

    /// <summary>The transport's bounds.</summary>
    public void Apply(HttpConnectionDispatcherOptions transport)
    {
        transport.Transports = HttpTransportType.WebSockets;
        transport.TransportMaxBufferSize = 64 * 1024;
        transport.ApplicationMaxBufferSize = 4 * 1024;
        transport.TransportSendTimeout = SendTimeout;
        transport.AllowStatefulReconnects = false;
    }
}
