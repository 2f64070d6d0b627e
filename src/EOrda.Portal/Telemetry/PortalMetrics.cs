using System.Diagnostics.Metrics;
using EOrda.Portal.Hosting;
using EOrda.Portal.Live;

namespace EOrda.Portal.Telemetry;

/// <summary>What the portal measures of itself, beside what its server and the node do.</summary>
internal sealed class PortalMetrics
{
    /// <summary>The meter's name.</summary>
    public const string MeterName = "EOrda.Portal";

    public PortalMetrics(IMeterFactory meters, LiveFeeds feeds, NodeHost host)
    {
        var meter = meters.Create(MeterName);
        meter.CreateObservableGauge("eorda.live.watchers", () => feeds.Watchers, "{watcher}", "Browsers that watch a queue; one that watches two counts twice.");
        meter.CreateObservableGauge("eorda.ready", () => host.IsReady ? 1 : 0, unit: null, "1 when commands and queries can be answered, else 0.");
    }
}
