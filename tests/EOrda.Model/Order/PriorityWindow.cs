using EOrda.Model.Domain;
using NodaTime;

namespace EOrda.Model.Order;

/// <summary>rules.md 5: the first N of the queue, who may take places in priority access.</summary>
internal static class PriorityWindow
{
    /// <summary>N: the window factor times the queue's available places in priority access, rounded up.</summary>
    public static decimal Size(QueueName queue, LocalityRules rules, IEnumerable<Place> places, Instant now)
    {
        var inPriority = places.Count(place => place.Queue == queue && place.AccessAt(now) == Access.Priority);
        return decimal.Ceiling(rules.WindowFactor * inPriority);
    }

    /// <summary>The rank: the order of all waiting applications, those holding a reservation then left out (replay.md, Precisions).</summary>
    public static int Rank(Application application, List<Application> order) =>
        order.Where(other => other.Reservation is null).ToList().IndexOf(application) + 1;
}
