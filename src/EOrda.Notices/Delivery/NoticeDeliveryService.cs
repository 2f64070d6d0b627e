using EOrda.Notices.Outbox;
using EOrda.Queues.Time;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace EOrda.Notices.Delivery;

/// <summary>Sends as long as the node runs, each channel by itself, and removes what is old.</summary>
internal sealed partial class NoticeDeliveryService(
    IReadOnlyList<NoticeDelivery> channels,
    INoticeOutbox outbox,
    DeliveryOptions options,
    TimeProvider clock,
    ILogger<NoticeDeliveryService> log) : BackgroundService
{
    private static readonly TimeSpan WhenIdle = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan AfterError = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan BetweenRemovals = TimeSpan.FromHours(1);

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Task.WhenAll([.. channels.Select(channel => LoopAsync(() => SendAsync(channel, stoppingToken), stoppingToken)), LoopAsync(() => RemoveAsync(stoppingToken), stoppingToken)]);

    private static async Task<TimeSpan> SendAsync(NoticeDelivery channel, CancellationToken cancellation) =>
        await channel.DeliverAsync(cancellation) == 0 ? WhenIdle : TimeSpan.Zero;

    private async Task<TimeSpan> RemoveAsync(CancellationToken cancellation)
    {
        var removed = await outbox.RemoveAsync(Moment.From(clock.GetUtcNow().AddDays(-options.KeepDays)), cancellation);
        return removed == INoticeOutbox.MostAtOnce ? WhenIdle : BetweenRemovals;
    }

    private async Task LoopAsync(Func<Task<TimeSpan>> step, CancellationToken cancellation)
    {
        try
        {
            while (!cancellation.IsCancellationRequested)
                await Task.Delay(await StepAsync(step, cancellation), clock, cancellation);
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            // The node stops.
            return;
        }
    }

    /// <summary>A database that is down or full ends no loop.</summary>
    private async Task<TimeSpan> StepAsync(Func<Task<TimeSpan>> step, CancellationToken cancellation)
    {
        try
        {
            return await step();
        }
        catch (Exception e) when (e is not OperationCanceledException || !cancellation.IsCancellationRequested)
        {
            LogError(log, e);
            return AfterError;
        }
    }

    [LoggerMessage(311, LogLevel.Error, "Notices could not be sent or removed; tried again in 10 seconds.")]
    private static partial void LogError(ILogger log, Exception error);
}
