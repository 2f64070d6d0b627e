using EOrda.Queues.Country;
using EOrda.Queues.Names;
using EOrda.Queues.Time;

namespace EOrda.Actors.Country;

/// <summary>What a node knows of the country as of one look at the localities. Nobody changes it.</summary>
/// <param name="Version">The localities' version.</param>
/// <param name="Until">The horizon: no rules change before it.</param>
/// <param name="Directory">The localities and kindergartens.</param>
/// <param name="Queues">The queues that have a record or are about to.</param>
internal sealed record LocalitiesView(int Version, Moment Until, CountryDirectory Directory, IReadOnlySet<QueueKey> Queues)
{
    /// <summary>Nothing is known yet, for no instant.</summary>
    public static readonly LocalitiesView Nothing =
        new(0, Moment.Beginning, new CountryDirectory(new Dictionary<string, IReadOnlyList<RulesInForce>>(), new Dictionary<string, Kindergarten>(), Moment.Beginning), new HashSet<QueueKey>());

    /// <summary>The view after changes. What did not change is shared.</summary>
    /// <param name="localities">The localities with the changes; this is what they were at <see cref="Version"/>.</param>
    /// <param name="until">The horizon.</param>
    /// <param name="amended">Receives the localities whose rules changed.</param>
    public LocalitiesView After(Localities localities, Moment until, ISet<string> amended)
    {
        var (directory, queues) = (Directory, Queues);
        var (hasNewKindergartens, hasNewQueues) = (false, false);
        foreach (var (_, happened) in localities.ChangesAfter(Version))
        {
            switch (happened)
            {
                case RulesSet e:
                    amended.Add(e.Locality);
                    break;
                case KindergartenRegistered:
                    hasNewKindergartens = true;
                    break;
                default:
                    hasNewQueues = true;
                    break;
            }
        }

        if (amended.Count > 0)
        {
            directory = directory with { Localities = localities.Keys.ToDictionary(key => key, key => (IReadOnlyList<RulesInForce>)[.. localities.RulesOf(key)!]) };
        }

        if (hasNewKindergartens)
        {
            directory = directory with { Kindergartens = localities.Kindergartens.ToDictionary() };
        }

        if (hasNewQueues)
        {
            queues = localities.Queues.ToHashSet();
        }

        return new LocalitiesView(localities.Version, until, directory with { Horizon = until }, queues);
    }
}
