using EOrda.Actors;
using EOrda.Portal.Admission;
using EOrda.Portal.Applications;
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
        CommandLine.Check(args);
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { Args = args, ContentRootPath = AppContext.BaseDirectory });
        if (builder.Configuration[WebHostDefaults.ServerUrlsKey] is null)
        {
            builder.WebHost.UseUrls(PortalSettings.DefaultAddress);
        }

        // What keeps the portal from starting is told by PortalProcess, in one line.
        builder.Logging.AddFilter("Microsoft.Extensions.Hosting.Internal.Host", LogLevel.None);
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
        AddLive(builder.Services);
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
        services.AddSingleton<AdmissionMetrics>();
        services.AddSingleton<ProofMetrics>();
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
        settings.MakeData();
        DemonstrationMark.Check(settings.Data, builder.Environment.IsDevelopment());
        services.AddSingleton(settings);
        services.AddSingleton(start);
        services.AddSingleton(new StartupConsole(Console.Out, Console.Error) { IsTerminal = !Console.IsOutputRedirected });
        services.AddSingleton<NodeHost>();
        services.AddHostedService(provider => provider.GetRequiredService<NodeHost>());
        services.AddHostedService<CollectionBeforeRelease>();
        services.AddSingleton<IQueueNode, StartedNode>();
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

            services.AddSingleton(new KindergartenNames(city.Kindergartens.Select(k => k.Named)));
            services.AddSingleton(new LocalityQueues([city.Sanatorium.Profile]));
        }

        services.TryAddSingleton(new KindergartenNames([]));
        services.TryAddSingleton(new LocalityQueues([]));
    }

    private static void AddApi(IServiceCollection services)
    {
        services.ConfigureHttpJsonOptions(options => options.SerializerOptions.TypeInfoResolverChain.Insert(0, ApiJson.Web));
        services.AddOpenApi(PortalDocument.Describe);
        services.AddSingleton<WrittenDocument>();
        services.AddSingleton<PageFiles>();
    }

    private static void AddLive(IServiceCollection services)
    {
        services.AddSingleton<FanOut>();
        services.AddSingleton<LiveFeeds>();
        services.AddOptions<HubOptions>().Configure<LiveLimits>((hub, limits) => limits.Apply(hub));
        services.AddSignalR()
            .AddJsonProtocol(options => options.PayloadSerializerOptions.TypeInfoResolverChain.Insert(0, LiveJson.Default));
    }

    private static void Use(WebApplication app)
    {
        KnownProxies.Use(app);
        app.UseMiddleware<AdmissionGate>();
        app.UseMiddleware<SecurityHeaders>();
        app.UseMiddleware<FaultHandling>();
        PortalTelemetry.Begin(app);
        app.UseMiddleware<StartupGate>();
        app.UseRouting();
    }

    private static void Map(WebApplication app)
    {
        TimeEndpoints.Map(app);
        LocalityEndpoints.Map(app);
        QueueEndpoints.Map(app);
        ApplicationEndpoints.Map(app);
        ReservationEndpoints.Map(app);
        ReferralEndpoints.Map(app);
        HealthEndpoints.Map(app);
        PageEndpoint.Map(app);
        DocumentEndpoint.Map(app);

        // As MapHub does, with what looks after the connections around it. Attributes of the hub's class mean nothing here.
        app.MapConnections(
            LiveHub.Address,
            app.Services.GetRequiredService<LiveLimits>().Transport(),
            connection => connection.Use(app.Services.GetRequiredService<Heartbeats>().AroundHub).UseHub<LiveHub>());
        if (app.Environment.IsDevelopment())
        {
            DemonstrationEndpoints.Map(app);
            if (app.Services.GetRequiredService<PortalSettings>().Rehearsal is not null)
            {
                RehearsalEndpoints.Map(app);
            }
        }
    }
}
