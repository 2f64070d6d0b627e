using System.Net;
using EOrda.Portal.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using OpenTelemetry.Metrics;

namespace EOrda.Portal.Telemetry;

/// <summary>
/// Gives the measures in the Prometheus text format at <c>/metrics</c>, on a listener of its own: whatever stands before the public one, and however an address is
/// spelt there, it does not lead here. Without <c>--metrics</c> there is none.
/// </summary>
internal sealed class MetricsServer(PortalSettings settings, MeterProvider meters) : IHostedService, IAsyncDisposable
{
    private const string Path = "/metrics";

    // A few who scrape; nothing else is asked here.
    private const int MostConnections = 16;
    private static readonly TimeSpan HeadersWithin = TimeSpan.FromSeconds(5);

    private WebApplication? app;

    /// <summary>The address at which it answers; null when it does not.</summary>
    public string? Address => app?.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()?.Addresses.FirstOrDefault() is { } address ? address + Path : null;

    /// <summary>Reads the setting: <c>http://</c>, an address or <c>localhost</c>, and a port.</summary>
    /// <exception cref="InvalidSettingException">It is none, or stands for all addresses of the machine.</exception>
    public static IPEndPoint? Parse(string? text)
    {
        if (text is null)
        {
            return null;
        }

        if (!Uri.TryCreate(text, UriKind.Absolute, out var uri) || uri.Scheme != Uri.UriSchemeHttp || uri is not { PathAndQuery: "/", UserInfo: "", Fragment: "" }
            || AddressOf(uri) is not { } address)
        {
            throw new InvalidSettingException($"--metrics: '{text}' is not an address such as http://127.0.0.1:9464.");
        }

        return address.Equals(IPAddress.Any) || address.Equals(IPAddress.IPv6Any)
            ? throw new InvalidSettingException($"--metrics: '{text}' is every address of this machine; name one that only the monitoring reaches.")
            : new IPEndPoint(address, uri.Port);
    }

    /// <inheritdoc/>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        if (settings.Metrics is not { } endpoint)
        {
            return;
        }

        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(server =>
        {
            server.AddServerHeader = false;
            server.Limits.MaxConcurrentConnections = MostConnections;
            server.Limits.MaxRequestBodySize = 0;
            server.Limits.RequestHeadersTimeout = HeadersWithin;
            server.Listen(endpoint);
        });
        app = builder.Build();
        app.UseOpenTelemetryPrometheusScrapingEndpoint(meters, predicate: null, Path, configureBranchedPipeline: null, optionsName: null);
        try
        {
            await app.StartAsync(cancellationToken);
        }
        catch (Exception e) when (e is IOException or System.Net.Sockets.SocketException or InvalidOperationException)
        {
            throw new InvalidSettingException($"--metrics: '{endpoint}' cannot be listened on: {e.Message}");
        }
    }

    /// <inheritdoc/>
    public Task StopAsync(CancellationToken cancellationToken) => app?.StopAsync(cancellationToken) ?? Task.CompletedTask;

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => app?.DisposeAsync() ?? ValueTask.CompletedTask;

    private static IPAddress? AddressOf(Uri uri) =>
        IPAddress.TryParse(uri.DnsSafeHost, out var address) ? address
        : uri.Host.Equals("localhost", StringComparison.OrdinalIgnoreCase) ? IPAddress.Loopback
        : null;
}
