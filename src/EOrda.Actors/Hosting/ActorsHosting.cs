using Akka.Actor;
using Akka.Cluster.Hosting;
using Akka.Cluster.Sharding;
using Akka.Hosting;
using Akka.Persistence.Sql.Hosting;
using Akka.Remote.Hosting;
using EOrda.Actors.Country;
using EOrda.Actors.Entities;
using EOrda.Actors.Persistence;
using EOrda.Actors.Processes;
using EOrda.Actors.Queues;
using EOrda.Actors.Registers;
using EOrda.Actors.Routing;
using EOrda.Queues.Names;

namespace EOrda.Actors.Hosting;

/// <summary>Puts the actors of a node together.</summary>
internal static class ActorsHosting
{
    private const string Role = "queues";

    /// <summary>Adds what a node of one machine needs: it forms a cluster of its own and listens on loopback only.</summary>
    /// <param name="akka">The actor system.</param>
    /// <param name="database">Where the journal is. Its schema must have been prepared.</param>
    /// <param name="services">What entities share.</param>
    /// <param name="rules">What the node knows of localities.</param>
    /// <param name="around">What the queues share beside the rules.</param>
    /// <param name="courier">Receives the replies.</param>
    public static AkkaConfigurationBuilder WithQueues(
        this AkkaConfigurationBuilder akka,
        Database database,
        EntityServices services,
        ILocalityRules rules,
        QueueSurroundings around,
        Courier courier)
    {
        var processes = around.Processes;
        akka.WithWire();
        akka.WithJournal(database, services.Health, services.Time);
        akka.WithRemoting("127.0.0.1", 0);
        akka.WithClustering(new ClusterOptions { Roles = [Role] });
        akka.AddStartup((system, _) =>
        {
            var cluster = Akka.Cluster.Cluster.Get(system);
            cluster.Join(cluster.SelfAddress);
        });
        akka.WithActors((system, registry) =>
        {
            courier.Address = system.ActorOf(Props.Create(() => new CourierActor(courier)), "courier");
            registry.Register<CourierActor>(courier.Address);
            system.ActorOf(Props.Create(() => new DeadLetterReplies(services)), "dead-letter-replies");
            processes.Courier.Address = system.ActorOf(Props.Create(() => new CourierActor(processes.Courier)), "process-courier");
        });
        var sharding = new ShardOptions { StateStoreMode = StateStoreMode.DData, RememberEntities = false, Role = Role };
        akka.WithShardRegion<QueueActor>("queue", entity => Props.Create(() => new QueueActor(KeyOf(entity), rules, services, around)), new EntityExtractor(), sharding);
        akka.WithShardRegion<RegisterActor>("register", entity => Props.Create(() => new RegisterActor(entity, services, processes)), new EntityExtractor(), sharding);
        akka.WithActors((_, registry) =>
        {
            processes.Regions.Queues = registry.Get<QueueActor>();
            processes.Regions.Registers = registry.Get<RegisterActor>();
        });
        return akka;
    }

    /// <summary>Adds the journal and the snapshots in a database, and the formats in which entities persist.</summary>
    public static AkkaConfigurationBuilder WithJournal(this AkkaConfigurationBuilder akka, Database database, DatabaseHealth health, TimeProvider time)
    {
        akka.AddHocon(ActorsSettings.For(database), HoconAddMode.Prepend);
        akka.AddSetup(new JournalSetup(database, health, time));
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
