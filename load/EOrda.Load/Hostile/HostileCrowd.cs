using EOrda.Load.Portal;
using EOrda.Load.Runs;

namespace EOrda.Load.Hostile;

/// <summary>Clients that mean harm, as many of a kind as the scenario says; they begin and end together.</summary>
internal sealed class HostileCrowd(Assignment assignment, Budget budget) : IAsyncDisposable
{
    private const int MostSecondsToGather = 60;

    private CancellationTokenSource? ending;
    private HostileClients? clients;
    private Task all = Task.CompletedTask;

    /// <summary>Lets those of a kind begin, and waits until they are there.</summary>
    public async Task BeginAsync(HostileKind kind, CancellationToken cancel)
    {
        ending = new CancellationTokenSource();
        var plan = assignment.Scenario.Hostile;
        clients = new HostileClients(assignment, budget);
        all = kind switch
        {
            HostileKind.SlowLoris => Many(plan.SlowLoris, clients.SendHeadSlowlyAsync),
            HostileKind.HalfOpen => Many(plan.HalfOpen, clients.UpgradeAndSayNothingAsync),
            HostileKind.IdleWatchers => Many(plan.IdleWatchers, clients.WatchIdlyAsync),
            HostileKind.DeafWatchers => Many(plan.DeafWatchers, clients.WatchAndNeverReadAsync),
            HostileKind.EndlessBodies => Many(plan.EndlessBodies, clients.SendEndlessBodyAsync),
            _ => Task.WhenAll(Many(plan.Hammers, clients.HammerAsync), Many(plan.BadInputs, clients.SendBadInputAsync)),
        };
        for (var waited = 0; waited < MostSecondsToGather && kind == HostileKind.IdleWatchers && clients.Watching < plan.IdleWatchers / assignment.Parts; waited++)
        {
            await Task.Delay(TimeSpan.FromSeconds(1), cancel);
        }

        await Task.Delay(TimeSpan.FromSeconds(2), cancel);
    }

    /// <summary>Ends them.</summary>
    public async Task EndAsync()
    {
        if (ending is not null)
        {
            await ending.CancelAsync();
            await all;
            clients!.Dispose();
            ending.Dispose();
            ending = null;
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync() => await EndAsync();

    private Task Many(int count, Func<int, CancellationToken, Task> client)
    {
        var stop = ending!.Token;
        return Task.WhenAll(Enumerable.Range(0, count)
            .Where(i => i % assignment.Parts == assignment.Part)
            .Select(i => Task.Run(() => AgainAndAgainAsync(i, client, stop), CancellationToken.None)));
    }

    /// <summary>One that is thrown out comes back after a second.</summary>
    private static async Task AgainAndAgainAsync(int number, Func<int, CancellationToken, Task> client, CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            try
            {
                await client(number, stop);
            }
            catch (Exception e) when (e is IOException or PortalException or System.Net.Sockets.SocketException or ObjectDisposedException or OperationCanceledException)
            {
                // Thrown out, or the end.
            }
            catch (BudgetSpentException)
            {
                return;
            }

            try
            {
                await Task.Delay(TimeSpan.FromSeconds(1), stop);
            }
            catch (OperationCanceledException)
            {
                return;
            }
        }
    }
}
