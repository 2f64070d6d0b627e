using System.Diagnostics;
using Akka.Actor;
using Akka.Hosting;
using EOrda.Actors.Hosting;
using EOrda.Actors.Persistence;
using EOrda.Actors.Processes;
using EOrda.Actors.Queries;
using EOrda.Actors.Queues;
using EOrda.Actors.Routing;
using EOrda.Actors.Telemetry;
using EOrda.Queues;
using EOrda.Queues.Names;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace EOrda.Peers.Akka;

/// <summary>The claims of <see cref="ClaimsBenchmark"/> through the actors on Akka: each is answered when it is stored.</summary>
internal sealed class AkkaClaims : IDisposable
{
    private const int Cohorts = 4;
    private const int FirstCohort = 2020;

    // One to get the program compiled, one at full rate, one at half of it.
    private const int Passes = 3;

    private readonly QueueKey[] keys;
    private readonly int claims;
    private readonly ActorsBounds bounds = new();
    private readonly MorningClock clock = new();
    private readonly Gathering gathering;
    private readonly Courier courier;
    private readonly EntityAddress.Book addresses;
    private IActorRef region = ActorRefs.Nobody;

    private AkkaClaims(int claims, int queues)
    {
        this.claims = claims;
        keys = [.. Enumerable.Range(0, queues).Select(i => new QueueKey($"town{i / Cohorts}", Kind.General, $"{FirstCohort + i % Cohorts}"))];
        gathering = new Gathering(bounds.GatheringFrom, bounds.GatheringTime, TimeProvider.System);
        courier = new Courier(bounds.Waiting, bounds.ReplyTimeout, TimeProvider.System);
        addresses = new EntityAddress.Book(bounds.WaitingForEntity);
    }

    /// <summary>Fills queues in a database and has callers claim all places.</summary>
    /// <returns>Claims a second at full rate.</returns>
    public static async Task<double> RunAsync(Database database, int claims, int queues, int callers)
    {
        using var run = new AkkaClaims(claims, queues);
        return await run.RunAsync(database, callers);
    }

    public void Dispose() => gathering.Dispose();

    private async Task<double> RunAsync(Database database, int callers)
    {
        var town = new Town();
        DatabaseSchema.Prepare(database);
        town.Write(database, keys, Passes * claims);
        using var metrics = new NodeMetrics(() => []);
        var regions = new Regions();
        using var processes = new ProcessRunner(regions, bounds, clock, NullLogger<ProcessRunner>.Instance);
        var around = new QueueSurroundings(regions, addresses, new DueReports(metrics, NullLogger.Instance), processes);
        var services = new EntityServices(bounds, clock, gathering);
        var builder = Host.CreateApplicationBuilder();
        builder.Logging.ClearProviders();
        builder.Services.AddAkka("eorda", akka => akka
            .AddHocon("akka.stdout-loglevel = OFF", HoconAddMode.Prepend)
            .AddHocon("akka.loglevel = WARNING", HoconAddMode.Prepend)
            .WithWire()
            .WithJournal(database, services.Health, clock)
            .WithMembership(cluster: null)
            .WithEntities(regions, services, town, around)
            .WithActors((system, _) => courier.Address = system.ActorOf(Props.Create(() => new CourierActor(courier)), "courier")));
        using var host = builder.Build();
        var watch = Stopwatch.StartNew();
        await host.StartAsync();
        region = host.Services.GetRequiredService<ActorRegistry>().Get<QueueActor>();
        clock.Open();
        await Task.WhenAll(keys.Select(QueryAsync));
        Console.WriteLine($"akka: {keys.Length} queue(s) recovered and their places released in {watch.Elapsed.TotalSeconds:N2} s");
        Console.WriteLine($"akka: {callers} callers, to begin with: {await ClaimAtOnceAsync(0, callers)}");
        var full = await ClaimAtOnceAsync(claims, callers);
        Console.WriteLine($"akka: {callers} callers: {full}");
        Console.WriteLine($"akka: at {full.Rate / 2:N0} a second: {await ClaimAtRateAsync(2 * claims, full.Rate / 2)}");
        await host.StopAsync();
        return full.Rate;
    }

    private async Task<Figures> ClaimAtOnceAsync(int first, int callers)
    {
        GC.Collect();
        var taken = new Claims(Ask, first, claims);
        await Task.WhenAll(Enumerable.Range(0, callers).Select(_ => Task.Run(taken.ClaimOnAsync)));
        return taken.Figures();
    }

    private async Task<Figures> ClaimAtRateAsync(int first, double rate)
    {
        GC.Collect();
        var taken = new Claims(Ask, first, claims);
        await taken.ClaimAtRateAsync(rate);
        return taken.Figures();
    }

    private async ValueTask<Answer> Ask(int number)
    {
        var address = addresses.Of(keys[number % keys.Length]);
        var request = courier.Begin(address.Waiting, out var reply);
        region.Tell(new AskQueue(address, new Reserve($"A{number}", $"S{number}", null), ClaimsBenchmark.Key(), request));
        return (Answer)await reply;
    }

    private async Task QueryAsync(QueueKey key)
    {
        var address = addresses.Of(key);
        var request = courier.Begin(address.Waiting, out var reply);
        region.Tell(new QueryQueue(address, new SizeQuery(), request));
        await reply;
    }
}
