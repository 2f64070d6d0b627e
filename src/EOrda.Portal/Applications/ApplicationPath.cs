using EOrda.Actors;
using EOrda.Portal.Problems;
using EOrda.Portal.Queues;
using EOrda.Queues.Names;
using EOrda.Queues.Rules;

namespace EOrda.Portal.Applications;

/// <summary>An application in an address: its queue's and <c>/applications/ALM-26-7KQ4-M92D</c>.</summary>
/// <param name="Locality">The locality's key.</param>
/// <param name="Kind">The kind of the queue.</param>
/// <param name="Cohort">The cohort of the queue.</param>
/// <param name="Application">The application's number.</param>
internal readonly record struct ApplicationPath(string Locality, string Kind, string Cohort, string Application)
{
    /// <summary>The pattern of the addresses.</summary>
    public const string Pattern = QueuePath.Pattern + "/applications/{application}";

    /// <summary>Finds the application's queue; the application's number is short enough to be one.</summary>
    /// <param name="directory">The localities.</param>
    /// <param name="queue">The queue.</param>
    /// <returns>The answer where there is no such queue, or cannot be such an application, else null.</returns>
    public IResult? Find(CountryDirectory directory, out QueueKey queue) =>
        new QueuePath(Locality, Kind, Cohort).Find(directory, out queue) ?? (Identifier.IsPlausible(Application) ? null : ProblemResult.Of(Reason.UnknownApplication));
}
