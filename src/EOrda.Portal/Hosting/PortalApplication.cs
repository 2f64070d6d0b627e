using EOrda.Actors;
using EOrda.Portal.Administration;
using EOrda.Portal.Admission;
using EOrda.Portal.Applications;
using EOrda.Portal.Calendars;
using EOrda.Portal.Demonstration;
using EOrda.Portal.Health;
using EOrda.Portal.Json;
using EOrda.Portal.Live;
using EOrda.Portal.Localities;
using EOrda.Portal.OpenApi;
using EOrda.Portal.Pages;
using EOrda.Portal.Problems;
using EOrda.Portal.Queues;
using EOrda.Portal.Referrals;
using EOrda.Portal.Rehearsal;
using EOrda.Portal.Reservations;
using EOrda.Portal.Secrets;
using EOrda.Portal.Sessions;
using EOrda.Portal.Staff;
using EOrda.Portal.Telemetry;
using EOrda.Portal.Time;
using Microsoft.AspNetCore.SignalR;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace EOrda.Portal.Hosting;

/// <summary>Puts the portal together.</summary>
internal static class PortalApplication
{
    /// <summary>Builds the portal; it does not run yet.</summary>
    /// <param name="args">The command line.</param>
    /// <param name="start">Starts the node.</param>
    /// <param name="adjust">What a test puts in place of something.</param>
    /// <exception cref="InvalidSettingException">A setting is not what it should be.</exception>
    public static WebApplication Build(string[] args, NodeStart start, Action<WebApplicationBuilder>? adjust = null)
    {
        ServerLimits.RefuseBareLineFeeds();
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { Args = CommandLine.Read(args), ContentRootPath = AppContext.BaseDirectory });
        if (builder.Configuration[WebHostDefaults.ServerUrlsKey] is null)
        {
            builder.WebHost.UseUrls(PortalSettings.DefaultAddress);
        }

        // What keeps the portal from starting is told by PortalProcess, in one line.
        builder.Logging.AddFilter("Microsoft.Extensions.Hosting.Internal.Host", LogLevel.None);

        // One line for each connection beyond the bound would be written as fast as anybody can connect; kestrel.rejected_connections counts them.
        builder.Logging.AddFilter("Microsoft.AspNetCore.Server.Kestrel.Connections", LogLevel.Error);
        var bounds = PortalBounds.Read(builder.Configuration);
        builder.WebHost.ConfigureKestrel(server =>
        {
            bounds.Server.Apply(server);
            server.ConfigureEndpointDefaults(endpoint =>
            {
                ListeningAddress.Check(endpoint.EndPoint, builder.Environment.IsDevelopment());
                endpoint.Use(server.ApplicationServices.GetRequiredService<Heartbeats>().AroundServer);
            });
        });
        builder.WebHost.UseSockets(ServerLimits.Apply);
        builder.Services.Configure<HostOptions>(options => options.ShutdownTimeout = bounds.Server.Stopping);
        AddBounds(builder.Services, bounds);
        AddConnections(builder.Services);
        AddNode(builder, start);
        AddApi(builder.Services);
        AddLive(builder);
        PortalTelemetry.Add(builder);
        adjust?.Invoke(builder);

        var app = builder.Build();
        Use(app);
        Map(app);
        return app;
    }

    private static void AddBounds(IServiceCollection services, PortalBounds bounds)
    {
        services.AddSingleton(bounds);
        services.AddSingleton(bounds.Server);
        services.AddSingleton(bounds.Live);
        services.AddSingleton(bounds.Admission);
        services.AddSingleton(provider => new Rates(provider.GetRequiredService<AdmissionLimits>(), TimeProvider.System));
        services.AddSingleton(provider => new WorkInFlight(provider.GetRequiredService<AdmissionLimits>(), TimeProvider.System));
        services.AddSingleton(provider => new LookRates(provider.GetRequiredService<AdmissionLimits>(), TimeProvider.System));
        services.AddSingleton<UnderWay>();
        services.AddSingleton<AdmissionMetrics>();
        services.AddSingleton<ProofMetrics>();
        services.AddSingleton<Refusals>();
        services.AddSingleton<CommandDoor>();
    }

    private static void AddConnections(IServiceCollection services)
    {
        services.AddSingleton<Heartbeats>();
        services.AddHostedService(provider => provider.GetRequiredService<Heartbeats>());
    }

    private static void AddNode(WebApplicationBuilder builder, NodeStart start)
    {
        var services = builder.Services;
        var settings = PortalSettings.Read(builder.Configuration, builder.Environment);
        PlainAddresses.Check(builder.Configuration);
        settings.MakeData();
        DemonstrationMark.Check(settings.Data, builder.Environment.IsDevelopment());
        AccountsInPortal.Add(services, settings, builder.Environment.IsDevelopment() || PlainAddresses.AreAllowed(builder.Configuration));
        AdministrationInPortal.Add(services, settings);
        services.AddSingleton(settings);
        services.AddSingleton(start);
        services.AddSingleton(provider => provider.GetService<DemonstrationTime>()?.Clock ?? TimeProvider.System);
        services.AddSingleton(new StartupConsole(Console.Out, Console.Error) { IsTerminal = !Console.IsOutputRedirected });
        services.AddSingleton<NodeHost>();
        services.AddHostedService(provider => provider.GetRequiredService<NodeHost>());
        services.AddHostedService<PortalUpkeep>();
        services.AddHostedService<CollectionBeforeRelease>();
        services.AddHostedService(provider => new CalendarAlarm(
            provider.GetRequiredService<NodeHost>(),
            provider.GetService<DemonstrationTime>()?.Clock ?? TimeProvider.System,
            provider.GetRequiredService<ILogger<CalendarAlarm>>()));
        services.AddSingleton<IQueues, StartedNode>();
        services.AddSingleton(_ => new ApplicationSecrets(SecretKeyFile.ReadOrMake(settings.Data)));
        if (builder.Environment.IsDevelopment())
        {
            var city = CityData.Read();
            services.AddSingleton(city);
            services.AddSingleton(_ => new DemonstrationTime(city, settings, TimeProvider.System));
            if (settings.Rehearsal is null)
            {
                services.AddSingleton<DemonstrationRun>();
            }
            else
            {
                services.AddSingleton<RehearsalRun>();
            }

            services.AddSingleton(new KindergartenNames([.. city.Kindergartens.Select(k => k.Named)]));
            services.AddSingleton(new LocalityNames([city.NamedLocality], [city.Sanatorium.Named]));
            services.AddSingleton(new LocalityQueues([city.Sanatorium.Profile]));
        }

        services.TryAddSingleton(new KindergartenNames([]));
        services.TryAddSingleton(new LocalityNames([], []));
        services.TryAddSingleton(new LocalityQueues([]));
    }

    private static void AddApi(IServiceCollection services)
    {
        services.ConfigureHttpJsonOptions(options => options.SerializerOptions.TypeInfoResolverChain.Insert(0, ApiJson.Web));
        services.AddOpenApi(PortalDocument.Describe);
        services.AddSingleton<WrittenDocument>();
        services.AddSingleton<PageFiles>();
    }

    private static void AddLive(WebApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddSingleton(LiveOrigins.Parse(builder.Configuration["origins"]));
        services.AddSingleton(provider => new LiveCalls(provider.GetRequiredService<LiveLimits>(), provider.GetRequiredService<AdmissionLimits>(), TimeProvider.System));
        services.AddSingleton<LiveMetrics>();
        services.AddSingleton<LiveGuard>();
        services.AddSingleton<LiveEntrance>();
        services.AddSingleton<FanOut>();
        services.AddSingleton<LiveFeeds>();
        services.AddOptions<HubOptions>().Configure<LiveLimits>((hub, limits) => limits.Apply(hub));
        services.AddSignalR()
            .AddJsonProtocol(options => options.PayloadSerializerOptions.TypeInfoResolverChain.Insert(0, LiveJson.Default));
    }

    private static void Use(WebApplication app)
    {
        KnownProxies.Use(app);
        app.UseMiddleware<SecurityHeaders>();
        app.UseMiddleware<HeadRequests>();
        app.UseMiddleware<FaultHandling>();
        PortalTelemetry.Begin(app);
        app.UseRouting();
        app.UseMiddleware<AdmissionGate>();
        app.UseMiddleware<StartupGate>();
        app.UseMiddleware<AccessGate>();
    }

    private static void Map(WebApplication app)
    {
        var looks = Of(RequestKind.Look);
        TimeEndpoints.Map(looks);
        LocalityEndpoints.Map(looks);
        QueueEndpoints.Map(looks);
        ApplicationEndpoints.Map(looks);
        WindowEndpoints.Map(looks);
        var commands = Of(RequestKind.Command);
        ReservationEndpoints.Map(commands);
        ReferralEndpoints.Map(commands);
        HealthEndpoints.Map(Of(RequestKind.Health));
        var pages = Of(RequestKind.Page);
        PageEndpoint.Map(pages);
        DocumentEndpoint.Map(pages);

        // As MapHub does, with what looks after the connections around it. Attributes of the hub's class mean nothing here.
        Of(RequestKind.Live).MapConnections(
            LiveHub.Address,
            app.Services.GetRequiredService<LiveLimits>().Transport(),
            connection => connection.Use(app.Services.GetRequiredService<Heartbeats>().AroundHub).Use(app.Services.GetRequiredService<LiveGuard>().Around).UseHub<LiveHub>());
        if (app.Environment.IsDevelopment())
        {
            var demonstration = Of(RequestKind.Demonstration);
            DemonstrationEndpoints.Map(demonstration);
            if (app.Services.GetRequiredService<PortalSettings>().Rehearsal is not null)
            {
                RehearsalEndpoints.Map(demonstration);
            }
        }

        var staff = app.MapGroup("").WithMetadata(RequestKind.Staff);
        SessionEndpoints.Map(staff);
        StaffEndpoints.Map(staff);
        var administration = app.MapGroup("").WithMetadata(RequestKind.Administration);
        LocalityAdministrationEndpoints.Map(administration);
        AmendmentEndpoints.Map(administration);
        KindergartenAdministrationEndpoints.Map(administration);
        ImportEndpoint.Map(administration);

        RouteGroupBuilder Of(RequestKind kind) => app.MapGroup("").WithMetadata(kind, Access.Everyone);
    }
}
