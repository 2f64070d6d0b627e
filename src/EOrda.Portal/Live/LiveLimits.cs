using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Http.Connections;
using Microsoft.AspNetCore.SignalR;

namespace EOrda.Portal.Live;

/// <summary>The bounds of a live connection. A browser that does not read is cut off, not buffered for.</summary>
internal sealed record LiveLimits
{
    private const int LooksBetweenPings = 8;

    /// <summary>How many queues a connection may watch at once; one more is refused.</summary>
    [Range(1, 1_000)]
    public int WatchesPerConnection { get; init; } = 4;

    /// <summary>
    /// Live connections of one address (of IPv6, of one /64); one more is answered <c>too-many-requests</c>. Families of a house or an office behind one address must
    /// get through.
    /// </summary>
    [Range(1, 10_000_000)]
    public int ConnectionsPerAddress { get; init; } = 500;

    /// <summary>Messages a second of one connection, whatever they are; more close it.</summary>
    [Range(1, 1_000_000)]
    public int CallRate { get; init; } = 10;

    /// <summary>Messages of one connection that may come at once after a pause.</summary>
    [Range(1, 1_000_000)]
    public int CallBurst { get; init; } = 50;

    /// <summary>Messages a second of all connections of one address, and connections that it opens; more close the connection that they come on.</summary>
    [Range(1, 10_000_000)]
    public int AddressCallRate { get; init; } = 500;

    /// <summary>Of them at once after a pause.</summary>
    [Range(1, 10_000_000)]
    public int AddressCallBurst { get; init; } = 5_000;

    /// <summary>How many browsers may watch a queue; one more is told <c>busy</c>.</summary>
    [Range(1, 10_000_000)]
    public int WatchersPerQueue { get; init; } = 100_000;

    /// <summary>For how long a browser may refuse to take what is sent to it before it is cut off.</summary>
    [Range(typeof(TimeSpan), "00:00:00.1", "00:10:00")]
    public TimeSpan SendTimeout { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Bytes that wait for a browser that takes them slowly.</summary>
    [Range(1_024, 64 << 20)]
    public int Unsent { get; init; } = 64 * 1024;

    /// <summary>The largest message of a browser, in bytes; a larger one closes its connection.</summary>
    [Range(64, 1 << 20)]
    public int Message { get; init; } = 1024;

    /// <summary>The time for the protocol's first message; then the connection is closed.</summary>
    [Range(typeof(TimeSpan), "00:00:00.1", "00:10:00")]
    public TimeSpan Handshake { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>How often the portal says at least that it is still there. SignalR's clients give a portal up after 30 seconds unless they are told otherwise.</summary>
    [Range(typeof(TimeSpan), "00:00:00.1", "00:10:00")]
    public TimeSpan Ping { get; init; } = TimeSpan.FromSeconds(20);

    /// <summary>
    /// A browser that has said nothing for so long is given up, from its connection's beginning on; the page says something every 30 seconds.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00.1", "01:00:00")]
    public TimeSpan Silence { get; init; } = TimeSpan.FromSeconds(90);

    /// <summary>How often each connection is looked after: pinged when that is due, closed when it has been silent for too long.</summary>
    internal TimeSpan LookEvery => (Ping < Silence ? Ping : Silence) / LooksBetweenPings;

    /// <summary>The hub's bounds.</summary>
    public void Apply(HubOptions hub)
    {
        hub.MaximumReceiveMessageSize = Message;
        hub.MaximumParallelInvocationsPerClient = 1;
        hub.StreamBufferCapacity = 1;
        hub.EnableDetailedErrors = false;
        hub.StatefulReconnectBufferSize = 0;
        hub.HandshakeTimeout = Handshake;
        hub.KeepAliveInterval = Ping - LookEvery;
        hub.ClientTimeoutInterval = Silence;
    }

    /// <summary>The transport's bounds.</summary>
    public HttpConnectionDispatcherOptions Transport() => new()
    {
        Transports = HttpTransportType.WebSockets,
        TransportMaxBufferSize = Unsent,
        ApplicationMaxBufferSize = 4 * 1024,
        TransportSendTimeout = SendTimeout,
        AllowStatefulReconnects = false,
    };
}
