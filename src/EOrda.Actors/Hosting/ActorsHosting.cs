using Akka.Actor;
using Akka.Cluster.Hosting;
using Akka.Cluster.Hosting.SBR;
using Akka.Cluster.Sharding;
using Akka.Hosting;
using Akka.Hosting.Logging;
using Akka.Persistence.Sql.Hosting;
using Akka.Remote.Hosting;
using Akka.Remote.Transport.DotNetty;
using EOrda.Actors.Country;
using EOrda.Actors.Entities;
using EOrda.Actors.Live;
using EOrda.Actors.Membership;
using EOrda.Actors.Persistence;
using EOrda.Actors.Processes;
using EOrda.Actors.Queues;
using EOrda.Actors.Registers;
using EOrda.Actors.Routing;
using EOrda.Actors.Telemetry;
using EOrda.Actors.Wire;
using EOrda.Queues.Names;
using Microsoft.Extensions.Logging;

namespace EOrda.Actors.Hosting;

/// <summary>Puts the actors of a node together.</summary>
internal static class ActorsHosting
{
    /// <summary>The actor system's name: part of how nodes find each other.</summary>
    public const string SystemName = "eorda";

    private const string Role = "queues";

    // Fewer cannot tell which side of a cut is the larger one.
    private const int LeastForMajority = 3;

    /// <summary>Adds the logging of actors.</summary>
    public static AkkaConfigurationBuilder WithLogs(this AkkaConfigurationBuilder akka, ILoggerFactory logs) =>
        akka.ConfigureLoggers(loggers =>
        {
            loggers.ClearLoggers();
            loggers.AddLogger<AkkaLogger>();
        }).AddSetup(new LoggerFactorySetup(logs));

    /// <summary>Adds the membership of a cluster. A node that is alone forms one of its own and listens on loopback only.</summary>
    public static AkkaConfigurationBuilder WithMembership(this AkkaConfigurationBuilder akka, ClusterMembership? cluster)
    {
        if (cluster is null)
        {
            akka.WithRemoting("127.0.0.1", 0);
            akka.WithClustering(new ClusterOptions { Roles = [Role] });
            return akka.AddStartup((system, _) =>
            {
                var alone = Akka.Cluster.Cluster.Get(system);
                alone.Join(alone.SelfAddress);
            });
        }

        akka.AddHocon("akka.remote.dot-netty.tcp.enable-ssl = true", HoconAddMode.Prepend);
        akka.AddSetup(new DotNettySslSetup(
            cluster.Certificate,
            suppressValidation: false,
            requireMutualAuthentication: true,
            (certificate, _, _, _, _) => cluster.Trusts(certificate)));
        akka.WithRemoting(cluster.Host, cluster.Port);
        return akka.WithClustering(new ClusterOptions
        {
            Roles = [Role],
            SeedNodes = [.. cluster.Seeds.Select(seed => $"akka.ssl.tcp://{SystemName}@{seed}")],
            SplitBrainResolver = cluster.Seeds.Count < LeastForMajority ? new KeepOldestOption { DownIfAlone = true } : new KeepMajorityOption(),
        });
    }

    /// <summary>Adds the entities: the queues, the buckets of the register and the localities, each on one node of the cluster at a time.</summary>
    /// <param name="akka">The actor system.</param>
    /// <param name="regions">Receives where the entities are reached.</param>
    /// <param name="services">What entities share.</param>
    /// <param name="rules">What the node knows of localities.</param>
    /// <param name="around">What the queues share beside the rules.</param>
    public static AkkaConfigurationBuilder WithEntities(
        this AkkaConfigurationBuilder akka,
        Regions regions,
        EntityServices services,
        ILocalityRules rules,
        QueueSurroundings around)
    {
        var processes = around.Processes;
        var sharding = new ShardOptions
        {
            StateStoreMode = StateStoreMode.DData,
            RememberEntities = false,
            Role = Role,
            HandOffStopMessage = StopWhenStored.Message,
        };
        akka.WithShardRegion<QueueActor>("queue", entity => Props.Create(() => new QueueActor(KeyOf(entity), rules, services, around)), new EntityExtractor(), sharding);
        akka.WithShardRegion<RegisterActor>("register", entity => Props.Create(() => new RegisterActor(entity, services, processes)), new EntityExtractor(), sharding);
        akka.WithShardRegion<LocalitiesActor>(
            "localities",
            _ => Props.Create(() => new LocalitiesActor(services, around.Addresses, around.Regions, processes)),
            new EntityExtractor(),
            sharding);
        return akka.WithActors((_, registry) =>
        {
            regions.Queues = registry.Get<QueueActor>();
            regions.Registers = registry.Get<RegisterActor>();
            regions.Localities = registry.Get<LocalitiesActor>();
        });
    }

    /// <summary>Adds the actors that each node has one of: what replies come to, the copy of the localities, the relay of live updates.</summary>
    public static AkkaConfigurationBuilder WithNode(
        this AkkaConfigurationBuilder akka,
        Regions regions,
        EntityServices services,
        Courier courier,
        ProcessRunner processes,
        LocalitiesCopy copy,
        EntityAddress.Book addresses,
        LiveRelays relays) =>
        akka.WithActors((system, _) =>
        {
            courier.Address = system.ActorOf(Props.Create(() => new CourierActor(courier)), "courier");
            system.ActorOf(Props.Create(() => new DeadLetterReplies(services)), "dead-letter-replies");
            processes.Courier.Address = system.ActorOf(Props.Create(() => new CourierActor(processes.Courier)), "process-courier");
            copy.Keeper = system.ActorOf(Props.Create(() => new LocalitiesCopyActor(copy, regions, addresses.Localities, services.Time)), "localities-copy");
            relays.Address = system.ActorOf(Props.Create(() => new LiveRelayActor(regions.Queues, courier, services.Bounds)), "relay");
        });

    /// <summary>Adds what a node of a cluster has besides: it compares its clock with the others', ends when it stood still, and tells who comes and goes.</summary>
    public static AkkaConfigurationBuilder WithOthers(this AkkaConfigurationBuilder akka, Regions regions, LocalitiesCopy copy, ClusterMetrics metrics, TimeProvider time, ILoggerFactory logs) =>
        akka.WithActors((system, _) =>
        {
            system.ActorOf(Props.Create(() => new ClockActor(copy, metrics, time, logs.CreateLogger<ClockActor>())), ClockActor.Name);
            system.ActorOf(Props.Create(() => new StandstillActor(copy, time, logs.CreateLogger<StandstillActor>())), "standstill");
            system.ActorOf(Props.Create(() => new MembershipActor(regions, metrics, logs.CreateLogger<MembershipActor>())), "membership");
        });

    /// <summary>Has the node outlive connections that fail while they are opened.</summary>
    public static AkkaConfigurationBuilder WithoutEndingBy(this AkkaConfigurationBuilder akka, FailedHandshakes handshakes) =>
        akka.AddHocon(FailedHandshakes.Settings, HoconAddMode.Prepend).AddStartup((system, _) => handshakes.HoldBack(system));

    /// <summary>Adds the journal and the snapshots in a database, and the formats in which entities persist.</summary>
    public static AkkaConfigurationBuilder WithJournal(this AkkaConfigurationBuilder akka, Database database, DatabaseHealth health, TimeProvider time, ActorsMetrics? metrics = null)
    {
        akka.AddHocon(ActorsSettings.For(database), HoconAddMode.Prepend);
        akka.AddSetup(new JournalSetup(database, health, time) { Metrics = metrics });
        akka.WithCustomSerializer(EordaSerializer.Name, EordaSerializer.Types, system => new EordaSerializer(system));
        akka.WithSqlPersistence(
            journalOptions: null,
            new SqlSnapshotOptions(isDefaultPlugin: true)
            {
                DataOptions = database.Options,
                ProviderName = database.ProviderName,
                AutoInitialize = false,
            });
        return akka;
    }

    private static QueueKey KeyOf(string entity) => EntityNames.QueueOf(entity) ?? throw new ArgumentException($"'{entity}' is no queue.", nameof(entity));
}
