using System.Globalization;
using EOrda.Actors;
using EOrda.Queues.Names;
using NodaTime;

namespace EOrda.Portal.Localities;

/// <summary>
/// The queues that a locality can have now: of each kind that has a kindergarten, the birth years that a group can have; and the sanatorium profiles
/// that the portal was told of. The node itself knows a queue only by its name.
/// </summary>
internal sealed class LocalityQueues(IReadOnlyList<string> profiles)
{
    private const int YoungestAge = 0;
    private const int OldestAge = 7;

    /// <summary>The queues, by kind, the oldest children first.</summary>
    public IEnumerable<QueueKey> Of(CountryDirectory directory, string locality, LocalDate today)
    {
        var kinds = directory.Kindergartens.Values.Where(k => k.Locality == locality).Select(k => k.Kind).Distinct().Order();
        foreach (var kind in kinds)
        {
            foreach (var cohort in kind == Kind.Sanatorium ? profiles : Years(today.Year))
            {
                yield return new QueueKey(locality, kind, cohort);
            }
        }
    }

    private static IEnumerable<string> Years(int year)
    {
        for (var age = OldestAge; age >= YoungestAge; age--)
        {
            yield return (year - age).ToString("D4", CultureInfo.InvariantCulture);
        }
    }
}
