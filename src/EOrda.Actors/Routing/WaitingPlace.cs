namespace EOrda.Actors.Routing;

/// <summary>How many requests of this node wait for one entity, with a bound, since mailboxes of actors have none.</summary>
/// <param name="entity">The entity's name.</param>
/// <param name="capacity">How many may wait.</param>
internal sealed class WaitingPlace(string entity, int capacity)
{
    private int waiting;

    /// <summary>The entity's name.</summary>
    public string Entity { get; } = entity;

    /// <summary>How many wait.</summary>
    public int Waiting => Volatile.Read(ref waiting);

    /// <summary>One more waits.</summary>
    /// <exception cref="BusyException">As many wait as may.</exception>
    public void Enter()
    {
        if (Interlocked.Increment(ref waiting) > capacity)
        {
            Leave();
            throw new BusyException($"{Entity} has as many requests waiting as it may.", TimeSpan.FromSeconds(1));
        }
    }

    /// <summary>One less waits.</summary>
    public void Leave() => Interlocked.Decrement(ref waiting);
}
