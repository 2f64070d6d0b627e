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

    /// <summary>The queue.</summary>
    /// <exception cref="ProblemException">There is no such locality, or no such queue.</exception>
    public QueueKey In(IQueueNode node)
    {
        if (!node.Directory.Localities.ContainsKey(Locality))
        {
            throw new ProblemException(Problem.Of(Reason.UnknownLocality));
        }

        return QueueKey.TryCreate(Locality, Kind, Cohort, out var key) ? key : throw new ProblemException(Problem.Of(Reason.BadQueue));
    }
}
