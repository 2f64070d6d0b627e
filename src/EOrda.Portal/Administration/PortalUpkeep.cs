using EOrda.Actors;
using EOrda.Portal.Hosting;
using EOrda.Portal.Problems;

namespace EOrda.Portal.Administration;

/// <summary>Every five seconds: reads names that another node has changed, and has amendments decided whose instant has come. Stops before the node does.</summary>
internal sealed class PortalUpkeep(StoredNames names, Amendments amendments, NodeHost host, TimeProvider time) : BackgroundService
{
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(5);

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Every, time);
        try
        {
            do
            {
                await LookAsync(stoppingToken);
            }
            while (await timer.WaitForNextTickAsync(stoppingToken));
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The portal stops.
        }
    }

    private async Task LookAsync(CancellationToken cancel)
    {
        try
        {
            await names.RefreshAsync(cancel);
            if (host.IsReady)
            {
                await amendments.DecideDueAsync(cancel);
            }
        }
        catch (Exception e) when (e is ProblemException or BusyException or NotRecordedException or OutcomeUnknownException)
        {
            // The database or the node did not answer, and has said so; the next look is soon.
        }
    }
}
