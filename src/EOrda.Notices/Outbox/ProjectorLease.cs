namespace EOrda.Notices.Outbox;

/// <summary>The right to project the journal into notices. Whoever gets a later one ends it.</summary>
/// <param name="Owner">The node.</param>
/// <param name="Token">Grows with each holder.</param>
public sealed record ProjectorLease(string Owner, long Token);

/// <summary>Another node has the lease now. Nothing was written; stop projecting, or acquire the lease again.</summary>
/// <param name="lease">The lease that has ended.</param>
public sealed class StaleProjectorException(ProjectorLease lease)
    : InvalidOperationException($"The lease {lease.Token} of projector '{lease.Owner}' has ended: another has it. Nothing was written.");

/// <summary>The records do not follow on the last ones that were projected. Nothing was written; ask for the place and go on from it.</summary>
/// <param name="entity">The entity.</param>
/// <param name="place">The last record that was projected; 0 before the first.</param>
/// <param name="from">The first record that came.</param>
public sealed class ProjectionGapException(string entity, long place, long from)
    : InvalidOperationException($"Records of '{entity}' from {from} on do not follow on record {place}. Nothing was written.");
