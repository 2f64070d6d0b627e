using EOrda.Model.Domain;
using EOrda.Model.Order;

namespace EOrda.Model;

/// <summary>rules.md 5, 6 and 7: the limits that keep a child from reserving, and the window, in which nobody at a limit stands in the way.</summary>
public sealed partial class NaiveModel
{
    /// <summary>
    /// rules.md 7: issued on a local date later than today minus one calendar month; those undone by a revoked place or by the kindergarten's refusal
    /// do not count.
    /// </summary>
    internal bool HasReachedReferralLimit(Application application)
    {
        var since = Today(application.Locality).PlusMonths(-1);
        var counted = referrals.Count(referral =>
            referral.Application.Child == application.Child
            && referral.Application.Queue == application.Queue
            && referral.IssueDate > since
            && !referral.UndoneByKindergarten);
        return counted >= application.Locality.Rules.ReferralsPerMonth;
    }

    /// <summary>rules.md 6: lapsed or dropped by this child in this queue on this local date.</summary>
    internal bool HasReachedLapseLimit(Application application)
    {
        var today = Today(application.Locality);
        var counted = lapses.Count(lapse => lapse.Child == application.Child && lapse.Queue == application.Queue && lapse.Date == today);
        return counted >= application.Locality.Rules.LapsesPerDay;
    }

    /// <summary>rules.md 5: the application's rank in its queue.</summary>
    internal int Rank(Application application) => PriorityWindow.Rank(application, OrderAround(application), IsAtALimit);

    /// <summary>rules.md 5: N of the application's queue.</summary>
    internal decimal WindowSize(Application application) => PriorityWindow.Size(application.Queue, application.Locality, places, now);

    internal bool IsAtALimit(Application application) => HasReachedReferralLimit(application) || HasReachedLapseLimit(application);

    /// <summary>rules.md 5: in the window if its rank is at most N.</summary>
    private bool IsInWindow(Application application)
    {
        var (rank, size) = (Rank(application), WindowSize(application));
        Told("window: " + (rank < size ? "inside" : rank == size ? "inside, the last" : rank == size + 1 ? "outside, the next" : "outside"));
        if (rank <= size && PriorityWindow.Rank(application, OrderAround(application), _ => false) > size)
            Told("window: inside over somebody at a limit");
        if (rank <= size && rank > PriorityWindow.Size(application.Queue, application.Locality, places.Where(place => place.State == PlaceState.Available), now))
            Told("window: inside by a place given up");
        return rank <= size;
    }

    private List<Application> OrderAround(Application application) => QueueOrder.Of(application.Queue, application.Locality, applications);

    private void CountLapse(Application application) =>
        lapses.Add(new CountedLapse(application.Child, application.Queue, Today(application.Locality)));
}
