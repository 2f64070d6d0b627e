using Akka.Actor;
using Akka.Hosting;
using EOrda.Actors.Entities;
using EOrda.Actors.Hosting;
using EOrda.Actors.Live;
using EOrda.Actors.Processes;
using EOrda.Actors.Queues;
using EOrda.Actors.Routing;
using EOrda.Actors.Telemetry;
using EOrda.Queues;
using EOrda.Queues.Applications;
using EOrda.Queues.Country;
using EOrda.Queues.Names;
using EOrda.Queues.Rules;
using EOrda.Queues.Steps;
using EOrda.Queues.Time;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using NodaTime;
using Reply = EOrda.Queues.Steps.Reply;

namespace EOrda.Actors.Persistence.Tests.Watching;

/// <summary>One queue's actor, a node's relay and a journal that a test can hold: Tuesday 2026-06-02, 07:30 in Almaty, ten applications and three places that are open.</summary>
internal sealed class WatchedQueue : IAsyncDisposable
{
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);
    public static readonly QueueKey Key = new("almaty", Kind.General, "2022");
    private static readonly Moment Evening = Local(1, 12, 0);
    private static readonly Moment Handover = Local(1, 18, 0);
    private static readonly Moment Release = Local(2, 7, 0);

    private static readonly string HeldJournalSettings =
        $$"""
        akka.persistence.journal.plugin = "akka.persistence.journal.held"
        akka.persistence.journal.held.class = "{{typeof(HeldJournal).AssemblyQualifiedName}}"
        """;

    private readonly IHost host;
    private readonly ActorsBounds bounds;
    private readonly EntityAddress.Book addresses = new(100);
    private readonly Gathering gathering;
    private readonly Courier courier;
    private readonly EntityServices services;
    private readonly TestRules rules = new();
    private readonly NodeMetrics metrics = new(() => []);
    private readonly QueueSurroundings around;
    private IActorRef region = ActorRefs.Nobody;
    private ulong lastKey = 1_000;

    private WatchedQueue(IHost host, TimeSpan renewal)
    {
        this.host = host;
        System = host.Services.GetRequiredService<ActorSystem>();
        bounds = new ActorsBounds
        {
            ReplyTimeout = TimeSpan.FromSeconds(20),
            LiveInterval = TimeSpan.FromMilliseconds(20),
            WatchRenewal = renewal,
            WatchesPerQueue = 3,
        };
        gathering = new Gathering(bounds.GatheringFrom, bounds.GatheringTime, TimeProvider.System);
        courier = new Courier(bounds.Waiting, bounds.ReplyTimeout, TimeProvider.System);
        services = new EntityServices(bounds, Time, gathering);
        var regions = new Regions();
        around = new QueueSurroundings(regions, addresses, new DueReports(metrics, NullLogger.Instance), new ProcessRunner(regions, bounds, Time, NullLogger<ProcessRunner>.Instance));
        Relays = new LiveRelays(addresses, courier);
    }

    public ActorSystem System { get; }

    /// <summary>The clock. It runs by itself, and jumps ahead when a test says so.</summary>
    public RunningTime Time { get; } = new(new DateTimeOffset(2026, 6, 2, 7, 30, 0, TimeSpan.FromHours(5)));

    public LiveRelays Relays { get; }

    public EntityAddress Address => addresses.Of(Key);

    /// <summary>A queue in which nothing was ever filed or freed.</summary>
    public static QueueKey Elsewhere { get; } = new("almaty", Kind.General, "2021");

    /// <summary>The relay as the queue knows it.</summary>
    public IActorRef Line { get; private set; } = ActorRefs.Nobody;

    /// <summary>Starts the queue on a journal in memory that a test can hold, or on a database.</summary>
    public static async Task<WatchedQueue> Start(double renewalSeconds = 0.2, Database? database = null)
    {
        var builder = Host.CreateApplicationBuilder();
        builder.Logging.ClearProviders();
        builder.Services.AddAkka("watched", akka =>
        {
            akka.AddHocon("akka.loglevel = OFF, akka.stdout-loglevel = OFF", HoconAddMode.Prepend);
            akka.WithWire();
            _ = database is null ? akka.AddHocon(HeldJournalSettings, HoconAddMode.Prepend) : akka.WithJournal(database, new DatabaseHealth(TimeSpan.FromSeconds(1), TimeProvider.System), TimeProvider.System);
        });
        var started = builder.Build();
        await started.StartAsync().WaitAsync(Patience);
        var queue = new WatchedQueue(started, TimeSpan.FromSeconds(renewalSeconds));
        await queue.Begin();
        return queue;
    }

    /// <summary>Has a command decided; the answer comes when it is stored.</summary>
    public async Task<Answer> Ask(Command command)
    {
        var request = courier.Begin(Address.Waiting, out var reply);
        region.Tell(new AskQueue(Address, command, new CommandKey(++lastKey), request));
        return (Answer)await reply.AsTask().WaitAsync(Patience);
    }

    /// <summary>Has a step taken; the reply comes when it is stored.</summary>
    public async Task<Reply> Take(ProcessStep step)
    {
        var request = courier.Begin(Address.Waiting, out var reply);
        region.Tell(new AskStep(Address, step, request));
        return (Reply)await reply.AsTask().WaitAsync(Patience);
    }

    public Task<Answer> Reserve(int application, int place) => Ask(new Reserve($"a{application}", $"p{place}", null));

    /// <summary>The queue's actor stops; the next message starts it anew.</summary>
    public Task StopEntity() => region.Ask<int>(new TestRegion.StopAll(), Patience);

    /// <summary>What the line to the relay loses from now on.</summary>
    public Task Lose(Func<object, bool> which) => Line.Ask<string>(new LossyLine.Lose(which), Patience);

    public Task Hold() => Journal.Ask(new HeldJournal.Hold(), Patience);

    public Task LetGo() => Journal.Ask(new HeldJournal.LetGo(), Patience);

    public Task FailHeld() => Journal.Ask(new HeldJournal.FailHeld(), Patience);

    /// <summary>Sends the queue a message as it is.</summary>
    public void Tell(ToEntity message) => region.Tell(new TestRegion.Direct(message));

    public async Task<Listener> Listen()
    {
        var listener = new Listener();
        listener.Watch = await Relays.Watch(Key, listener, CancellationToken.None).AsTask().WaitAsync(Patience);
        return listener;
    }

    /// <summary>The queue as it is stored now, numbered as the updates are.</summary>
    public Task<LiveSnapshot> Snapshot() => Relays.Snapshot(Key, CancellationToken.None).AsTask().WaitAsync(Patience);

    /// <summary>The locality's rules from now on.</summary>
    public void Amend(Action<RulesDraft> change) => rules.Amend(Moment.From(Time.GetUtcNow()), change);

    public async ValueTask DisposeAsync()
    {
        await host.StopAsync().WaitAsync(Patience);
        host.Dispose();
        gathering.Dispose();
        metrics.Dispose();
    }

    private IActorRef Journal => Akka.Persistence.Persistence.Instance.Apply(System).JournalFor("");

    private static Moment Local(int day, int hour, int minute) => new(new DateTimeOffset(2026, 6, day, hour, minute, 0, TimeSpan.FromHours(5)).ToUnixTimeMilliseconds());

    private async Task Begin()
    {
        var courierActor = System.ActorOf(Props.Create(() => new CourierActor(courier)));
        courier.Address = System.ActorOf(Props.Create(() => new Crossing(courierActor)));
        await SeedQueue();
        Line = System.ActorOf(Props.Create(() => new LossyLine()));
        region = System.ActorOf(Props.Create(() => new TestRegion(address => Props.Create(() => new QueueActor(EntityNames.QueueOf(address.Entity)!, rules, services, around)), Line)));
        Relays.Address = System.ActorOf(Props.Create(() => new LiveRelayActor(region, courier, bounds)));
        Line.Tell(new LossyLine.Connect(Relays.Address));
    }

    private async Task SeedQueue()
    {
        var entity = System.ActorOf(Props.Create(() => new SeedingEntity(Address.Entity, services)));
        var request = courier.Begin(Address.Waiting, out var reply);
        entity.Tell(new Seed(request, Evening, [
            new RulesAdopted(rules.First),
            .. Enumerable.Range(1, 10).Select(i => new ApplicationSubmitted(
                $"a{i}", $"c{i}", $"parent{i}", new LocalDate(2022, 3, 1), Category.General, Evening, false, new LocalDate(2027, 6, 1), new CommandKey((UInt128)i))),
            .. Enumerable.Range(1, 3).Select(i => new PlaceReported($"p{i}", "kg", Handover, Release, new CommandKey((UInt128)(100 + i)))),
        ]));
        await reply.AsTask().WaitAsync(Patience);
        await entity.GracefulStop(Patience);
    }
}
