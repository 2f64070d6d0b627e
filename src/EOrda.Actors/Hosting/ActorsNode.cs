using Akka.Actor;
using Akka.Hosting;
using EOrda.Actors.Country;
using EOrda.Actors.Facts;
using EOrda.Actors.Live;
using EOrda.Actors.Membership;
using EOrda.Actors.Persistence;
using EOrda.Actors.Processes;
using EOrda.Actors.Queues;
using EOrda.Actors.Routing;
using EOrda.Actors.Telemetry;
using EOrda.Queues.Time;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace EOrda.Actors.Hosting;

/// <summary>A node: an actor system on a database, alone or in a cluster, with the door to all queues of the country.</summary>
public sealed partial class ActorsNode : INode
{
    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(1);

    // Between two tries to hear of the localities while the node starts.
    private static readonly TimeSpan StartPause = TimeSpan.FromMilliseconds(200);

    private readonly ActorsOptions options;
    private readonly TimeProvider clock;
    private readonly NodeClock time;
    private readonly ILogger log;
    private readonly Gathering gathering;
    private readonly ActorsMetrics metrics;
    private readonly EntityServices services;
    private readonly Readiness readiness;
    private readonly ClusterMetrics clusterMetrics = new();
    private readonly FailedHandshakes failedHandshakes = new();
    private readonly Courier courier;
    private readonly EntityAddress.Book addresses;
    private readonly LocalitiesCopy copy = new();
    private readonly LiveRelays relays;
    private readonly ProcessRunner processes;
    private readonly Regions regions = new();
    private readonly FactsReader facts;
    private readonly Door door;
    private readonly TaskCompletionSource ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private IHost? host;
    private IDisposable? directory;
    private ClockJumps? jumps;
    private ITimer? looking;
    private bool isStopping;

    private ActorsNode(ActorsOptions options, TimeProvider clock, ILoggerFactory logs)
    {
        this.options = options;
        this.clock = clock;
        time = new NodeClock(clock);
        var bounds = options.Bounds;
        log = logs.CreateLogger<ActorsNode>();
        gathering = new Gathering(bounds.GatheringFrom, bounds.GatheringTime, time);
        addresses = new EntityAddress.Book(bounds.WaitingForEntity);
        courier = new Courier(bounds.Waiting, bounds.AskAgainAfter, time);
        relays = new LiveRelays(addresses, courier);
        processes = new ProcessRunner(regions, bounds, time, logs.CreateLogger<ProcessRunner>());
        metrics = new ActorsMetrics(new DoorLoad(() => courier.Waiting, () => addresses.MostWaiting, () => relays.Watches, () => processes.Running));
        services = new EntityServices(bounds, time, gathering) { Metrics = metrics };
        readiness = new Readiness(copy, services.Health, metrics, time, log);
        facts = new FactsReader(options.Database, bounds);
        door = new Door(time, bounds, addresses, regions, courier, copy, relays, facts, metrics);
    }

    /// <inheritdoc/>
    public IQueues Queues => door;

    /// <inheritdoc/>
    public Task Ended => ended.Task;

    /// <inheritdoc/>
    public bool IsReady => !isStopping && !ended.Task.IsCompleted && readiness.IsReady;

    /// <summary>Starts a node, and returns when it is ready.</summary>
    /// <param name="options">Where the journal is, which nodes there are, and the bounds.</param>
    /// <param name="time">The one clock.</param>
    /// <param name="logs">Where the node logs.</param>
    /// <param name="cancel">Gives the start up.</param>
    /// <exception cref="UnsafeJournalException">The journal's table has no unique index.</exception>
    /// <exception cref="System.Data.Common.DbException">The database cannot be reached.</exception>
    public static async Task<ActorsNode> StartAsync(ActorsOptions options, TimeProvider time, ILoggerFactory logs, CancellationToken cancel = default)
    {
        var node = new ActorsNode(options, time, logs);
        try
        {
            await node.StartAsync(logs, cancel);
            return node;
        }
        catch
        {
            await node.DisposeAsync();
            throw;
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (isStopping)
        {
            return;
        }

        isStopping = true;
        jumps?.Dispose();
        looking?.Dispose();
        door.Close();
        await processes.StopAsync(options.Bounds.ReplyTimeout);
        await door.Drained(options.Bounds.ReplyTimeout);
        failedHandshakes.Stop();
        if (host is not null)
        {
            await host.StopAsync(CancellationToken.None);
            host.Dispose();
        }

        processes.Dispose();
        gathering.Dispose();
        metrics.Dispose();
        facts.Dispose();
        clusterMetrics.Dispose();
        directory?.Dispose();
    }

    private async Task StartAsync(ILoggerFactory logs, CancellationToken cancel)
    {
        directory = options.Database.Claim();
        DatabaseSchema.Prepare(options.Database);
        var builder = Host.CreateEmptyApplicationBuilder(settings: null);
        builder.Services.AddSingleton<IHostLifetime, NoLifetime>();
        builder.Services.AddSingleton(logs);
        var around = new QueueSurroundings(regions, addresses, new DueReports(metrics, log), processes);
        builder.Services.AddAkka(ActorsHosting.SystemName, akka =>
        {
            akka.WithLogs(logs)
                .WithWire()
                .WithJournal(options.Database, services.Health, time, metrics)
                .WithMembership(options.Cluster)
                .WithEntities(regions, services, copy, around)
                .WithNode(regions, services, courier, processes, copy, addresses, relays);
            if (options.Cluster is not null)
            {
                akka.WithOthers(regions, copy, clusterMetrics, time, logs).WithoutEndingBy(failedHandshakes);
            }
        });
        host = builder.Build();
        await host.StartAsync(cancel);
        var system = host.Services.GetRequiredService<ActorSystem>();
        _ = system.WhenTerminated.ContinueWith(_ => End(), CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
        var cluster = Akka.Cluster.Cluster.Get(system);
        readiness.IsMember = () => cluster.SelfMember.Status == Akka.Cluster.MemberStatus.Up;
        jumps = new ClockJumps(clock, () => copy.Keeper.Tell(LookAtClock.Message, ActorRefs.NoSender));
        await ReadyAsync(cancel);
        looking = time.CreateTimer(_ => readiness.Look(), state: null, TimeSpan.Zero, LookEvery);
    }

    // Nobody is there any more who would answer, or give up, what is under way.
    private void End()
    {
        var failure = new RequestFailure(FailureKind.OutcomeUnknown, options.Bounds.RetryAfter, "The node has left its cluster.");
        door.Close();
        courier.Close(failure);
        processes.Courier.Close(failure);
        ended.TrySetResult();
    }

    private async Task ReadyAsync(CancellationToken cancel)
    {
        while (!IsReady)
        {
            cancel.ThrowIfCancellationRequested();
            if (ended.Task.IsCompleted)
            {
                throw new InvalidOperationException("The actor system ended before it was ready.");
            }

            try
            {
                await copy.RefreshAsync().WaitAsync(cancel);
            }
            catch (BusyException waiting)
            {
                LogWaiting(log, waiting.Message);
            }

            if (!IsReady)
            {
                await Task.Delay(StartPause, time, cancel);
            }
        }
    }

    [LoggerMessage(70, LogLevel.Information, "Waiting for the localities: {Reason}")]
    private static partial void LogWaiting(ILogger log, string reason);

    /// <summary>The portal's host listens to signals; this one ends when it is told to.</summary>
    private sealed class NoLifetime : IHostLifetime
    {
        public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
