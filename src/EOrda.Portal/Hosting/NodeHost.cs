using EOrda.Actors;
using EOrda.Portal.Demonstration;
using EOrda.Portal.Rehearsal;
using EOrda.Portal.Secrets;
using EOrda.Portal.Telemetry;
using Microsoft.AspNetCore.Hosting.Server;

namespace EOrda.Portal.Hosting;

/// <summary>
/// Starts the node behind the listening server, loads the demonstration city where one is wanted, and says when the portal is ready.
/// Hosted services stop in reverse order and the server is the last to start, so the node is disposed when every request has been answered.
/// </summary>
internal sealed partial class NodeHost(
    NodeStart start,
    PortalSettings settings,
    PortalBounds bounds,
    ILoggerFactory logs,
    IHostApplicationLifetime lifetime,
    StartupConsole console,
    IServer server,
    MetricsServer metrics,
    IServiceProvider services,
    DemonstrationTime? demonstrationTime = null,
    DemonstrationRun? demonstration = null,
    RehearsalRun? rehearsal = null) : BackgroundService
{
    private readonly ILogger logger = logs.CreateLogger<NodeHost>();
    private volatile INode? node;
    private volatile bool ready;

    /// <summary>The process's exit code: 1 when the node could not be started.</summary>
    public int ExitCode { get; private set; }

    /// <summary>True from when the node has started until it stops.</summary>
    public bool HasStarted => ready;

    /// <summary>True when commands and queries can be answered now: the node has started, and knows its cluster and the rules in force.</summary>
    public bool IsReady => ready && node is { IsReady: true };

    /// <summary>The node. Only asked for behind <see cref="StartupGate"/>.</summary>
    /// <exception cref="InvalidOperationException">It has not started yet.</exception>
    public IQueues Node => node?.Queues ?? throw new InvalidOperationException("The node has not started yet.");

    /// <inheritdoc/>
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        ready = false;
        if (Interlocked.Exchange(ref node, null) is { } stopping)
        {
            await stopping.DisposeAsync();
        }
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            // The server listens while the node recovers.
            await ListeningAsync(stoppingToken);

            // Before there is a journal: one without its key is refused.
            services.GetRequiredService<ApplicationSecrets>();
            var started = await start(settings, bounds.Node, demonstrationTime?.Clock ?? TimeProvider.System, logs, stoppingToken);
            node = started;
            _ = StopWithNodeAsync(started);
            if (demonstration is not null)
            {
                await demonstration.LoadAsync(started.Queues, stoppingToken);
            }

            if (rehearsal is not null)
            {
                await rehearsal.LoadAsync(started.Queues, stoppingToken);
            }

            ready = true;
            console.Ready(server, settings.Data, started.Queues.Now, demonstrationTime?.Clock.IsRealTime == false, metrics.Address);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            LogInterrupted();
        }
        catch (Exception e) when (PortalProcess.IsExpected(e))
        {
            Fail(e.Message);
        }
#pragma warning disable CA1031 // Whatever keeps the node from starting ends the process with its reason.
        catch (Exception e)
#pragma warning restore CA1031
        {
            LogFailed(e);
            Fail(e.Message);
        }
    }

    // One that the cluster has put out decides nothing any more; whoever runs the process starts it anew.
    private async Task StopWithNodeAsync(INode started)
    {
        await started.Ended;
        if (node == started)
        {
            console.Ended("The node has left its cluster.");
            End();
        }
    }

    private async Task ListeningAsync(CancellationToken stopping)
    {
        var started = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var listening = lifetime.ApplicationStarted.Register(() => started.TrySetResult());
        await started.Task.WaitAsync(stopping);
    }

    private void Fail(string reason)
    {
        console.Failed(reason);
        End();
    }

    private void End()
    {
        ExitCode = 1;
        lifetime.StopApplication();
    }

    [LoggerMessage(101, LogLevel.Information, "Stopped before the portal was ready")]
    private partial void LogInterrupted();

    [LoggerMessage(102, LogLevel.Critical, "The node could not be started")]
    private partial void LogFailed(Exception reason);
}
