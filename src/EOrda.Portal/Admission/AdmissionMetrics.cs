using System.Diagnostics.Metrics;
using EOrda.Portal.Telemetry;

namespace EOrda.Portal.Admission;

/// <summary>What an operator sees of the gate.</summary>
internal sealed class AdmissionMetrics
{
    private static readonly KeyValuePair<string, object?> BusyTag = new("reason", "busy");
    private static readonly KeyValuePair<string, object?> UnprovedTag = new("reason", "unproved");
    private static readonly KeyValuePair<string, object?> OriginTag = new("reason", "origin");
    private static readonly KeyValuePair<string, object?> AddressTag = new("reason", "address");
    private static readonly KeyValuePair<string, object?> ApplicationTag = new("reason", "application");
    private static readonly KeyValuePair<string, object?> LookTag = new("reason", "look");

    private readonly Counter<long> refusals;

    public AdmissionMetrics(IMeterFactory meters, WorkInFlight work)
    {
        var meter = meters.Create(PortalMetrics.MeterName);
        refusals = meter.CreateCounter<long>("eorda.admission.refusals", "{request}", "Requests turned away before anything was done about them.");
        meter.CreateObservableGauge("eorda.admission.requests", () => work.Count, "{request}", "Requests that the node has under way.");
        meter.CreateObservableGauge("eorda.admission.limit", () => work.Limit, "{request}", "How many requests may be under way, as long as commands wait as they do.");
    }

    /// <summary>One was turned away because too many are under way.</summary>
    public void Busy() => refusals.Add(1, BusyTag);

    /// <summary>One was turned away because too many come that prove nothing.</summary>
    public void Unproved() => refusals.Add(1, UnprovedTag);

    /// <summary>One was turned away because another site's page asked.</summary>
    public void ForeignOrigin() => refusals.Add(1, OriginTag);

    /// <summary>One was turned away because its address asks too fast or has too much open.</summary>
    public void OfAddress() => refusals.Add(1, AddressTag);

    /// <summary>One was turned away because its application asks too fast or has too much open.</summary>
    public void OfApplication() => refusals.Add(1, ApplicationTag);

    /// <summary>One was turned away because its address looks at other people's applications too fast.</summary>
    public void OfLook() => refusals.Add(1, LookTag);
}
