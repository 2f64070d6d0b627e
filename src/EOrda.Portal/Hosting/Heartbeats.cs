using System.Diagnostics;
using EOrda.Portal.Live;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Connections.Features;

namespace EOrda.Portal.Hosting;

/// <summary>
/// Has Kestrel and SignalR look after their connections (for what comes too slowly or not at all; to ping those that are due) a few at a time. Left to themselves
/// both do so for all of them once a second in one go, and ten thousand browsers that came within seconds are pinged within seconds ever after: each time
/// everybody's claims wait behind that.
/// </summary>
internal sealed partial class Heartbeats(LiveLimits live, ILogger<Heartbeats> logger) : BackgroundService
{
    private static readonly TimeSpan SlotsTime = TimeSpan.FromMilliseconds(20);

    // As often as Kestrel itself would.
    private static readonly TimeSpan ServerLooksEvery = TimeSpan.FromSeconds(1);

    private readonly HeartbeatWheel ofServer = WheelFor(ServerLooksEvery);
    private readonly HeartbeatWheel ofHub = WheelFor(live.LookEvery);

    /// <summary>How many of the server's connections it looks after.</summary>
    public int ServerConnections => ofServer.Count;

    /// <summary>How many of the hub's connections it looks after.</summary>
    public int HubConnections => ofHub.Count;

    /// <summary>Looks after a connection of the server from now until it ends: to be used before HTTP is.</summary>
    public ConnectionDelegate AroundServer(ConnectionDelegate next) => Around(ofServer, next);

    /// <summary>Looks after a connection of the hub from now until it ends: to be used before SignalR is.</summary>
    public ConnectionDelegate AroundHub(ConnectionDelegate next) => Around(ofHub, next);

    /// <inheritdoc/>
    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Task.WhenAll(TurnAsync(ofServer, ServerLooksEvery, stoppingToken), TurnAsync(ofHub, live.LookEvery, stoppingToken));

    private static HeartbeatWheel WheelFor(TimeSpan round) => new(Math.Max(1, (int)(round / SlotsTime)));

    private static ConnectionDelegate Around(HeartbeatWheel wheel, ConnectionDelegate next) => async connection =>
    {
        var beating = wheel.Join();
        try
        {
            connection.Features.Set<IConnectionHeartbeatFeature>(beating);
            await next(connection);
        }
        finally
        {
            wheel.Leave(beating);
        }
    };

    private async Task TurnAsync(HeartbeatWheel wheel, TimeSpan round, CancellationToken stopping)
    {
        var slotsTime = round / wheel.Slots;
        using var timer = new PeriodicTimer(slotsTime);
        var begun = Stopwatch.GetTimestamp();
        try
        {
            while (await timer.WaitForNextTickAsync(stopping))
            {
                wheel.TurnTo((long)(Stopwatch.GetElapsedTime(begun) / slotsTime), LogFault);
            }
        }
        catch (OperationCanceledException)
        {
            // The portal stops.
        }
    }

    [LoggerMessage(123, LogLevel.Error, "Looking after a connection failed")]
    private partial void LogFault(Exception fault);
}
