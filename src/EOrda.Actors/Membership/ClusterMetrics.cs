using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using EOrda.Actors.Telemetry;

namespace EOrda.Actors.Membership;

/// <summary>What a node of a cluster measures of the others (docs/operations.md, "What is measured"). Safe for use by many threads.</summary>
internal sealed class ClusterMetrics : IDisposable
{
    private readonly Meter meter = new(NodeTelemetry.MeterName);
    private readonly ConcurrentDictionary<string, double> clocks = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, int> shards = new(StringComparer.Ordinal);
    private int members;
    private int unreachable;

    /// <summary>Begins to measure.</summary>
    public ClusterMetrics()
    {
        meter.CreateObservableGauge("eorda.clock.ahead", () => clocks.Select(clock => new Measurement<double>(clock.Value, Tag("node", clock.Key))), "s", "By how much another node's clock is ahead of this one's.");
        meter.CreateObservableGauge("eorda.shards", () => shards.Select(one => new Measurement<int>(one.Value, Tag("entities", one.Key))), "{shard}", "Shards on this node.");
        meter.CreateObservableGauge("eorda.cluster.members", () => Volatile.Read(ref members), "{node}", "Nodes of the cluster, this one too.");
        meter.CreateObservableGauge("eorda.cluster.unreachable", () => Volatile.Read(ref unreachable), "{node}", "Nodes of the cluster that this one does not hear.");
    }

    /// <summary>Another node's clock was read.</summary>
    public void ClockRead(string node, TimeSpan ahead) => clocks[node] = ahead.TotalSeconds;

    /// <summary>Another node's clock is not known any more.</summary>
    public void ClockForgotten(string node) => clocks.TryRemove(node, out _);

    /// <summary>So many shards of a kind of entities are here.</summary>
    public void ShardsHere(string entities, int count) => shards[entities] = count;

    /// <summary>So many nodes are there.</summary>
    public void Members(int all, int notHeard)
    {
        Volatile.Write(ref members, all);
        Volatile.Write(ref unreachable, notHeard);
    }

    /// <inheritdoc/>
    public void Dispose() => meter.Dispose();

    private static KeyValuePair<string, object?> Tag(string name, string value) => new(name, value);
}
