using Akka.Actor;
using EOrda.Actors.Routing;
using EOrda.Queues.Names;
using EOrda.Queues.Time;

namespace EOrda.Actors.Country;

/// <summary>Tell a node what changed after the version that it has, and a horizon. The reply is a <see cref="HorizonTold"/>.</summary>
internal sealed record AskHorizon(EntityAddress To, int Version, Request Request) : ToEntity(To), IRequest;

/// <summary>What changed in the localities, and how long nothing more will.</summary>
/// <param name="Since">The version that was asked about.</param>
/// <param name="Changes">The changes after it, as a snapshot has them.</param>
/// <param name="IsWhole">False when more changes are there than one reply holds: they must be asked for before anything counts.</param>
/// <param name="Until">The horizon: no rules change before it.</param>
internal sealed record HorizonTold(int Since, ReadOnlyMemory<byte> Changes, bool IsWhole, Moment Until);

/// <summary>The localities have changed. Told to the nodes that asked lately, as a reply that they did not ask for (number 0).</summary>
internal sealed record LocalitiesChanged(int Version);

/// <summary>Note a queue that is about to take its first record. The reply is a <see cref="QueueIsNoted"/>.</summary>
internal sealed record NoteQueue(EntityAddress To, QueueKey Queue, Request Request) : ToEntity(To), IRequest;

/// <summary>The queue is noted, or its locality is not known.</summary>
internal sealed record QueueIsNoted(bool IsKnown);

/// <summary>A queue is in memory: it is to be woken from now on. The next wake answers.</summary>
internal sealed record QueueAwake(EntityAddress To, QueueKey Queue) : ToEntity(To);

/// <summary>A queue is about to be at rest: it need not be woken before something is due. The reply is a <see cref="RestNoted"/>.</summary>
/// <param name="To">The localities.</param>
/// <param name="Queue">The queue.</param>
/// <param name="Wake">The number of the wake after which it looked whether it can rest. Counts only while no other was sent.</param>
/// <param name="Due">When something is due next in it.</param>
/// <param name="HasPlaces">True when it has places that may be taken at a release.</param>
/// <param name="Request">Whom to reply to.</param>
internal sealed record QueueResting(EntityAddress To, QueueKey Queue, long Wake, Moment Due, bool HasPlaces, Request Request) : ToEntity(To), IRequest;

/// <summary>The localities know when a queue at rest is to be woken.</summary>
internal sealed record RestNoted
{
    /// <summary>The one instance.</summary>
    public static readonly RestNoted Done = new();

    private RestNoted()
    {
    }
}

/// <summary>Wakes a queue: it settles what is due, and its timers go by the clock anew.</summary>
/// <param name="To">The queue.</param>
/// <param name="Number">Grows with each wake.</param>
internal sealed record WakeQueue(EntityAddress To, long Number) : ToEntity(To);

/// <summary>Has a bucket of the register in memory, where it sees to what a node that died left unfinished.</summary>
/// <param name="To">The bucket.</param>
internal sealed record WakeRegister(EntityAddress To) : ToEntity(To);

/// <summary>Look again what changed. Whoever asks hears <see cref="Refreshed"/> after a look that began later. Stays in the node.</summary>
internal sealed class RefreshNow : INoSerializationVerificationNeeded
{
    /// <summary>The one message.</summary>
    public static readonly RefreshNow Message = new();

    private RefreshNow()
    {
    }
}

/// <summary>The node's copy was brought up to date, or the localities did not answer.</summary>
internal sealed record Refreshed(bool Succeeded) : INoSerializationVerificationNeeded;

/// <summary>Tell me when the rules of my locality change, and when the clock was set. Stays in the node.</summary>
internal sealed record FollowRules(QueueKey Queue) : INoSerializationVerificationNeeded;

/// <summary>Tell me nothing any more.</summary>
internal sealed class UnfollowRules : INoSerializationVerificationNeeded
{
    /// <summary>The one message.</summary>
    public static readonly UnfollowRules Message = new();

    private UnfollowRules()
    {
    }
}

/// <summary>The rules of the locality have changed, from now or a later instant on.</summary>
internal sealed class RulesChanged : INoSerializationVerificationNeeded
{
    /// <summary>The one message.</summary>
    public static readonly RulesChanged Message = new();

    private RulesChanged()
    {
    }
}

/// <summary>A second has passed on the node's clock, or it jumped. Stays in the node.</summary>
internal sealed class LookAtClock : INoSerializationVerificationNeeded
{
    /// <summary>The one message.</summary>
    public static readonly LookAtClock Message = new();

    private LookAtClock()
    {
    }
}

/// <summary>The node's clock was set: what waits for an instant waits wrongly.</summary>
internal sealed class ClockWasSet : INoSerializationVerificationNeeded
{
    /// <summary>The one message.</summary>
    public static readonly ClockWasSet Message = new();

    private ClockWasSet()
    {
    }
}
