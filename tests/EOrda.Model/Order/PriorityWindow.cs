using EOrda.Model.Domain;
using NodaTime;

namespace EOrda.Model.Order;

/// <summary>rules.md 5 and replay.md, Precisions, the window's rank: the first N of the queue, who may take places in priority access.</summary>
internal static class PriorityWindow
{
    /// <summary>N: the window factor times the queue's places that count, rounded up.</summary>
    public static decimal Size(QueueName queue, Locality locality, IEnumerable<Place> places, Instant now)
    {
        var today = locality.Clock.DateOf(now);
        return decimal.Ceiling(locality.Rules.WindowFactor * places.Count(place => place.Queue == queue && Counts(place, today, now)));
    }

    /// <summary>
    /// One more than those ahead that hold no reservation and are at no limit. The order is that of all waiting applications: those who do not stand
    /// in the way have their turn in the pattern all the same.
    /// </summary>
    public static int Rank(Application application, List<Application> order, Predicate<Application> isAtALimit) =>
        1 + order.TakeWhile(other => other != application).Count(other => other.Reservation is null && !isAtALimit(other));

    /// <summary>Available in priority access, or given up on this local date after it was reserved in priority access.</summary>
    private static bool Counts(Place place, LocalDate today, Instant now) =>
        place.AccessAt(now) == Access.Priority || (place.State == PlaceState.Returning && place.GivenUpOn == today);
}
