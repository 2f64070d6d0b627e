using System.Diagnostics.Metrics;
using EOrda.Actors;
using EOrda.Portal.Calendars;
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
        meter.CreateObservableGauge("eorda.calendar.missing", () => MissingCalendars(host), unit: null, "1 while the locality's calendar lacks this year or, from 1 November on, the next; else 0.");
    }

    // A locality whose calendar is whole again is told as 0: an exporter keeps what it was told last. Nothing is told where the directory is not at hand.
    private static IEnumerable<Measurement<int>> MissingCalendars(NodeHost host) => host.IsReady && AtHand(host.Node) is { } directory
        ? MissingYears.Of(directory, host.Node.Now).Select(lacks => new Measurement<int>(lacks.Year is null ? 0 : 1, new KeyValuePair<string, object?>("locality", lacks.Locality)))
        : [];

    private static CountryDirectory? AtHand(IQueues queues)
    {
        try
        {
            var asked = queues.Directory().AsTask();
            return asked.IsCompletedSuccessfully ? asked.Result : null;
        }
        catch (BusyException)
        {
            return null;
        }
    }
}
