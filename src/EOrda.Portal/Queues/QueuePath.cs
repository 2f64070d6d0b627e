using EOrda.Actors;
using EOrda.Portal.Problems;
using EOrda.Queues.Names;
using EOrda.Queues.Rules;

namespace EOrda.Portal.Queues;

/// <summary>A queue in an address: <c>/api/queues/almaty/general/2022</c>.</summary>
/// <param name="Locality">The locality's key.</param>
/// <param name="Kind"><c>general</c>, <c>special</c> or <c>sanatorium</c>.</param>
/// <param name="Cohort">The birth year, or the profile of a sanatorium queue.</param>
internal readonly record struct QueuePath(string Locality, string Kind, string Cohort)
{
    /// <summary>The pattern of the addresses.</summary>
    public const string Pattern = "/api/queues/{locality}/{kind}/{cohort}";

    /// <summary>Finds the queue.</summary>
    /// <param name="directory">The localities.</param>
    /// <param name="queue">The queue.</param>
    /// <returns>The answer where there is no such locality, or no such queue, else null. Anybody may send anything here, so nothing is thrown.</returns>
    public IResult? Find(CountryDirectory directory, out QueueKey queue)
    {
        queue = null!;
        return !directory.Localities.ContainsKey(Locality) ? ProblemResult.Of(Reason.UnknownLocality)
            : QueueKey.TryCreate(Locality, Kind, Cohort, out queue) ? null
            : ProblemResult.Of(Reason.BadQueue);
    }
}
