namespace EOrda.Actors.Hosting;

/// <summary>A node's clock: instants are the given clock's; intervals and timers, which bound waits, go by the machine's own, as the actors' timers do.</summary>
internal sealed class NodeClock(TimeProvider instants) : TimeProvider
{
    /// <inheritdoc/>
    public override DateTimeOffset GetUtcNow() => instants.GetUtcNow();
}
