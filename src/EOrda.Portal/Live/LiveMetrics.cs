using System.Diagnostics.Metrics;
using EOrda.Portal.Telemetry;

namespace EOrda.Portal.Live;

/// <summary>What an operator sees of live connections that the portal closes.</summary>
internal sealed class LiveMetrics(IMeterFactory meters)
{
    private static readonly KeyValuePair<string, object?> Calls = new("reason", "calls");
    private static readonly KeyValuePair<string, object?> Silence = new("reason", "silence");

    private readonly Counter<long> closed =
        meters.Create(PortalMetrics.MeterName).CreateCounter<long>("eorda.live.closed", "{connection}", "Live connections that the portal closed.");

    /// <summary>One called too fast.</summary>
    public void CalledTooFast() => closed.Add(1, Calls);

    /// <summary>One said nothing for too long.</summary>
    public void WasSilent() => closed.Add(1, Silence);
}
