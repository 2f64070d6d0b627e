using System.Diagnostics.Metrics;
using EOrda.Actors.Routing;

namespace EOrda.Actors.Telemetry;

/// <summary>How many entities of each kind there are. Safe for use by many threads.</summary>
internal sealed class EntityCounts
{
    private static readonly KeyValuePair<string, object?>[] Kinds =
        [.. Enum.GetValues<EntityKind>().Select(kind => new KeyValuePair<string, object?>("kind", kind.ToString().ToLowerInvariant()))];

    private readonly int[] counts = new int[Kinds.Length];

    /// <summary>One more or one less.</summary>
    public void Add(EntityKind kind, int by) => Interlocked.Add(ref counts[(int)kind], by);

    /// <summary>The counts, each with its kind.</summary>
    public IEnumerable<Measurement<int>> Read() => Kinds.Select((kind, i) => new Measurement<int>(Volatile.Read(ref counts[i]), kind));
}
