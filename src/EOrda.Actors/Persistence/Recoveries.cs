using System.Collections.Concurrent;
using System.Data.Common;
using Akka.Pattern;
using Akka.Persistence;

namespace EOrda.Actors.Persistence;

/// <summary>
/// Which entities may be recovered now. What is asked of one that may not is answered at once, so a database that is out, or a damaged entity that
/// many ask, is not read again and again. Safe for use by many threads.
/// </summary>
internal sealed class Recoveries(DatabaseHealth health, TimeProvider time)
{
    /// <summary>Whether the database is there.</summary>
    public DatabaseHealth Health { get; } = health;

    private static readonly TimeSpan PauseOfDamaged = TimeSpan.FromSeconds(10);

    // Bounded by the entities that there are: one that never wrote recovers.
    private readonly ConcurrentDictionary<string, long> failed = new(StringComparer.Ordinal);

    /// <summary>True when the entity may be recovered.</summary>
    public bool MayBegin(string entity) =>
        Health.IsReadable && (!failed.TryGetValue(entity, out var at) || time.GetElapsedTime(at) >= PauseOfDamaged);

    /// <summary>The entity is there.</summary>
    public void Ended(string entity) => failed.TryRemove(entity, out _);

    /// <summary>The entity could not be recovered.</summary>
    public void Failed(string entity, Exception cause)
    {
        if (IsOfDatabase(cause))
        {
            Health.Failed();
        }
        else if (cause is not (PageNotStoredException or RecoveryTimedOutException))
        {
            failed[entity] = time.GetTimestamp();
        }
    }

    private static bool IsOfDatabase(Exception? cause) => cause switch
    {
        null or PageNotStoredException => false,
        DbException or OpenCircuitException => true,
        _ => IsOfDatabase(cause.InnerException),
    };
}
