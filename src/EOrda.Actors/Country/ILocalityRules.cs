using Akka.Actor;
using EOrda.Queues;
using EOrda.Queues.Country;
using EOrda.Queues.Time;

namespace EOrda.Actors.Country;

/// <summary>What a node knows of the localities' rules and of what lies outside a queue. Safe for use by many threads.</summary>
internal interface ILocalityRules : ITargets
{
    /// <summary>
    /// The actor that keeps it up to date: looks again for <see cref="RefreshNow"/>, and tells those who <see cref="FollowRules"/>.
    /// </summary>
    IActorRef Keeper { get; }

    /// <summary>All rules of a locality that can be in force at the instant, the first ones first; null when nothing is known for that instant yet.</summary>
    IReadOnlyList<RulesInForce>? RulesOf(string locality, Moment at);
}
