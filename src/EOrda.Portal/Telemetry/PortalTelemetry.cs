using System.Net;
using EOrda.Actors.Telemetry;
using EOrda.Portal.Hosting;
using EOrda.Portal.Problems;
using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace EOrda.Portal.Telemetry;

/// <summary>
/// What an operator sees: <c>/metrics</c> always; metrics and traces by OTLP where the standard variable <c>OTEL_EXPORTER_OTLP_ENDPOINT</c> says whereto.
/// </summary>
internal static class PortalTelemetry
{
    /// <summary>The address of the metrics in the Prometheus text format.</summary>
    public const string Address = "/metrics";

    private const string Service = "eorda-portal";
    private const string Endpoint = "OTEL_EXPORTER_OTLP_ENDPOINT";
    private const string OtherSampler = "OTEL_TRACES_SAMPLER";

    private static readonly string[] Meters =
    [
        NodeTelemetry.MeterName, PortalMetrics.MeterName, "Microsoft.AspNetCore.Hosting", "Microsoft.AspNetCore.Server.Kestrel",
        "Microsoft.AspNetCore.Http.Connections", "System.Runtime",
    ];

    public static void Add(WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton<PortalMetrics>();
        var telemetry = builder.Services.AddOpenTelemetry()
            .ConfigureResource(resource => resource.AddService(Service))
            .WithMetrics(metrics => metrics.AddMeter(Meters).AddPrometheusExporter(exporter => exporter.ScrapeResponseCacheDurationMilliseconds = 0));
        if (string.IsNullOrEmpty(builder.Configuration[Endpoint]))
        {
            return;
        }

        telemetry.WithMetrics(metrics => metrics.AddOtlpExporter());
        telemetry.WithTracing(traces =>
        {
            traces.AddSource(NodeTelemetry.SourceName, "Microsoft.AspNetCore").AddOtlpExporter();
            if (string.IsNullOrEmpty(builder.Configuration[OtherSampler]))
            {
                traces.SetSampler(Sampler());
            }
        });
    }

    /// <summary>Decides which requests are traced; what belongs to one goes with it.</summary>
    public static Sampler Sampler()
    {
        var own = new OwnSampler();
        return new ParentBasedSampler(own, remoteParentSampled: own, remoteParentNotSampled: own);
    }

    public static void Map(WebApplication app)
    {
        app.Services.GetRequiredService<PortalMetrics>();
        var toAnyone = app.Services.GetRequiredService<PortalSettings>().MetricsToAnyone;
        app.UseWhen(context => context.Request.Path == Address, metrics => metrics
            .Use((context, next) => toAnyone || IsLocal(context.Connection.RemoteIpAddress) ? next(context) : ProblemWriter.WriteAsync(context, Problem.NotFound))
            .UseOpenTelemetryPrometheusScrapingEndpoint(Address));
    }

    private static bool IsLocal(IPAddress? from) => from is not null && IPAddress.IsLoopback(from);
}
