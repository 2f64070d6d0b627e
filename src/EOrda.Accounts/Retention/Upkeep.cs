using EOrda.Accounts.Database;
using EOrda.Accounts.Sessions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace EOrda.Accounts.Retention;

/// <summary>What the accounts do by themselves on every node: hear of ended sessions each second, store activity each minute, erase each hour.</summary>
internal sealed partial class Upkeep(LiveSessions sessions, Eraser eraser, AccountOptions options, TimeProvider time, ILogger<Upkeep> log) : BackgroundService
{
    private static readonly TimeSpan Activity = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Erasing = TimeSpan.FromHours(1);

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => Task.WhenAll(
        Every(options.RevocationPoll, sessions.HearEnded, stoppingToken),
        Every(Activity, sessions.StoreActivity, stoppingToken),
        Every(Erasing, eraser.Erase, stoppingToken));

    private async Task Every(TimeSpan period, Func<CancellationToken, Task<Outcome<Done>>> work, CancellationToken stop)
    {
        using var timer = new PeriodicTimer(period, time);
        var fails = false;
        try
        {
            while (await timer.WaitForNextTickAsync(stop))
            {
                var outcome = await work(stop);
                if (!outcome.IsGiven && !fails)
                {
                    LogFails(log, work.Method.Name, outcome.Refusal.Reason);
                }

                fails = !outcome.IsGiven;
            }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // The node stops.
        }
    }

    [LoggerMessage(151, LogLevel.Error, "{Work} of the accounts fails ({Reason}) and is tried again; told once until it works.")]
    private static partial void LogFails(ILogger log, string work, string reason);
}
