using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;

namespace EOrda.Portal.Hosting;

/// <summary>The bounds of connections and of a request.</summary>
internal sealed record ServerLimits
{
    /// <summary>Connections that may be open; one more is closed at once.</summary>
    [Range(1, 10_000_000)]
    public int Connections { get; init; } = 200_000;

    /// <summary>Of them WebSockets, that is live connections; one more is answered <c>busy</c>.</summary>
    [Range(1, 10_000_000)]
    public int WebSockets { get; init; } = 100_000;

    /// <summary>The largest body of a command, in bytes; a larger one is answered 413.</summary>
    [Range(64, 1 << 20)]
    public int Body { get; init; } = 4 * 1024;

    /// <summary>The largest body that is taken off a connection at all, in bytes, so that the connection can go on after a refusal; a larger one closes it.</summary>
    [Range(64, 1 << 20)]
    public int BodyTaken { get; init; } = 16 * 1024;

    /// <summary>The slowest that a body may come, in bytes a second, once <see cref="BodyGrace"/> is over; a slower one is answered 408 and closed.</summary>
    [Range(1, 1 << 20)]
    public int BodyRate { get; init; } = 240;

    /// <summary>For how long a body may come as slowly as it likes.</summary>
    [Range(typeof(TimeSpan), "00:00:01.001", "00:10:00")]
    public TimeSpan BodyGrace { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>The slowest that an answer may be taken, in bytes a second, once <see cref="AnswerGrace"/> is over; who takes it slower is cut off.</summary>
    [Range(1, 1 << 20)]
    public int AnswerRate { get; init; } = 1_000;

    /// <summary>For how long an answer may be taken as slowly as one likes.</summary>
    [Range(typeof(TimeSpan), "00:00:01.001", "00:10:00")]
    public TimeSpan AnswerGrace { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>The longest request line, in bytes; a longer one is answered 414.</summary>
    [Range(64, 64 << 10)]
    public int RequestLine { get; init; } = 4 * 1024;

    /// <summary>The most bytes of all headers; more are answered 431.</summary>
    [Range(64, 64 << 10)]
    public int Headers { get; init; } = 16 * 1024;

    /// <summary>The most headers; more are answered 431.</summary>
    [Range(1, 1_000)]
    public int HeaderCount { get; init; } = 64;

    /// <summary>The time for a request's head to come; then the connection is answered 408 and closed.</summary>
    [Range(typeof(TimeSpan), "00:00:00.1", "00:10:00")]
    public TimeSpan HeadersTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How long a connection may rest between two requests.</summary>
    [Range(typeof(TimeSpan), "00:00:00.1", "1.00:00:00")]
    public TimeSpan IdleTimeout { get; init; } = TimeSpan.FromSeconds(130);

    /// <summary>How long a stop waits for what was asked; what is left then is cut off.</summary>
    [Range(typeof(TimeSpan), "00:00:00.1", "00:10:00")]
    public TimeSpan Stopping { get; init; } = TimeSpan.FromSeconds(20);

    /// <summary>
    /// Has lines of a request end with CR and LF only: who reads a bare LF as an end, where a proxy before it does not, reads other requests than the proxy.
    /// To be called before the server is made.
    /// </summary>
    public static void RefuseBareLineFeeds() => AppContext.SetSwitch("Microsoft.AspNetCore.Server.Kestrel.DisableHttp1LineFeedTerminators", isEnabled: true);

    /// <summary>Sets the server's bounds.</summary>
    public void Apply(KestrelServerOptions server)
    {
        server.AddServerHeader = false;
        var limits = server.Limits;
        limits.MaxRequestBodySize = BodyTaken;
        limits.MinRequestBodyDataRate = new MinDataRate(BodyRate, BodyGrace);
        limits.MinResponseDataRate = new MinDataRate(AnswerRate, AnswerGrace);
        limits.MaxRequestLineSize = RequestLine;
        limits.MaxRequestHeadersTotalSize = Headers;
        limits.MaxRequestHeaderCount = HeaderCount;
        limits.RequestHeadersTimeout = HeadersTimeout;
        limits.KeepAliveTimeout = IdleTimeout;
        limits.MaxConcurrentConnections = Math.Min(Connections, OpenFiles.ForConnections);
        limits.MaxConcurrentUpgradedConnections = Math.Min(WebSockets, OpenFiles.ForConnections);
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
