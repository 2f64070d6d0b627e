using NodaTime;

namespace EOrda.Queues.Referrals;

/// <summary>On which dates a child was given referrals in the queue, for the monthly limit (rules, section 7). Older ones are forgotten.</summary>
internal sealed class ReferralHistory
{
    /// <summary>The trailing month of the monthly limit; fixed, no parameter of a locality.</summary>
    private const int TrailingMonths = 1;

    private readonly Dictionary<int, List<LocalDate>> byChild = [];

    public IEnumerable<KeyValuePair<int, List<LocalDate>>> ByChild => byChild.OrderBy(entry => entry.Key);

    public IEnumerable<int> Children => byChild.Keys;

    /// <summary>
    /// The first date on which fewer than <paramref name="most"/> of the child's referrals count; null when there are not so many at all. One issued on a
    /// date counts as long as today less the trailing month, clamped to the month's end, is before it.
    /// </summary>
    public LocalDate? LimitEnd(int child, int most)
    {
        if (!byChild.TryGetValue(child, out var dates) || dates.Count < most)
        {
            return null;
        }

        var last = dates[^most];
        var end = last.PlusMonths(TrailingMonths);
        return end.PlusMonths(-TrailingMonths) < last ? end.PlusDays(1) : end;
    }

    public void Restore(int child, List<LocalDate> dates) => byChild.Add(child, dates);

    public void Add(int child, LocalDate issuedOn)
    {
        if (!byChild.TryGetValue(child, out var dates))
        {
            byChild[child] = dates = [];
        }

        var forgotten = issuedOn.PlusMonths(-TrailingMonths);
        dates.RemoveAll(date => date <= forgotten);

        // Where the clocks go back over midnight a date comes twice.
        var later = dates.FindLastIndex(date => date <= issuedOn) + 1;
        dates.Insert(later, issuedOn);
    }

    /// <summary>A revoked place or the kindergarten's refusal undid the referral: it does not count.</summary>
    public void Remove(int child, LocalDate issuedOn)
    {
        if (byChild.TryGetValue(child, out var dates) && dates.Remove(issuedOn) && dates.Count == 0)
        {
            byChild.Remove(child);
        }
    }
}
