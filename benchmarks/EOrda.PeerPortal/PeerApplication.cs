using System.Security.Cryptography;
using EOrda.PeerPortal.Database;
using EOrda.PeerPortal.Morning;
using EOrda.PeerPortal.Queues;
using EOrda.PeerPortal.Reservations;
using EOrda.Portal.Hosting;
using EOrda.Portal.Json;
using EOrda.Portal.Problems;
using EOrda.Portal.Rehearsal;
using EOrda.Portal.Secrets;

namespace EOrda.PeerPortal;

/// <summary>
/// The usual way to build the portal, to compare with: ASP.NET Core, PostgreSQL with row locks, browsers that poll. It keeps those rules of the portal that a
/// morning's rush and a ramp touch, in open access, and answers in the portal's own words, so that one tool plays and one judge judges both. What it
/// leaves out (windows, siblings, limits, what ends by itself during a day) would only make it slower.
/// </summary>
internal static class PeerApplication
{
    private const int SecretBytes = 32;

    /// <summary>Makes the tables, loads the city and writes the parents' secrets; then it can listen.</summary>
    /// <param name="args">As the portal's: <c>--urls</c>, <c>--data</c>, <c>--rehearsal</c>.</param>
    /// <param name="cancel">Gives up.</param>
    /// <exception cref="InvalidSettingException">A setting is missing, or not what it should be.</exception>
    public static async Task<WebApplication> BuildAsync(string[] args, CancellationToken cancel)
    {
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { Args = args, ContentRootPath = AppContext.BaseDirectory });
        var limits = new ServerLimits();
        builder.WebHost.ConfigureKestrel(limits.Apply);
        builder.WebHost.UseSockets(ServerLimits.Apply);
        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        builder.Services.ConfigureHttpJsonOptions(options => options.SerializerOptions.TypeInfoResolverChain.Insert(0, ApiJson.Web));

        var connection = Environment.GetEnvironmentVariable(PeerDatabase.ConnectionVariable)
            ?? throw new InvalidSettingException($"Set {PeerDatabase.ConnectionVariable} to a connection string, or start this with benchmarks/postgres.sh.");
        var size = RehearsalSize.Parse(builder.Configuration["rehearsal"] ?? "");
        if (size.Window != 0)
        {
            throw new InvalidSettingException("--rehearsal: window is 0 here: every place is in open access.");
        }

        var services = builder.Services;
        var clock = new PeerClock();
        var city = new RehearsalCity(size, clock.Today, PeerClock.Zone);
        var secrets = new ApplicationSecrets(RandomNumberGenerator.GetBytes(SecretBytes));
        services.AddSingleton(limits).AddSingleton(clock).AddSingleton(city).AddSingleton(secrets);
        services.AddSingleton(_ => new PeerDatabase(connection));
        services.AddSingleton<ProofMetrics>();
        services.AddSingleton<Loading>().AddSingleton<Lookups>().AddSingleton<Commands>().AddSingleton<QueuePages>();

        var app = builder.Build();
        await app.Services.GetRequiredService<PeerDatabase>().CreateAsync(cancel);
        await app.Services.GetRequiredService<Loading>().LoadAsync(city, cancel);
        await app.Services.GetRequiredService<Loading>().WarmUpAsync(cancel);
        ParentsFile.Write(builder.Configuration["data"] ?? throw new InvalidSettingException("--data: a directory for the parents' secrets is needed."), secrets, city.Parents());

        app.UseMiddleware<SecurityHeaders>();
        app.UseMiddleware<FaultHandling>();
        app.UseRouting();
        MorningEndpoints.Map(app);
        QueueEndpoints.Map(app);
        ReservationEndpoints.Map(app);
        return app;
    }
}
