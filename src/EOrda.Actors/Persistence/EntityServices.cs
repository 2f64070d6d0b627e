using EOrda.Actors.Hosting;
using EOrda.Actors.Routing;
using EOrda.Actors.Telemetry;

namespace EOrda.Actors.Persistence;

/// <summary>What a node's entities share.</summary>
internal sealed class EntityServices(ActorsBounds bounds, TimeProvider time, Gathering gathering)
{
    /// <summary>The bounds.</summary>
    public ActorsBounds Bounds { get; } = bounds;

    /// <summary>The one clock.</summary>
    public TimeProvider Time { get; } = time;

    /// <summary>When pages are closed.</summary>
    public Gathering Gathering { get; } = gathering;

    /// <summary>What is measured; null where nobody does.</summary>
    public ActorsMetrics? Metrics { get; init; }

    /// <summary>Whether the database takes pages.</summary>
    public DatabaseHealth Health => Recoveries.Health;

    /// <summary>Which entities may be recovered now.</summary>
    public Recoveries Recoveries { get; } = new(new DatabaseHealth(bounds.RetryAfter, time), time);

    /// <summary>What those hear who wait for a page that failed: that nothing was recorded where the database said so, else that the outcome is unknown.</summary>
    public RequestFailure FailureOf(Exception cause, string entity) => cause is PageNotStoredException ? NotRecorded(entity) : OutcomeUnknown(entity);

    /// <summary>Nothing was recorded.</summary>
    public RequestFailure NotRecorded(string entity) => new(FailureKind.NotRecorded, Bounds.RetryAfter, $"The database did not store what {entity} decided.");

    /// <summary>The request reached no entity.</summary>
    public RequestFailure NotReached() => Health.IsAvailable
        ? new(FailureKind.Busy, Bounds.RetryAfter, "The entity was not there; nothing was decided.")
        : new(FailureKind.NotRecorded, Bounds.RetryAfter, "The database is out; nothing was decided.");

    /// <summary>It may be recorded.</summary>
    public RequestFailure OutcomeUnknown(string entity) => new(FailureKind.OutcomeUnknown, Bounds.RetryAfter, $"{entity} stopped before the database answered.");
}
