using System.Data;
using Akka.Actor;
using Akka.Hosting;
using EOrda.Actors.Answers;
using EOrda.Actors.Country;
using EOrda.Actors.Entities;
using EOrda.Actors.Hosting;
using EOrda.Actors.Journal;
using EOrda.Actors.Live;
using EOrda.Actors.Processes;
using EOrda.Actors.Queries;
using EOrda.Actors.Queues;
using EOrda.Actors.Registers;
using EOrda.Actors.Routing;
using EOrda.Actors.Telemetry;
using EOrda.Queues;
using EOrda.Queues.Country;
using EOrda.Queues.Names;
using EOrda.Queues.Steps;
using EOrda.Queues.Time;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Busy = EOrda.Queues.Steps.Busy;
using Reply = EOrda.Queues.Steps.Reply;

namespace EOrda.Actors.Persistence.Tests.Country;

/// <summary>A node with queues, registers, localities and its copy of these, on a database and a clock that stands still.</summary>
internal sealed class CountryNode : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan InSeconds = TimeSpan.FromSeconds(80);
    private static readonly ActorsBounds Bounds = new() { IdleBeforePassivation = TimeSpan.FromSeconds(30) };
    private static long lastKey;
    private readonly Database database;
    private readonly StandingClock clock;
    private readonly NodeMetrics metrics = new(() => []);
    private readonly Gathering gathering;
    private readonly Courier courier;
    private readonly EntityAddress.Book addresses;
    private readonly IHost host;
    private readonly Regions regions = new();
    private readonly ProcessRunner processes;

    private CountryNode(Database database, StandingClock clock, ActorsBounds bounds)
    {
        this.database = database;
        this.clock = clock;
        gathering = new Gathering(bounds.GatheringFrom, bounds.GatheringTime, clock);
        courier = new Courier(bounds.Waiting, bounds.ReplyTimeout, clock);
        addresses = new EntityAddress.Book(bounds.WaitingForEntity);
        Dues = new DueReports(metrics, NullLogger.Instance);
        var services = new EntityServices(bounds, clock, gathering);
        processes = new ProcessRunner(regions, bounds, clock, NullLogger<ProcessRunner>.Instance);
        var around = new QueueSurroundings(regions, addresses, Dues, processes);
        var builder = Host.CreateApplicationBuilder();
        builder.Logging.ClearProviders();
        builder.Services.AddAkka("country", akka => akka
            .AddHocon(ClockScheduler.Settings(clock), HoconAddMode.Prepend)
            .AddHocon("akka.loglevel = OFF, akka.stdout-loglevel = OFF", HoconAddMode.Prepend)
            .WithJournal(database, services.Health, clock)
            .WithActors((system, _) =>
            {
                courier.Address = system.ActorOf(Props.Create(() => new CourierActor(courier)));
                processes.Courier.Address = system.ActorOf(Props.Create(() => new CourierActor(processes.Courier)));
                regions.Queues = Region(system, entity => Props.Create(() => new QueueActor(EntityNames.QueueOf(entity)!, Copy, services, around)));
                regions.Registers = Region(system, entity => Props.Create(() => new RegisterActor(entity, services, processes)));
                regions.Localities = Region(system, _ => Props.Create(() => new LocalitiesActor(services, addresses, regions, processes)));
                Copy.Keeper = system.ActorOf(Props.Create(() => new LocalitiesCopyActor(Copy, regions, addresses.Localities, clock)));
            }));
        host = builder.Build();
    }

    public LocalitiesCopy Copy { get; } = new();

    public DueReports Dues { get; }

    /// <summary>What becomes of a message to an entity; null loses it.</summary>
    public Func<ToEntity, ToEntity?> Line { get; set; } = message => message;

    public static async Task<CountryNode> Start(Database database, StandingClock clock, ActorsBounds? bounds = null)
    {
        var node = new CountryNode(database, clock, bounds ?? Bounds);
        await node.host.StartAsync().WaitAsync(Patience);
        await node.Eventually(() => node.Copy.HasHorizon(clock.Now));
        return node;
    }

    public static CommandKey NextKey() => new((UInt128)Interlocked.Increment(ref lastKey));

    /// <summary>Waits until something is so, while the clock goes on slowly.</summary>
    public async Task Eventually(Func<bool> isSo)
    {
        using var limit = new CancellationTokenSource(Patience);
        while (!isSo())
        {
            await Creep(limit.Token);
        }
    }

    /// <summary>Brings the node's copy up to date.</summary>
    public async Task Refresh()
    {
        var refreshed = Copy.RefreshAsync();
        await Eventually(() => refreshed.IsCompleted);
        await refreshed;
    }

    /// <summary>Runs a command's process to its end.</summary>
    public async Task<Answer> Do(Command command)
    {
        var process = new CommandProcess(NextKey(), command);
        var replies = new List<Reply>();
        while (process.After(replies) is { Ask: { } step })
        {
            if (await Ask(step) is var reply and not Busy)
            {
                replies.Add(reply);
            }
        }

        return process.After(replies).Answer!;
    }

    /// <summary>Has an entity take a step.</summary>
    public async Task<Reply> Ask(ProcessStep step) => (Reply)await Ask(addresses.Of(step), request => new AskStep(addresses.Of(step), step, request));

    /// <summary>Has a queue decide a command.</summary>
    public async Task<Answer> Ask(QueueKey queue, Command command) =>
        (Answer)await Ask(addresses.Of(queue), request => new AskQueue(addresses.Of(queue), command, NextKey(), request));

    /// <summary>How a queue stands.</summary>
    public async Task<QueueSummary> Query(QueueKey queue) =>
        (QueueSummary)await Ask(addresses.Of(queue), request => new QueryQueue(addresses.Of(queue), new SummaryQuery(), request));

    /// <summary>Sends a message past the line.</summary>
    public void Tell(ToEntity message)
    {
        var line = Line;
        Line = sent => ReferenceEquals(sent, message) ? sent : line(sent);
        regions.Tell(message);
    }

    /// <summary>Renews the watch of a relay that listens to nothing.</summary>
    public void Watch(QueueKey queue) => regions.Tell(new WatchQueue(addresses.Of(queue), courier.Address, 0));

    /// <summary>True while the queue's actor is in memory.</summary>
    public async Task<bool> IsInMemory(QueueKey queue) => (await Running(regions.Queues)).ContainsKey(EntityNames.Of(queue));

    /// <summary>The entity stops as it is; the next message starts it.</summary>
    public async Task Crash(string entity)
    {
        var region = EntityNames.QueueOf(entity) is null ? regions.Localities : regions.Queues;
        if ((await Running(region)).TryGetValue(entity, out var crashing))
        {
            region.Tell(new TestRegion.Crash(entity));
            using var limit = new CancellationTokenSource(Patience);
            while ((await Running(region)).ContainsValue(crashing))
            {
                await Task.Delay(5, limit.Token);
            }
        }
    }

    /// <summary>Lets time pass, the last minute and some a second at a time; in each step everybody comes to the end of what waits.</summary>
    public async Task Pass(TimeSpan time)
    {
        var end = clock.Now.Plus(time);
        while (clock.Now < end)
        {
            var left = TimeSpan.FromMilliseconds(end.UnixMilliseconds - clock.Now.UnixMilliseconds);
            clock.Advance(left > InSeconds ? TimeSpan.FromSeconds(10) : left < Second ? left : Second);
            await ComeToRest();
        }
    }

    /// <summary>Lets time pass at once, and then the node comes by a horizon.</summary>
    public async Task Jump(Moment to)
    {
        clock.Advance(TimeSpan.FromMilliseconds(to.UnixMilliseconds - clock.Now.UnixMilliseconds));
        await ComeToRest();
        await Pass(TimeSpan.FromSeconds(5));
        await Eventually(() => Copy.HasHorizon(clock.Now));
    }

    /// <summary>A queue as the database has it, and the instant of its last record.</summary>
    public (Queue Queue, Moment At) Stored(QueueKey queue)
    {
        var entity = EntityNames.Of(queue);
        var memory = new EntityMemory(EntityNames.Empty(entity), new RecentAnswers(Bounds.KeysKept, Bounds.KeyLifetime));
        using var reader = new PageReader(entity, 0, RecordFormat.FirstHash(entity));
        using var connection = database.Open();
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT message FROM journal WHERE persistence_id = @entity ORDER BY sequence_number";
        var parameter = command.CreateParameter();
        (parameter.ParameterName, parameter.Value) = ("@entity", entity);
        command.Parameters.Add(parameter);
        using var pages = command.ExecuteReader();
        while (pages.Read())
        {
            foreach (var content in reader.Contents(Page.Read((byte[])pages.GetValue(0))))
            {
                RecordContent.Apply(memory, content.Span);
            }
        }

        return (((QueueState)memory.State).Queue, memory.At);
    }

    public async ValueTask DisposeAsync()
    {
        await host.StopAsync().WaitAsync(Patience);
        host.Dispose();
        processes.Dispose();
        gathering.Dispose();
        metrics.Dispose();
    }

    private IActorRef Region(ActorSystem system, Func<string, Props> entity) => system.ActorOf(Props.Create(() => new TestRegion(entity, message => Line(message))));

    private async Task<object> Ask(EntityAddress to, Func<Request, ToEntity> message)
    {
        var request = courier.Begin(to.Waiting, out var reply);
        regions.Tell(message(request));
        var answer = reply.AsTask();
        using var limit = new CancellationTokenSource(Patience);
        while (!answer.IsCompleted)
        {
            await Creep(limit.Token);
        }

        return await answer;
    }

    private async Task Creep(CancellationToken limit)
    {
        await Task.Delay(5, limit);
        clock.Advance(TimeSpan.FromMilliseconds(10));
    }

    private static Task<Dictionary<string, IActorRef>> Running(IActorRef region) => region.Ask<Dictionary<string, IActorRef>>(new TestRegion.RunningNow(), Timeout.InfiniteTimeSpan).WaitAsync(Patience);

    // A message on its way takes a few turns: keeper, region, entity, database and back.
    private async Task ComeToRest()
    {
        for (var turn = 0; turn < 3; turn++)
        {
            await Task.Delay(2);
            await Copy.Keeper.Ask<ActorIdentity>(new Identify(turn), Timeout.InfiniteTimeSpan).WaitAsync(Patience);
            foreach (var region in new[] { regions.Localities, regions.Queues })
            {
                foreach (var actor in (await Running(region)).Values)
                {
                    await actor.Ask<ActorIdentity>(new Identify(turn), Timeout.InfiniteTimeSpan).WaitAsync(Patience);
                }
            }
        }
    }
}
