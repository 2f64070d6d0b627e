using Akka.Actor;
using Akka.Cluster.Hosting;
using Akka.Hosting;
using Akka.Remote.Hosting;
using EOrda.Actors.Entities;
using EOrda.Actors.Hosting;
using EOrda.Actors.Live;
using EOrda.Actors.Persistence.Tests.Watching;
using EOrda.Actors.Processes;
using EOrda.Actors.Queues;
using EOrda.Actors.Routing;
using EOrda.Actors.Telemetry;
using EOrda.Queues;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace EOrda.Actors.Persistence.Tests.Wiring;

/// <summary>A node of a cluster on loopback: queues in a shard region, a relay and a courier.</summary>
internal sealed class ClusterNode : IAsyncDisposable
{
    private const string Role = "queues";
    private static readonly ActorsBounds Bounds = new() { ReplyTimeout = TimeSpan.FromSeconds(5), WatchRenewal = TimeSpan.FromMilliseconds(300) };
    private readonly IHost host;
    private readonly Gathering gathering;
    private readonly NodeMetrics metrics;
    private readonly EntityAddress.Book addresses;
    private readonly Courier courier;
    private readonly Regions regions;

    private ClusterNode(IHost host, Gathering gathering, NodeMetrics metrics, EntityAddress.Book addresses, Courier courier, Regions regions, LiveRelays relays)
    {
        (this.host, this.gathering, this.metrics, this.addresses, this.courier, this.regions, Relays) = (host, gathering, metrics, addresses, courier, regions, relays);
    }

    public LiveRelays Relays { get; }

    public ActorSystem System => host.Services.GetRequiredService<ActorSystem>();

    public Akka.Cluster.Cluster Cluster => Akka.Cluster.Cluster.Get(System);

    /// <summary>Starts a node that joins another, or itself.</summary>
    public static async Task<ClusterNode> Start(Database database, TimeProvider time, ClusterNode? other = null)
    {
        var gathered = new Gathering(Bounds.GatheringFrom, Bounds.GatheringTime, TimeProvider.System);
        var measured = new NodeMetrics(() => []);
        var book = new EntityAddress.Book(1_000);
        var replies = new Courier(Bounds.Waiting, Bounds.ReplyTimeout, TimeProvider.System);
        var reached = new Regions();
        var live = new LiveRelays(book, replies);
        var rules = new TestRules();
        var services = new EntityServices(Bounds, time, gathered);
        var around = new QueueSurroundings(reached, book, new DueReports(measured, NullLogger.Instance), new ProcessRunner(reached, Bounds, time, NullLogger<ProcessRunner>.Instance));
        var builder = Host.CreateApplicationBuilder();
        builder.Logging.ClearProviders();
        builder.Services.AddAkka("cluster", akka => akka
            .AddHocon("akka.loglevel = OFF, akka.stdout-loglevel = OFF", HoconAddMode.Prepend)
            .WithJournal(database, new DatabaseHealth(TimeSpan.FromSeconds(1), TimeProvider.System), TimeProvider.System)
            .WithWire()
            .WithRemoting("127.0.0.1", 0)
            .WithClustering(new ClusterOptions { Roles = [Role] })
            .WithActors((system, _) => replies.Address = system.ActorOf(Props.Create(() => new CourierActor(replies)), "courier"))
            .WithShardRegion<QueueActor>(
                "queue",
                entity => Props.Create(() => new QueueActor(EntityNames.QueueOf(entity)!, rules, services, around)),
                new EntityExtractor(),
                new ShardOptions { StateStoreMode = Akka.Cluster.Sharding.StateStoreMode.DData, RememberEntities = false, Role = Role })
            .WithActors((system, registry) =>
            {
                reached.Queues = registry.Get<QueueActor>();
                live.Address = system.ActorOf(Props.Create(() => new LiveRelayActor(reached.Queues, replies, Bounds)), "relay");
            }));
        var started = builder.Build();
        await started.StartAsync().WaitAsync(WatchedQueue.Patience);
        var node = new ClusterNode(started, gathered, measured, book, replies, reached, live);
        await node.Cluster.JoinAsync((other ?? node).Cluster.SelfAddress).WaitAsync(WatchedQueue.Patience);
        return node;
    }

    /// <summary>Has the queue decide a command; asked again with the same key while no reply comes.</summary>
    public async Task<Answer> Ask(Command command, CommandKey key)
    {
        for (var tries = 0; ; tries++)
        {
            var address = addresses.Of(WatchedQueue.Key);
            var request = courier.Begin(address.Waiting, out var reply);
            regions.Tell(new AskQueue(address, command, key, request));
            try
            {
                return (Answer)await reply.AsTask().WaitAsync(WatchedQueue.Patience);
            }
            catch (OutcomeUnknownException) when (tries < 3)
            {
                // The cluster was still coming together.
            }
        }
    }

    public async Task<Listener> Listen()
    {
        for (var tries = 0; ; tries++)
        {
            try
            {
                var listener = new Listener();
                listener.Watch = await Relays.Watch(WatchedQueue.Key, listener, CancellationToken.None).AsTask().WaitAsync(WatchedQueue.Patience);
                return listener;
            }
            catch (OutcomeUnknownException) when (tries < 3)
            {
                // The cluster was still coming together.
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        await host.StopAsync().WaitAsync(TimeSpan.FromSeconds(60));
        host.Dispose();
        gathering.Dispose();
        metrics.Dispose();
    }
}
