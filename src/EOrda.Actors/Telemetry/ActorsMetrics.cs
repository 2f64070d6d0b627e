using System.Diagnostics.Metrics;
using EOrda.Queues.Time;

namespace EOrda.Actors.Telemetry;

/// <summary>What a node measures of itself (docs/operations.md, "What is measured"). Safe for use by many threads.</summary>
internal sealed class ActorsMetrics : IDueMeasures, IDisposable
{
    private static readonly KeyValuePair<string, object?> Written = new("outcome", "written");
    private static readonly KeyValuePair<string, object?> Refused = new("outcome", "refused");
    private static readonly KeyValuePair<string, object?> Recovered = new("outcome", "recovered");
    private static readonly KeyValuePair<string, object?> NotRecovered = new("outcome", "failed");
    private static readonly KeyValuePair<string, object?> OfMessage = new("reason", "message");
    private static readonly KeyValuePair<string, object?> OfPage = new("reason", "page");

    private readonly Meter meter = new(NodeTelemetry.MeterName);
    private readonly Histogram<int> batch;
    private readonly Histogram<double> commit;
    private readonly Histogram<int> page;
    private readonly Histogram<double> persist;
    private readonly Histogram<double> recovery;
    private readonly Histogram<double> duesLate;
    private readonly Counter<long> updates;
    private readonly Counter<long> failures;
    private readonly Counter<long> snapshotFailures;
    private long unstored;

    /// <summary>Begins to measure.</summary>
    /// <param name="door">What waits at the node's door.</param>
    public ActorsMetrics(DoorLoad door)
    {
        meter.CreateObservableCounter("eorda.decisions", Decisions.Read, "{command}", "Commands by what they came to, and refusals by reason.");
        meter.CreateObservableCounter("eorda.calendar.reached", Deadlines.Read, "{deadline}", "Deadlines that reached a year of which the locality's calendar names no date.");
        meter.CreateObservableGauge("eorda.mailbox.depth", door.Waiting, "{request}", "Requests of this node that wait for an entity's reply.");
        meter.CreateObservableGauge("eorda.mailbox.deepest", door.MostWaiting, "{request}", "Requests of this node that wait for the entity that most wait for.");
        meter.CreateObservableGauge("eorda.live.watches", door.Watches, "{watch}", "Watches of this node that run on queues.");
        meter.CreateObservableGauge("eorda.processes", door.Processes, "{process}", "Commands over several entities that run on this node.");
        meter.CreateObservableGauge("eorda.entities", Entities.Read, "{entity}", "Entities in memory, by kind.");
        meter.CreateObservableGauge("eorda.ready.missing", () => Missing, unit: null, "1 for each part without which the node cannot answer.");
        meter.CreateObservableGauge("eorda.unstored", () => Volatile.Read(ref unstored), "By", "Bytes of closed pages that wait for the database.");
        batch = meter.CreateHistogram("eorda.batch.size", "{record}", "Records of one transaction.", tags: null, Buckets(1, 4, 16, 64, 256, 1024, 4096, 16384));
        commit = meter.CreateHistogram("eorda.commit.duration", "s", "Time of one transaction, until it is on disk or refused.", tags: null, Buckets(0.0005, 0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.5, 1, 5));
        page = meter.CreateHistogram("eorda.page.size", "By", "Bytes of one page of an entity.", tags: null, Buckets(256, 1024, 4096, 16384, 65536, 262144, 1048576));
        persist = meter.CreateHistogram("eorda.page.duration", "s", "Time from a page's closing until its entity hears that it is stored.", tags: null, Buckets(0.0005, 0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.5, 1, 5));
        recovery = meter.CreateHistogram("eorda.recovery.duration", "s", "Time of one recovery of an entity from its snapshot and pages.", tags: null, Buckets(0.001, 0.01, 0.1, 0.5, 1, 5, 30));
        duesLate = meter.CreateHistogram("eorda.dues.late", "s", "By how much something due took effect after its instant, in queues in memory.", tags: null, Buckets(0.01, 0.05, 0.1, 0.5, 1, 5, 30));
        updates = meter.CreateCounter<long>("eorda.live.updates", "{update}", "Live updates told.");
        failures = meter.CreateCounter<long>("eorda.entity.failures", "{failure}", "Entities that stopped because a message failed in them or a page was not stored.");
        snapshotFailures = meter.CreateCounter<long>("eorda.snapshot.failures", "{snapshot}", "Snapshots that were not stored.");
    }

    /// <summary>What commands came to.</summary>
    public DecisionCounts Decisions { get; } = new();

    /// <inheritdoc/>
    public DeadlineCounts Deadlines { get; } = new();

    /// <summary>Entities in memory.</summary>
    public EntityCounts Entities { get; } = new();

    /// <summary>What the node lacks to be ready, by part.</summary>
    public IReadOnlyList<Measurement<int>> Missing { get; set; } = [];

    /// <summary>A transaction is on disk.</summary>
    public void TransactionWritten(int records, TimeSpan duration)
    {
        batch.Record(records);
        commit.Record(duration.TotalSeconds, Written);
    }

    /// <summary>The database refused a transaction, or failed.</summary>
    public void TransactionRefused(TimeSpan duration) => commit.Record(duration.TotalSeconds, Refused);

    /// <summary>A page waits for the database.</summary>
    public void PageClosed(int bytes)
    {
        Interlocked.Add(ref unstored, bytes);
        page.Record(bytes);
    }

    /// <summary>A page is stored.</summary>
    public void PageStored(int bytes, TimeSpan duration)
    {
        Interlocked.Add(ref unstored, -bytes);
        persist.Record(duration.TotalSeconds);
    }

    /// <summary>An entity stopped with pages that were not stored.</summary>
    public void PagesLost(int bytes) => Interlocked.Add(ref unstored, -bytes);

    /// <summary>An entity was recovered, or could not be.</summary>
    public void EntityRecovered(TimeSpan duration, bool succeeded) => recovery.Record(duration.TotalSeconds, succeeded ? Recovered : NotRecovered);

    /// <summary>A message failed in an entity.</summary>
    public void MessageFailed() => failures.Add(1, OfMessage);

    /// <summary>A page was not stored, and its entity stops.</summary>
    public void PageFailed() => failures.Add(1, OfPage);

    /// <summary>A snapshot was not stored.</summary>
    public void SnapshotNotStored() => snapshotFailures.Add(1);

    /// <summary>A live update went out.</summary>
    public void UpdateTold() => updates.Add(1);

    /// <inheritdoc/>
    public void DueSettled(Moment due, Moment at)
    {
        if (duesLate.Enabled)
        {
            duesLate.Record((at.UnixMilliseconds - due.UnixMilliseconds) / 1000.0);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => meter.Dispose();

    private static InstrumentAdvice<T> Buckets<T>(params T[] bounds)
        where T : struct => new() { HistogramBucketBoundaries = bounds };
}
