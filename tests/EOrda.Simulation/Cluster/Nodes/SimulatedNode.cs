using System.Collections.Immutable;
using Akka.Actor;
using Akka.Actor.Setup;
using Akka.Configuration;
using Akka.Event;
using Akka.Serialization;
using EOrda.Actors.Country;
using EOrda.Actors.Entities;
using EOrda.Actors.Live;
using EOrda.Actors.Persistence;
using EOrda.Actors.Processes;
using EOrda.Actors.Queues;
using EOrda.Actors.Registers;
using EOrda.Actors.Routing;
using EOrda.Actors.Telemetry;
using EOrda.Actors.Wire;
using EOrda.Queues;
using EOrda.Queues.Steps;
using EOrda.Simulation.Cluster.Seeded;
using EOrda.Simulation.Virtual;
using Microsoft.Extensions.Logging.Abstractions;

namespace EOrda.Simulation.Cluster.Nodes;

/// <summary>A node of the cluster: a process after the other, each with an actor system of its own and the same actors as in life.</summary>
internal sealed class SimulatedNode(ClusterWorld world, int number)
{
    private static readonly Config Settings = ConfigurationFactory.ParseString(NodeSettings.Text);
    private static readonly TimeSpan SweepEvery = TimeSpan.FromSeconds(5);

    private readonly DueReports dues = new(world.Metrics, NullLogger.Instance);
    private Life life = Over(world);
    private ActorSystem? system;
    private IActorRef parent = ActorRefs.Nobody;
    private EntityServices? services;
    private QueueSurroundings? around;
    private LocalitiesCopy copy = new();

    /// <summary>The world that the node is in.</summary>
    public ClusterWorld World { get; } = world;

    /// <summary>The node's number, from 0 on.</summary>
    public int Number { get; } = number;

    /// <summary>Counts the processes.</summary>
    public int Generation { get; private set; }

    /// <summary>True while there is a process.</summary>
    public bool IsUp => !life.IsOver;

    /// <summary>The clock and timers of the process.</summary>
    public VirtualTime Time { get; private set; } = new(world.Start, _ => { });

    /// <summary>What callers ask.</summary>
    public Door Door { get; private set; } = null!;

    /// <summary>Starts a process.</summary>
    public void Start()
    {
        if (IsUp)
        {
            return;
        }

        Generation++;
        var begun = life = new Life(Number, World.Work);
        Time = new VirtualTime(Time.Now, work => World.Work.Add(begun, work));
        World.Note($"node {Number} starts process {Generation}");

        var time = World.Mutant.Time(Time);
        var bounds = World.Settings.Bounds;
        VirtualScheduler.ForNextSystem(Time);
        system = ActorSystem.Create(
            Network.SystemOf(Number),
            ActorSystemSetup.Create(
                BootstrapSetup.Create().WithConfig(Settings),
                SerializationSetup.Create(Serializers),
                new NodeSetup(this, begun, World.Work, Time, World.Settings.Throughput)));
        Listen(system);

        services = new EntityServices(bounds, time, new Gathering(bounds.GatheringFrom, bounds.GatheringTime, time));
        var courier = new Courier(bounds.Waiting, bounds.ReplyTimeout, time, work => World.Work.Add(begun, work));
        var addresses = new EntityAddress.Book(bounds.WaitingForEntity);
        var regions = new Regions { Queues = Region(system, "queue"), Registers = Region(system, "register"), Localities = Region(system, "localities") };
        var processes = new ProcessRunner(regions, bounds, time, NullLogger<ProcessRunner>.Instance);
        around = new QueueSurroundings(regions, addresses, dues, processes);

        parent = system.ActorOf(Made.By(() => new EntityParent(this)), "entities");
        courier.Address = system.ActorOf(Made.By(() => new CourierActor(courier, SweepEvery)), "courier");
        system.ActorOf(Made.By(() => new DeadLetterReplies(services)), "dead-letter-replies");
        processes.Courier.Address = system.ActorOf(Made.By(() => new CourierActor(processes.Courier, SweepEvery)), "process-courier");
        copy = new LocalitiesCopy();
        copy.Keeper = system.ActorOf(Made.By(() => new LocalitiesCopyActor(copy, regions, addresses.Localities, time)), "localities-copy");
        var relays = new LiveRelays(addresses, courier) { Address = system.ActorOf(Made.By(() => new LiveRelayActor(regions.Queues, courier, bounds)), "live") };
        Door = new Door(courier, regions, addresses, copy, relays);
    }

    /// <summary>The process dies here and now; another starts after a while.</summary>
    public void Die(TimeSpan downFor)
    {
        if (!IsUp)
        {
            return;
        }

        World.Note($"node {Number} dies");
        life.End();
        World.Work.Forget(life);
        system = null;
        Time = new VirtualTime(Time.Now, _ => { });
        World.After(World.Faults.NoticedAfter(), () =>
        {
            World.Sharding.NodeIsGone(Number);
            World.After(downFor, Start);
        });
    }

    /// <summary>Runs something in the process: what it awaits goes on in the process.</summary>
    public void Run(Action action) => World.Work.Add(life, action);

    /// <summary>A message for an entity of this node has arrived.</summary>
    public void Deliver(string entity, object message, IActorRef? sender) => parent.Tell(new ToEntityHere(entity, message), sender);

    /// <summary>An entity is to stop here and move.</summary>
    public void HandOff(string entity)
    {
        if (IsUp)
        {
            parent.Tell(new HandOff(entity));
        }
        else
        {
            World.Sharding.HasLeft(entity, Number);
        }
    }

    /// <summary>Has an entity throw.</summary>
    public void Throw(string entity)
    {
        if (IsUp)
        {
            Deliver(entity, new AskStep(around!.Addresses.Named(entity)!, new NoStep(), new Request(ActorRefs.Nobody, 0)), ActorRefs.NoSender);
        }
    }

    /// <summary>What makes an entity's actor.</summary>
    public Props PropsOf(string entity) => entity switch
    {
        EntityNames.Localities => Made.By(() => new LocalitiesActor(services!, around!.Addresses, around.Regions, around.Processes)),
        _ when EntityNames.QueueOf(entity) is { } queue => Made.By(() => new QueueActor(queue, copy, services!, around!)),
        _ => Made.By(() => new RegisterActor(entity, services!, around!.Processes)),
    };

    /// <summary>An actor of the node, or one of another node as this node sees it.</summary>
    public IActorRef ActorAt(ActorPath path) => ((ExtendedActorSystem)system!).Provider.ResolveActorRef(path);

    /// <summary>A message as bytes, as the node writes it.</summary>
    public WireBytes Written(object message)
    {
        var serializer = (SerializerWithStringManifest)system!.Serialization.FindSerializerFor(message);
        return new WireBytes(serializer.ToBinary(message), serializer.Identifier, serializer.Manifest(message));
    }

    /// <summary>A message out of bytes, as the node reads them.</summary>
    public object Read(WireBytes bytes) => system!.Serialization.Deserialize(bytes.Bytes, bytes.Serializer, bytes.Manifest);

    /// <summary>Whether the database takes what the node writes.</summary>
    public DatabaseHealth Health => services!.Health;

    /// <summary>An address on the node for a mutant that stands between two actors.</summary>
    public IActorRef Relayed(string name, Action<object, IActorRef> send) => Relayed(system!, name, send);

    private static Life Over(ClusterWorld world)
    {
        var over = new Life(node: -1, world.Work);
        over.End();
        return over;
    }

    private static ImmutableHashSet<SerializerDetails> Serializers(ExtendedActorSystem made) =>
    [
        SerializerDetails.Create(EordaSerializer.Name, new EordaSerializer(made), [.. EordaSerializer.Types]),
        SerializerDetails.Create(EordaWireSerializer.Name, new EordaWireSerializer(made), [.. EordaWireSerializer.Types]),
    ];

    private RelayedRef Region(ActorSystem made, string name)
    {
        var extractor = new EntityExtractor();
        return Relayed(made, name, (message, sender) =>
        {
            foreach (var sent in World.Mutant.Sent(this, message))
            {
                World.Sharding.Send(this, extractor.EntityId(sent)!, sent, sender);
            }
        });
    }

    private static RelayedRef Relayed(ActorSystem made, string name, Action<object, IActorRef> send) =>
        new(new RootActorPath(new Address("akka", made.Name)) / name, ((ExtendedActorSystem)made).Provider, send);

    private void Listen(ActorSystem made)
    {
        var log = Relayed(made, "log", (message, _) =>
        {
            if (message is LogEvent told)
            {
                World.Trace.Say($"      node {Number} logs: {told.Message} {told.Cause?.Message}");
            }
        });
        made.EventStream.Subscribe(log, typeof(Warning));
        made.EventStream.Subscribe(log, typeof(Error));
    }

    private sealed record NoStep() : ProcessStep(default(CommandKey));
}
