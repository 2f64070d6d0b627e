using System.Diagnostics.Metrics;
using EOrda.Actors.Country;
using EOrda.Actors.Persistence;
using EOrda.Actors.Telemetry;
using EOrda.Queues.Time;
using Microsoft.Extensions.Logging;

namespace EOrda.Actors.Hosting;

/// <summary>What a node needs to answer: a database that takes pages, its membership of the cluster, and shards that answer, which a horizon shows.</summary>
internal sealed partial class Readiness(LocalitiesCopy copy, DatabaseHealth health, ActorsMetrics metrics, TimeProvider time, ILogger log)
{
    private readonly Lock looking = new();
    private string missing = "";

    /// <summary>True while the node is a member of its cluster; set when the actor system is there.</summary>
    public Func<bool> IsMember { get; set; } = static () => false;

    /// <summary>True when nothing is missing.</summary>
    public bool IsReady => health.IsAvailable && IsMember() && HasHorizon;

    private bool HasHorizon => copy.HasHorizon(Moment.From(time.GetUtcNow()));

    /// <summary>Measures what is missing, and logs when that has changed.</summary>
    public void Look()
    {
        lock (looking)
        {
            Measure();
        }
    }

    private void Measure()
    {
        (string Part, bool IsThere)[] parts = [("journal", health.IsAvailable), ("cluster", IsMember()), ("shards", HasHorizon)];
        metrics.Missing = [.. parts.Select(part => new Measurement<int>(part.IsThere ? 0 : 1, new KeyValuePair<string, object?>("part", part.Part)))];
        var lacks = string.Join(", ", parts.Where(part => !part.IsThere).Select(part => part.Part));
        if (lacks == missing)
        {
            return;
        }

        missing = lacks;
        if (lacks.Length > 0)
        {
            LogNotReady(log, lacks);
        }
        else
        {
            LogReady(log);
        }
    }

    [LoggerMessage(71, LogLevel.Warning, "The node is not ready: {Missing} missing")]
    private static partial void LogNotReady(ILogger log, string missing);

    [LoggerMessage(72, LogLevel.Information, "The node is ready")]
    private static partial void LogReady(ILogger log);
}
