using Akka.Hosting;
using EOrda.Actors.Hosting;
using EOrda.Actors.Persistence.Tests.Watching;
using EOrda.Actors.Processes;
using EOrda.Actors.Queues;
using EOrda.Actors.Routing;
using EOrda.Actors.Telemetry;
using EOrda.Queues.Steps;
using EOrda.Queues.Twins;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace EOrda.Actors.Persistence.Tests.Processes;

/// <summary>A node of one machine, with its shard regions.</summary>
public sealed class Sharding : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private readonly DirectoryInfo directory = Directory.CreateTempSubdirectory("eorda-sharding-");

    [Fact]
    public async Task Steps_reach_their_entities_through_the_regions_of_the_node()
    {
        var (database, bounds, regions) = (Database.Sqlite(directory.FullName), new ActorsBounds(), new Regions());
        DatabaseSchema.Prepare(database);
        using var gathering = new Gathering(bounds.GatheringFrom, bounds.GatheringTime, TimeProvider.System);
        using var metrics = new NodeMetrics(() => []);
        using var processes = new ProcessRunner(regions, bounds, TimeProvider.System, NullLogger<ProcessRunner>.Instance);
        var courier = new Courier(bounds.Waiting, bounds.ReplyTimeout, TimeProvider.System);
        var addresses = new EntityAddress.Book(bounds.WaitingForEntity);
        var around = new QueueSurroundings(regions, addresses, new DueReports(metrics, NullLogger.Instance), processes);
        var builder = Host.CreateApplicationBuilder();
        builder.Logging.ClearProviders();
        builder.Services.AddAkka("sharding", akka => akka
            .AddHocon("akka.loglevel = OFF, akka.stdout-loglevel = OFF", HoconAddMode.Prepend)
            .WithQueues(database, new EntityServices(bounds, TimeProvider.System, gathering), new TestRules(), around, courier));
        using var host = builder.Build();
        await host.StartAsync().WaitAsync(Patience);
        foreach (var step in new ProcessStep[] { new KeepPlace(new(1), "p"), new UndoHalf(new(2), Scenes.KeyOf(CountryNode.Older)) })
        {
            var request = courier.Begin(addresses.Of(step).Waiting, out var reply);
            regions.Tell(new AskStep(addresses.Of(step), step, request));
            Assert.IsType<Noted>(await reply.AsTask().WaitAsync(Patience));
        }

        await host.StopAsync().WaitAsync(Patience);
    }

    public void Dispose()
    {
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        directory.Delete(recursive: true);
    }
}
