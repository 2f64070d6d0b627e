using System.Net;
using EOrda.Actors.Hosting;
using EOrda.Actors.Persistence;
using EOrda.Portal.Rehearsal;
using EOrda.Portal.Telemetry;
using NodaTime;
using NodaTime.Text;

namespace EOrda.Portal.Hosting;

/// <summary>What the command line (or any other configuration) asks of the portal.</summary>
/// <param name="Data">The data directory: <c>--data</c>, by default <c>./data</c> of where the portal is started.</param>
/// <param name="Database">The PostgreSQL database of the journal (<c>--database</c>); null for a file in the data directory.</param>
/// <param name="Cluster">How the node joins others (<c>--cluster:…</c>); null for one that is alone.</param>
/// <param name="Clock">Demonstration time: the local time of day at which the clock starts (<c>--clock 06:58</c>); null for the real time.</param>
/// <param name="Rehearsal">The size of the city that is made up for a rehearsal (<c>--rehearsal</c>); null for none.</param>
/// <param name="Metrics">Where the measures are given (<c>--metrics http://127.0.0.1:9464</c>), a listener of its own; null for nowhere.</param>
/// <param name="Proxies">The reverse proxies that say for whom they ask (<c>--proxies 10.0.0.5;10.1.0.0/16</c>); by default nobody is believed.</param>
internal sealed record PortalSettings(
    string Data,
    string? Database,
    ClusterMembership? Cluster,
    LocalTime? Clock,
    RehearsalSize? Rehearsal,
    IPEndPoint? Metrics,
    IReadOnlyList<IPNetwork> Proxies)
{
    /// <summary>Where the portal listens when nothing else is asked for.</summary>
    public const string DefaultAddress = "http://localhost:5080";

    private static readonly LocalTimePattern TimeOfDay = LocalTimePattern.CreateWithInvariantCulture("HH:mm");

    /// <summary>Reads the settings.</summary>
    /// <exception cref="InvalidSettingException">One is not what it should be.</exception>
    public static PortalSettings Read(IConfiguration configuration, IHostEnvironment environment)
    {
        var data = configuration["data"] ?? "data";
        if (string.IsNullOrWhiteSpace(data))
        {
            throw new InvalidSettingException("--data: a directory is needed.");
        }

        var database = configuration["database"];
        if (database is not null && !EOrda.Actors.Persistence.Database.IsPostgreSql(database))
        {
            // Not repeated: it may hold a password.
            throw new InvalidSettingException("--database: not a connection to PostgreSQL such as Host=db;Database=eorda;Username=eorda.");
        }

        CheckAddresses(configuration[WebHostDefaults.ServerUrlsKey]);
        LocalTime? clock = null;
        if (configuration["clock"] is { } text)
        {
            var parsed = TimeOfDay.Parse(text);
            clock = parsed.Success
                ? parsed.Value
                : throw new InvalidSettingException($"--clock: '{text}' is not a time of day written HH:mm.");
            if (!environment.IsDevelopment())
            {
                throw new InvalidSettingException("--clock: demonstration time is for Development only.");
            }
        }

        return new PortalSettings(
            Path.GetFullPath(data),
            database,
            ClusterSettings.Read(configuration, database),
            clock,
            ReadRehearsal(configuration, environment, clock),
            MetricsServer.Parse(configuration["metrics"]),
            KnownProxies.Parse(configuration["proxies"]));
    }

    /// <summary>Makes the data directory where there is none, for its owner's eyes only.</summary>
    /// <exception cref="InvalidSettingException">It cannot be made, or is not fit to be one.</exception>
    public void MakeData()
    {
        try
        {
            PrivateFiles.Secure(Data);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new InvalidSettingException($"--data: '{Data}' cannot be the data directory: {e.Message}");
        }
    }

    private static void CheckAddresses(string? urls)
    {
        foreach (var url in (urls ?? DefaultAddress).Split(';'))
        {
            if (!IsAddress(url))
            {
                throw new InvalidSettingException($"--urls: '{url}' is not an address such as {DefaultAddress}.");
            }
        }
    }

    private static bool IsAddress(string url)
    {
        try
        {
            var address = BindingAddress.Parse(url);

            // A port that is no number is taken for a part of the name.
            return address is { Scheme: "http" or "https", PathBase: "", Port: >= IPEndPoint.MinPort and <= IPEndPoint.MaxPort }
                && (address.Host.StartsWith('[') || !address.Host.Contains(':', StringComparison.Ordinal));
        }
        catch (FormatException)
        {
            return false;
        }
    }

    private static RehearsalSize? ReadRehearsal(IConfiguration configuration, IHostEnvironment environment, LocalTime? clock)
    {
        if (configuration["rehearsal"] is not { } text)
        {
            return null;
        }

        return environment.IsDevelopment() && clock is null
            ? RehearsalSize.Parse(text)
            : throw new InvalidSettingException("--rehearsal: a rehearsal is for Development only and has a clock of its own.");
    }
}

/// <summary>A setting is not what it should be. The message names it.</summary>
internal sealed class InvalidSettingException(string message) : Exception(message);
