using System.Collections.Immutable;
using Akka.Actor;
using Akka.Actor.Setup;
using Akka.Configuration;
using Akka.Event;
using Akka.Serialization;
using EOrda.Actors.Entities;
using EOrda.Actors.Persistence;
using EOrda.Actors.Processes;
using EOrda.Actors.Queues;
using EOrda.Actors.Registers;
using EOrda.Actors.Routing;
using EOrda.Queues;
using EOrda.Queues.Steps;
using EOrda.Simulation.Cluster.Seeded;
using EOrda.Simulation.Virtual;

namespace EOrda.Simulation.Cluster.Nodes;

/// <summary>A node of the cluster: a process after the other, each with an actor system of its own and the same actors as in life.</summary>
internal sealed class SimulatedNode(ClusterWorld world, int number)
{
    private static readonly Config Settings = ConfigurationFactory.ParseString(NodeSettings.Text);
    private static readonly TimeSpan SweepEvery = TimeSpan.FromSeconds(1);

    private readonly HashSet<string> leaving = new(StringComparer.Ordinal);
    private Life life = Over();
    private IActorRef parent = ActorRefs.Nobody;
    private EntityServices? services;

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

    /// <summary>The requests of this node that wait for a reply.</summary>
    public Courier Courier { get; private set; } = null!;

    /// <summary>The addresses of entities.</summary>
    public EntityAddress.Book Addresses { get; private set; } = null!;

    /// <summary>Where messages to entities go.</summary>
    public Regions Regions { get; private set; } = new();

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
        var begun = life = new Life(Number);
        Time = new VirtualTime(Time.Now, work => World.Work.Add(begun, work));
        World.Note($"node {Number} starts process {Generation}");

        var time = World.Mutant.Time(Time);
        var bounds = World.Settings.Bounds;
        services = new EntityServices(bounds, time, new Gathering(bounds.GatheringFrom, bounds.GatheringTime, time));
        Courier = new Courier(bounds.Waiting, bounds.ReplyTimeout, time, work => World.Work.Add(begun, work));
        Addresses = new EntityAddress.Book(bounds.WaitingForEntity);
        Door = new Door(this);

        VirtualScheduler.ForNextSystem(Time);
        var system = ActorSystem.Create(
            $"node-{Number}",
            ActorSystemSetup.Create(
                BootstrapSetup.Create().WithConfig(Settings),
                SerializationSetup.Create(made => [SerializerDetails.Create(EordaSerializer.Name, new EordaSerializer(made), EordaSerializer.Types.ToImmutableHashSet())]),
                new NodeSetup(this, begun, World.Work, Time, World.Settings.Throughput)));
        Listen(system);

        parent = system.ActorOf(Made.By(() => new EntityParent(this)), "entities");
        var courier = system.ActorOf(Made.By(() => new CourierActor(Courier, SweepEvery)), "courier");
        Courier.Address = Relayed(system, "courier-of-others", (message, sender) =>
            World.Network.Send(World.Work.Running?.Node ?? Number, Number, "replies", () => courier.Tell(message, sender)));
        Regions = new Regions { Queues = Region(system, "queue"), Registers = Region(system, "register"), Localities = Region(system, "localities") };
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
        leaving.Clear();
        World.After(World.Faults.NoticedAfter(), () =>
        {
            World.Sharding.NodeIsGone(Number);
            World.After(downFor, Start);
        });
    }

    /// <summary>The node hands its entities over and stops as it should; another process starts at once.</summary>
    public void Stop()
    {
        World.Note($"node {Number} is stopped");
        Die(TimeSpan.Zero);
    }

    /// <summary>A message for an entity of this node has arrived.</summary>
    public void Deliver(string entity, object message, IActorRef? sender) => parent.Tell(new ToEntity(entity, message), sender);

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

    /// <summary>What makes an entity's actor.</summary>
    public Props PropsOf(string entity) => EntityNames.QueueOf(entity) is { } queue
        ? Made.By(() => new QueueActor(queue, World.Localities, services!))
        : Made.By(() => new RegisterActor(entity, services!));

    /// <summary>Has an entity throw.</summary>
    public void Throw(string entity) =>
        Deliver(entity, new AskStep(Addresses.Named(entity)!, new NoStep(), new Request(ActorRefs.Nobody, 0)), ActorRefs.NoSender);

    private RelayedRef Region(ActorSystem system, string name)
    {
        var extractor = new EntityExtractor();
        return Relayed(system, name, (message, sender) => World.Sharding.Send(this, extractor.EntityId(message)!, message, sender));
    }

    private static Life Over()
    {
        var over = new Life(node: -1);
        over.End();
        return over;
    }

    private static RelayedRef Relayed(ActorSystem system, string name, Action<object, IActorRef> send) =>
        new(new RootActorPath(new Address("akka", system.Name)) / name, ((ExtendedActorSystem)system).Provider, send);

    private void Listen(ActorSystem system)
    {
        var log = Relayed(system, "log", (message, _) =>
        {
            if (message is LogEvent told)
            {
                World.Trace.Say($"      node {Number} logs: {told.Message} {told.Cause?.Message}");
            }
        });
        system.EventStream.Subscribe(log, typeof(Warning));
        system.EventStream.Subscribe(log, typeof(Error));
    }

    private sealed record NoStep() : ProcessStep(default(CommandKey));
}
