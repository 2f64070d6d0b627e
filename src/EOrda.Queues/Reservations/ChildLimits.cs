using EOrda.Queues.Applications;
using EOrda.Queues.Rules;
using NodaTime;

namespace EOrda.Queues.Reservations;

/// <summary>
/// Which children are at a limit of a queue on a local date, so that their applications stand in nobody's way (rules, section 5). An index over the
/// histories of lapses and referrals: it follows the dates on which it is asked, and a limit ends without an event.
/// </summary>
internal sealed class ChildLimits(Queue queue)
{
    // Of each child with a history the application filed last; no other of the child's can be active.
    private readonly Dictionary<int, int> applications = [];
    private readonly Dictionary<int, LocalDate> ends = [];
    private readonly SortedSet<(LocalDate End, int Child)> byEnd = [];
    private LocalDate latest = LocalDate.MinIsoValue;

    /// <summary>The local date of which the index tells.</summary>
    public LocalDate Date { get; private set; } = LocalDate.MinIsoValue;

    /// <summary>The first date on which some child is no longer at a limit; null when none is at one.</summary>
    public LocalDate? NextEnd => byEnd.Count > 0 ? byEnd.Min.End : null;

    /// <summary>True when the child is at a limit.</summary>
    public bool Has(int child) => ends.ContainsKey(child);

    /// <summary>The limit that the child is at on a date, and the first date on which it no longer is; of two the one that ends later.</summary>
    public (Reason Reason, LocalDate End)? On(LocalDate date, int child)
    {
        LocalDate? ofReferrals = queue.ReferralHistory.LimitEnd(child, queue.Rules.ReferralsPerMonth) is { } end && date < end ? end : null;
        LocalDate? ofLapses = queue.LapseHistory.CountOn(date, child) >= queue.Rules.LapsesPerDay ? date.PlusDays(1) : null;
        if (ofReferrals is { } month && (ofLapses is null || ofLapses <= month))
        {
            return (Reason.ReferralLimit, month);
        }

        return ofLapses is { } day ? (Reason.LapseLimit, day) : null;
    }

    /// <summary>Goes to another local date.</summary>
    public void MoveTo(LocalDate date)
    {
        if (date == Date)
        {
            return;
        }

        Date = date;
        if (date <= latest)
        {
            // Where the clocks go back over midnight a date comes twice.
            LookAgain();
            return;
        }

        latest = date;
        while (byEnd.Count > 0 && byEnd.Min.End <= date)
        {
            LookAgain(byEnd.Min.Child);
        }
    }

    /// <summary>The child of an application has a history of lapses or referrals that changed.</summary>
    public void HistoryChanged(int application)
    {
        var child = queue.Applications[application].Child;
        applications[child] = application;
        LookAgain(child);
    }

    /// <summary>An application was filed.</summary>
    public void Filed(int application)
    {
        if (applications.ContainsKey(queue.Applications[application].Child))
        {
            applications[queue.Applications[application].Child] = application;
        }
    }

    /// <summary>Makes the index anew of the histories, as of a date.</summary>
    public void Restore(LocalDate date)
    {
        (Date, latest) = (date, LocalDate.Max(date, queue.LapseHistory.Latest));
        var children = queue.ReferralHistory.Children.Concat(queue.LapseHistory.Children).ToHashSet();
        for (var i = 0; i < queue.Applications.Count; i++)
        {
            if (children.Contains(queue.Applications[i].Child))
            {
                applications[queue.Applications[i].Child] = i;
            }
        }

        LookAgain();
    }

    /// <summary>Looks at every child with a history again: a limit was amended.</summary>
    public void LookAgain()
    {
        foreach (var child in applications.Keys)
        {
            LookAgain(child);
        }
    }

    private void LookAgain(int child)
    {
        if (ends.Remove(child, out var before))
        {
            byEnd.Remove((before, child));
        }

        if (On(Date, child) is { } limit)
        {
            ends.Add(child, limit.End);
            byEnd.Add((limit.End, child));
        }

        queue.UpdateBarred(applications[child]);
    }
}
