using EOrda.Queues.Time;

namespace EOrda.Notices.Outbox;

/// <summary>
/// Takes facts and keeps them until they are told. A fact is taken once, however often it comes. Safe for many threads and nodes.
/// </summary>
public interface INoticeOutbox
{
    /// <summary>The most facts, and the most records of entities, of one call: a transaction stays short.</summary>
    const int MostAtOnce = 1_000;

    /// <summary>Takes the lease of the one projector, if it is free, at its end, or the owner's already.</summary>
    /// <param name="owner">The node. 1 to 100 characters.</param>
    /// <param name="cancellation">Ends the wait.</param>
    /// <returns>The lease with a new token, or null while another has it.</returns>
    Task<ProjectorLease?> AcquireAsync(string owner, CancellationToken cancellation);

    /// <summary>The last record of an entity that was projected; 0 before the first.</summary>
    Task<long> PlaceOfAsync(string entity, CancellationToken cancellation);

    /// <summary>
    /// Writes what records tell and the places they reach in one transaction, and renews the lease. Records that were projected before are passed over.
    /// </summary>
    /// <param name="lease">The lease.</param>
    /// <param name="records">Records of some entities, each entity once, at most <see cref="MostAtOnce"/> facts and entities together.</param>
    /// <param name="cancellation">Ends the wait; then either all is written or nothing.</param>
    /// <returns>How many facts were new.</returns>
    /// <exception cref="StaleProjectorException">Another has the lease.</exception>
    /// <exception cref="ProjectionGapException">Records are left out.</exception>
    /// <exception cref="ArgumentException">A fact or the records are not as they must be.</exception>
    Task<int> ProjectAsync(ProjectorLease lease, IReadOnlyCollection<ProjectedRecords> records, CancellationToken cancellation);

    /// <summary>Takes facts that are not the journal's: of contracts, reminders, the clean-up. Facts that were taken before are passed over.</summary>
    /// <param name="facts">At most <see cref="MostAtOnce"/>.</param>
    /// <param name="cancellation">Ends the wait; then either all are taken or none.</param>
    /// <returns>How many were new.</returns>
    /// <exception cref="ArgumentException">A fact is not as it must be.</exception>
    Task<int> EnqueueAsync(IReadOnlyCollection<NoticeFact> facts, CancellationToken cancellation);

    /// <summary>What waits to be sent.</summary>
    Task<OutboxBacklog> BacklogAsync(CancellationToken cancellation);

    /// <summary>Removes old rows: deliveries that ended, and notices with them. Some at a time.</summary>
    /// <param name="endedBefore">Notices that happened before this instant are removed.</param>
    /// <param name="cancellation">Ends the wait.</param>
    /// <returns>How many notices were removed; fewer than <see cref="MostAtOnce"/> when no more are left.</returns>
    Task<int> RemoveAsync(Moment endedBefore, CancellationToken cancellation);
}

/// <summary>What waits to be sent.</summary>
/// <param name="Sms">Messages by SMS.</param>
/// <param name="Emails">Messages by e-mail.</param>
/// <param name="Oldest">When the oldest of them happened, or null.</param>
/// <param name="Retried">How many of them had a fault already.</param>
public sealed record OutboxBacklog(int Sms, int Emails, Moment? Oldest, int Retried);
