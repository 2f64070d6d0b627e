using System.Diagnostics.Metrics;
using EOrda.Actors.Entities;
using EOrda.Queues.Time;

namespace EOrda.Actors.Telemetry;

/// <summary>What a node measures of itself (docs/operations.md, "What is measured").</summary>
/// <remarks>A meter is known to the whole process until it is disposed. So it holds the node weakly, and a node that is dropped as a crash drops it takes its meter along.</remarks>
internal sealed class NodeMetrics : IDueMeasures, IDisposable
{
    private static readonly KeyValuePair<string, object?> Written = new("outcome", "written");
    private static readonly KeyValuePair<string, object?> Refused = new("outcome", "refused");
    private static readonly KeyValuePair<string, object?> Recovered = new("outcome", "recovered");
    private static readonly KeyValuePair<string, object?> NotRecovered = new("outcome", "failed");

    private readonly Meter meter;
    private readonly Func<IEnumerable<Entity>> entities;
    private readonly Histogram<int> batch;
    private readonly Histogram<double> commit;
    private readonly Histogram<double> recovery;
    private readonly Histogram<double> duesLate;
    private readonly Counter<long> updates;
    private readonly Counter<long> thrownAway;
    private readonly Counter<long> mailboxRefusals;
    private readonly Counter<long> snapshotFailures;

    /// <summary>Begins to measure.</summary>
    /// <param name="entities">The node's entities, whenever asked.</param>
    public NodeMetrics(Func<IEnumerable<Entity>> entities)
    {
        this.entities = entities;
        var self = new WeakReference<NodeMetrics>(this);
        meter = new Meter(new MeterOptions(NodeTelemetry.MeterName) { Scope = Scope });
        meter.CreateObservableCounter("eorda.decisions", Decisions.Read, "{command}", "Commands by what they came to, and refusals by reason.");
        meter.CreateObservableCounter("eorda.calendar.reached", Deadlines.Read, "{deadline}", "Deadlines that reached a year of which the locality's calendar names no date.");
        meter.CreateObservableGauge("eorda.mailbox.depth", () => Over(self, all => all.Sum(entity => (long)entity.MailboxDepth)), "{message}", "Messages that wait in all mailboxes.");
        meter.CreateObservableGauge("eorda.mailbox.deepest", () => Over(self, all => all.Select(entity => (long)entity.MailboxDepth).DefaultIfEmpty().Max()), "{message}", "Messages that wait in the fullest mailbox.");
        meter.CreateObservableGauge("eorda.entities", () => Over(self, all => all.LongCount(entity => entity.IsLoaded)), "{entity}", "Entities in memory.");
        meter.CreateObservableGauge("eorda.live.watches", () => Over(self, all => all.Sum(entity => (long)(entity.Duty?.Feed.Watches ?? 0))), "{watch}", "Watches that run on queues.");
        mailboxRefusals = meter.CreateCounter<long>("eorda.mailbox.refusals", "{message}", "Messages refused because a mailbox was full.");
        batch = meter.CreateHistogram("eorda.batch.size", "{record}", "Records of one transaction.", tags: null, Buckets(1, 4, 16, 64, 256, 1024, 4096, 16384));
        commit = meter.CreateHistogram("eorda.commit.duration", "s", "Time of one transaction, until it is on disk or refused.", tags: null, Buckets(0.0005, 0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.5, 1, 5));
        recovery = meter.CreateHistogram("eorda.recovery.duration", "s", "Time of one recovery of an entity from its snapshot and records.", tags: null, Buckets(0.001, 0.01, 0.1, 0.5, 1, 5, 30));
        duesLate = meter.CreateHistogram("eorda.dues.late", "s", "By how much something due took effect after its instant, in queues in memory.", tags: null, Buckets(0.01, 0.05, 0.1, 0.5, 1, 5, 30));
        updates = meter.CreateCounter<long>("eorda.live.updates", "{update}", "Live updates told.");
        thrownAway = meter.CreateCounter<long>("eorda.entity.failures", "{failure}", "Entities thrown away because a message failed in them.");
        snapshotFailures = meter.CreateCounter<long>("eorda.snapshot.failures", "{snapshot}", "Snapshots that were not stored.");
    }

    /// <summary>Gives the meter up with the node.</summary>
#pragma warning disable MA0055 // Nobody disposes a node that a simulated crash has dropped.
    ~NodeMetrics() => meter.Dispose();
#pragma warning restore MA0055

    /// <summary>By this the node's meter is known among those of several nodes.</summary>
    public object Scope { get; } = new();

    /// <summary>What commands came to.</summary>
    public DecisionCounts Decisions { get; } = new();

    /// <summary>Deadlines that reached a year which a calendar does not know.</summary>
    public DeadlineCounts Deadlines { get; } = new();

    /// <summary>A transaction is on disk.</summary>
    public void TransactionWritten(int records, TimeSpan duration)
    {
        batch.Record(records);
        commit.Record(duration.TotalSeconds, Written);
    }

    /// <summary>The journal refused a transaction.</summary>
    public void TransactionRefused(TimeSpan duration) => commit.Record(duration.TotalSeconds, Refused);

    /// <summary>An entity was recovered, or could not be.</summary>
    public void EntityRecovered(TimeSpan duration, bool succeeded) => recovery.Record(duration.TotalSeconds, succeeded ? Recovered : NotRecovered);

    /// <summary>An entity was thrown away.</summary>
    public void EntityThrownAway() => thrownAway.Add(1);

    /// <summary>A mailbox was full.</summary>
    public void MailboxRefused() => mailboxRefusals.Add(1);

    /// <summary>A snapshot was not stored.</summary>
    public void SnapshotNotStored() => snapshotFailures.Add(1);

    /// <summary>A live update went out.</summary>
    public void UpdateTold() => updates.Add(1);

    /// <summary>Something due took effect.</summary>
    public void DueSettled(Moment due, Moment at)
    {
        if (duesLate.Enabled)
        {
            duesLate.Record((at.UnixMilliseconds - due.UnixMilliseconds) / 1000.0);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        meter.Dispose();
        GC.SuppressFinalize(this);
    }

    private static long Over(WeakReference<NodeMetrics> self, Func<IEnumerable<Entity>, long> count) =>
        self.TryGetTarget(out var metrics) ? count(metrics.entities()) : 0;

    private static InstrumentAdvice<T> Buckets<T>(params T[] bounds)
        where T : struct => new() { HistogramBucketBoundaries = bounds };
}
