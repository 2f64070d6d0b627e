using EOrda.Queues.Time;

namespace EOrda.Actors.Country;

/// <summary>The times by which nodes and the localities go (docs/decisions/0004-horizon-of-rules.md).</summary>
internal static class Horizon
{
    /// <summary>How far ahead the localities promise that no rules change: an amendment takes effect after so long at the latest.</summary>
    public static readonly TimeSpan Length = TimeSpan.FromSeconds(60);

    /// <summary>How often a node asks for a new one. Two askings may fail, or the localities move to another node, before a horizon is reached.</summary>
    public static readonly TimeSpan RenewEvery = TimeSpan.FromSeconds(20);

    /// <summary>How often each queue that is not at rest is woken.</summary>
    public static readonly TimeSpan WakeEvery = TimeSpan.FromSeconds(20);

    /// <summary>How long before a release queues with places are woken, so that they are in memory when everybody comes.</summary>
    public static readonly TimeSpan WakeBeforeRelease = TimeSpan.FromMinutes(5);

    /// <summary>The instant so much later.</summary>
    public static Moment Plus(this Moment at, TimeSpan time) => new(at.UnixMilliseconds + (long)time.TotalMilliseconds);
}
