using System.Diagnostics;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Connections.Features;

namespace EOrda.Portal.Live;

/// <summary>
/// Has SignalR look after its connections (ping those that are due, close those that are silent) a few at a time. Left to itself it goes through all of them
/// once a second in one go, and ten thousand browsers that came within seconds are pinged within seconds ever after, before everybody's claims.
/// </summary>
internal sealed partial class Heartbeats(LiveLimits limits, ILogger<Heartbeats> logger) : BackgroundService
{
    private static readonly TimeSpan SlotsTime = TimeSpan.FromMilliseconds(20);

    private readonly HeartbeatWheel wheel = new(Math.Max(1, (int)(limits.LookEvery / SlotsTime)));

    /// <summary>Looks after a connection from now until it ends: to be used before SignalR is.</summary>
    public ConnectionDelegate Around(ConnectionDelegate next) => async connection =>
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

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var slotsTime = limits.LookEvery / wheel.Slots;
        using var timer = new PeriodicTimer(slotsTime);
        var begun = Stopwatch.GetTimestamp();
        var turned = 0L;
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
            {
                // The machine may have been out of breath; what is more than a round behind is not made up for.
                var due = (long)(Stopwatch.GetElapsedTime(begun) / slotsTime);
                for (turned = Math.Max(turned, due - wheel.Slots); turned < due; turned++)
                {
                    wheel.Turn((int)(turned % wheel.Slots), LogFault);
                }
            }
        }
        catch (OperationCanceledException)
        {
            // The portal stops.
        }
    }

    [LoggerMessage(33, LogLevel.Error, "Looking after a live connection failed")]
    private partial void LogFault(Exception fault);
}
