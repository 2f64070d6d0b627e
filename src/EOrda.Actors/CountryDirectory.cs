using EOrda.Queues.Country;
using EOrda.Queues.Rules;
using EOrda.Queues.Time;

namespace EOrda.Actors;

/// <summary>The country's localities and kindergartens, up to a horizon. Immutable; a change makes a new one.</summary>
/// <param name="Localities">
/// All rules of each locality, the first ones first. The last ones may be in force only from an instant to come: <see cref="RulesOf"/> says which are.
/// </param>
/// <param name="Kindergartens">The kindergartens by their identifiers.</param>
/// <param name="Horizon">
/// Nothing changes before this instant. Whoever keeps the directory asks for it anew from then on; whoever asks for it each time has no need of the horizon.
/// </param>
public sealed record CountryDirectory(
    IReadOnlyDictionary<string, IReadOnlyList<RulesInForce>> Localities,
    IReadOnlyDictionary<string, Kindergarten> Kindergartens,
    Moment Horizon)
{
    /// <summary>The rules of a locality in force at an instant, or its first ones before these are in force; null when the locality is not known.</summary>
    public LocalityRules? RulesOf(string locality, Moment at)
    {
        if (!Localities.TryGetValue(locality, out var rules))
        {
            return null;
        }

        var last = rules.Count - 1;
        while (last > 0 && rules[last].From > at)
        {
            last--;
        }

        return rules[last].Rules;
    }
}
