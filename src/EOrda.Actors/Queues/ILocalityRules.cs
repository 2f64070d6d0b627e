using EOrda.Queues;
using EOrda.Queues.Country;
using EOrda.Queues.Time;

namespace EOrda.Actors.Queues;

/// <summary>What a node knows of the localities' rules and of what lies outside a queue.</summary>
internal interface ILocalityRules : ITargets
{
    /// <summary>All rules of a locality that can be in force at the instant, the first ones first; null when nothing is known for that instant yet.</summary>
    IReadOnlyList<RulesInForce>? RulesOf(string locality, Moment at);
}
