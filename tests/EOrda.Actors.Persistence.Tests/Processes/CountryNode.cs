using Akka.Actor;
using Akka.Hosting;
using EOrda.Actors.Country;
using EOrda.Actors.Entities;
using EOrda.Actors.Hosting;
using EOrda.Actors.Processes;
using EOrda.Actors.Queries;
using EOrda.Actors.Queues;
using EOrda.Actors.Registers;
using EOrda.Actors.Routing;
using EOrda.Actors.Telemetry;
using EOrda.Queues;
using EOrda.Queues.Country;
using EOrda.Queues.Names;
using EOrda.Queues.Rules;
using EOrda.Queues.Steps;
using EOrda.Queues.Time;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace EOrda.Actors.Persistence.Tests.Processes;

/// <summary>All kinds of entities in an actor system on SQLite, a node's runner of processes, and a door to ask them through.</summary>
internal sealed class CountryNode : IAsyncDisposable
{
    public const string Older = "almaty/general/2021", Younger = "almaty/general/2022";
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly DirectoryInfo directory = Directory.CreateTempSubdirectory("eorda-country-");
    private readonly NodeMetrics metrics = new(() => []);
    private readonly List<ProcessRunner> runners = [];
    private readonly ActorsBounds bounds;
    private readonly Gathering gathering;
    private readonly Courier courier;
    private readonly EntityAddress.Book addresses;
    private readonly LocalitiesCopy rules = new();
    private readonly EntityServices services;
    private IHost? host;
    private QueueSurroundings? around;
    private IActorRef entities = ActorRefs.Nobody;
    private readonly Regions regions = new();
    private ulong keys;

    private CountryNode(ActorsBounds? bounds)
    {
        this.bounds = bounds ?? new ActorsBounds();
        this.bounds = this.bounds with { StepTimeout = TimeSpan.FromSeconds(0.3), UnfinishedAfter = TimeSpan.FromSeconds(0.05) };
        gathering = new Gathering(this.bounds.GatheringFrom, this.bounds.GatheringTime, TimeProvider.System);
        courier = new Courier(this.bounds.Waiting, this.bounds.ReplyTimeout, TimeProvider.System);
        addresses = new EntityAddress.Book(this.bounds.WaitingForEntity);
        Database = Database.Sqlite(directory.FullName);
        services = new EntityServices(this.bounds, Time, gathering);
    }

    public StoppedTime Time { get; } = new();

    public Database Database { get; }

    /// <summary>What becomes of messages between entities, and of the entities; all arrive when it is null.</summary>
    public Func<ToEntity, Fate>? Fates { get; set; }

    /// <summary>What the journal has.</summary>
    public StoredCountry Stored => StoredCountry.Read(Database);

    private ProcessRunner Runner => runners[^1];

    /// <summary>An empty country.</summary>
    public static async Task<CountryNode> Start(ActorsBounds? bounds = null)
    {
        var node = new CountryNode(bounds);
        DatabaseSchema.Prepare(node.Database);
        await node.Begin();
        return node;
    }

    /// <summary>A country with a town: two general kindergartens and a sanatorium.</summary>
    public static async Task<CountryNode> StartWithTown(ActorsBounds? bounds = null)
    {
        var node = await Start(bounds);
        await node.Do(
            new SetRules("almaty", new RulesDraft { TimeZone = "Asia/Almaty", LapsesPerDay = 1, PriorityWorkingDays = 0 }),
            new RegisterKindergarten("kg", "almaty", Kind.General),
            new RegisterKindergarten("kg2", "almaty", Kind.General),
            new RegisterKindergarten("sanatorium", "almaty", Kind.Sanatorium));
        return node;
    }

    public CommandKey NextKey() => new(++keys);

    /// <summary>Lets time pass.</summary>
    public void Pass(TimeSpan time) => Time.Now = Time.Now.Plus(time);

    /// <summary>Has commands decided that nobody refuses, one after another.</summary>
    public async Task Do(params Command[] commands)
    {
        foreach (var command in commands)
        {
            Assert.IsNotType<Refusal>(await Ask(command));
        }
    }

    /// <summary>Has a command decided under a new key.</summary>
    public Task<Answer> Ask(Command command, QueueKey? queue = null) => Ask(command, NextKey(), queue);

    /// <summary>Has a command decided; one that is busy or has no known outcome is asked again with its key, as callers do.</summary>
    public async Task<Answer> Ask(Command command, CommandKey key, QueueKey? queue = null)
    {
        for (var left = 100; ; left--)
        {
            try
            {
                return await AskOnce(command, key, queue);
            }
            catch (Exception fault) when (left > 0 && fault is BusyException or OutcomeUnknownException or NotRecordedException)
            {
                await Task.Delay(20);
            }
        }
    }

    /// <summary>Asks once.</summary>
    public async Task<Answer> AskOnce(Command command, CommandKey key, QueueKey? queue = null)
    {
        var home = Homes.Of(command, queue, addresses);
        var request = courier.Begin(home.Waiting, out var reply);
        regions.Tell(Homes.Asking(home, command, key, queue, request));
        return (Answer)await reply.AsTask().WaitAsync(Patience);
    }

    /// <summary>Has a step taken.</summary>
    public async Task<EOrda.Queues.Steps.Reply> Take(ProcessStep step)
    {
        var address = addresses.Of(step);
        var request = courier.Begin(address.Waiting, out var reply);
        regions.Tell(new AskStep(address, step, request));
        return (EOrda.Queues.Steps.Reply)await reply.AsTask().WaitAsync(Patience);
    }

    /// <summary>All entities of the node stop at once, and what it runs is lost; messages then start them anew.</summary>
    public async Task Crash()
    {
        var before = Runner;
        before.Regions.Queues = before.Regions.Registers = before.Regions.Localities = ActorRefs.Nobody;
        await entities.Ask<string>(new EntityHost.StopAll(), Patience);
        await before.StopAsync(TimeSpan.Zero);
        Fates = null;
        BeginRunning();
    }

    /// <summary>Another actor system on the same database.</summary>
    public async Task Restart()
    {
        await End();
        await Begin();
    }

    /// <summary>Waits until all entities that have records are in memory and nothing is under way but batches that are held.</summary>
    public async Task Settle()
    {
        foreach (var name in Stored.Names)
        {
            await Touch(addresses.Named(name)!);
        }

        await Until(stored => stored.IsSettled(Time.Now));
    }

    /// <summary>Waits until the journal has what is waited for.</summary>
    public async Task Until(Func<StoredCountry, bool> isSo)
    {
        var begun = System.Diagnostics.Stopwatch.StartNew();
        while (!isSo(Stored))
        {
            Assert.True(begun.Elapsed < Patience, "What is waited for does not come.");
            await Task.Delay(20);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await End();
        metrics.Dispose();
        gathering.Dispose();
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        directory.Delete(recursive: true);
    }

    private async Task Touch(EntityAddress address)
    {
        var request = courier.Begin(address.Waiting, out var reply);
        regions.Tell(address.Kind switch
        {
            EntityKind.Queue => new QueryQueue(address, new SummaryQuery(), request),
            EntityKind.Register => new AskStep(address, new FindPlace(default, ""), request),
            _ => new AskStep(address, new FindLocality(default, ""), request),
        });
        await reply.AsTask().WaitAsync(Patience);
    }

    private async Task Begin()
    {
        var builder = Host.CreateApplicationBuilder();
        builder.Logging.ClearProviders();
        builder.Services.AddAkka("country", akka => akka
            .AddHocon("akka.loglevel = OFF, akka.stdout-loglevel = OFF", HoconAddMode.Prepend)
            .WithJournal(Database, services.Health, Time));
        host = builder.Build();
        await host.StartAsync().WaitAsync(Patience);
        var system = host.Services.GetRequiredService<ActorSystem>();
        courier.Address = system.ActorOf(Props.Create(() => new CourierActor(courier)));
        entities = system.ActorOf(Props.Create(() => new EntityHost(PropsOf, message => Fates == null ? Fate.Arrives : Fates(message))));
        BeginRunning();
        rules.Keeper = system.ActorOf(Props.Create(() => new LocalitiesCopyActor(rules, regions, addresses.Localities, Time)));
    }

    private void BeginRunning()
    {
        regions.Queues = regions.Registers = regions.Localities = entities;
        var own = new Regions { Queues = entities, Registers = entities, Localities = entities };
        var runner = new ProcessRunner(own, bounds, TimeProvider.System, NullLogger<ProcessRunner>.Instance);
        runner.Courier.Address = host!.Services.GetRequiredService<ActorSystem>().ActorOf(Props.Create(() => new CourierActor(runner.Courier)));
        runners.Add(runner);
        around = new QueueSurroundings(regions, addresses, new DueReports(metrics, NullLogger.Instance), runner);
    }

    private Props PropsOf(EntityAddress address)
    {
        var (shared, queues, runner) = (services, around!, Runner);
        return address.Kind switch
        {
            EntityKind.Queue => Props.Create(() => new QueueActor(EntityNames.QueueOf(address.Entity)!, rules, shared, queues)),
            EntityKind.Register => Props.Create(() => new RegisterActor(address.Entity, shared, runner)),
            _ => Props.Create(() => new LocalitiesActor(shared, addresses, queues.Regions, runner)),
        };
    }

    private async Task End()
    {
        await Runner.StopAsync(Patience);
        await host!.StopAsync().WaitAsync(Patience);
        host.Dispose();
        runners.Clear();
    }
}
