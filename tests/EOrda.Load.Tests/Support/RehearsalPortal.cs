using EOrda.Actors;
using EOrda.Load.Portal;
using EOrda.Load.Runs;
using EOrda.Load.Scenarios;
using EOrda.Portal.Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Xunit;

namespace EOrda.Load.Tests.Support;

/// <summary>A real portal on a port of its own with a made-up city: 40 parents, 2 queues.</summary>
public sealed class RehearsalPortal : IAsyncLifetime
{
    /// <summary>Parents of the city.</summary>
    public const int Parents = 40;

    private readonly string directory = Directory.CreateTempSubdirectory("eorda-load-").FullName;
    private WebApplication? app;

    /// <summary>Where it listens.</summary>
    public Uri Address { get; private set; } = null!;

    /// <summary>Its data directory.</summary>
    internal string Data => Path.Combine(directory, "data");

    /// <summary>Where a test may put files.</summary>
    internal string Files => directory;

    /// <summary>Its parents' secrets.</summary>
    internal string CredentialsFile => Path.Combine(Data, "rehearsal.jsonl");

    /// <summary>Whom one may play.</summary>
    internal Credentials Credentials => Credentials.Read(CredentialsFile);

    /// <summary>A small morning.</summary>
    internal static Scenario Morning { get; } = new()
    {
        Name = "test",
        City = new CityPlan { Parents = Parents, Places = 10, Queues = 2, Watchers = 4 },
        Arrival = new ArrivalPlan { PerSecond = 400, SettleSeconds = 0, DropShare = 0.1, HttpConnections = 16 },
        Press = new PressPlan { SpreadSeconds = 0.2, MachineShare = 0.2, RoundTripMedianMilliseconds = 2, ThinkSeconds = [0.01, 0.02], RepeatShare = 0.3 },
        Winners = new WinnerPlan { ConfirmShare = 0.5, DropShare = 0.3, AfterSeconds = [0.01, 0.05] },
        Day = new DayPlan { WatchSeconds = 0.5 },
    };

    public async Task InitializeAsync()
    {
        app = PortalApplication.Build(
            [
                "--urls", "http://127.0.0.1:0", "--data", Data, "--environment", "Development", "--rehearsal", $"parents={Parents},waiting=60,queues=2",

                // A whole city comes from this machine's address.
                "--admission:addressRate", "1000000", "--admission:addressBurst", "1000000", "--admission:addressRequests", "1000000",
            ],
            OwnNode.StartAsync,
            builder =>
            {
                builder.Logging.ClearProviders();
                builder.Services.AddSingleton(new StartupConsole(TextWriter.Null, TextWriter.Null));
            });
        var host = app.Services.GetRequiredService<NodeHost>();
        await app.StartAsync();
        await host.ExecuteTask!;
        Address = new Uri(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single());
    }

    public async Task DisposeAsync()
    {
        await app!.StopAsync();
        await app.DisposeAsync();
        Directory.Delete(directory, recursive: true);
    }

    /// <summary>The part that plays all parents.</summary>
    internal Assignment Whole(Scenario scenario) =>
        new(scenario, Address, Permission: null, Part: 0, Parts: 1, Credentials.Parents, [.. Credentials.Parents.Select(p => p.Queue).Distinct()]);
}
