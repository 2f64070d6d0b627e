using NodaTime;

namespace EOrda.Queues.Referrals;

/// <summary>On which dates a child was given referrals in the queue, for the monthly limit (rules, section 7). Older ones are forgotten.</summary>
internal sealed class ReferralHistory
{
    private readonly Dictionary<int, List<LocalDate>> byChild = [];

    public IEnumerable<KeyValuePair<int, List<LocalDate>>> ByChild => byChild.OrderBy(entry => entry.Key);

    /// <summary>How many were issued to the child on a date later than this one.</summary>
    public int CountAfter(int child, LocalDate date)
    {
        var count = 0;
        if (byChild.TryGetValue(child, out var dates))
        {
            foreach (var issued in dates)
            {
                count += issued > date ? 1 : 0;
            }
        }

        return count;
    }

    public void Restore(int child, List<LocalDate> dates) => byChild.Add(child, dates);

    public void Add(int child, LocalDate issuedOn)
    {
        if (!byChild.TryGetValue(child, out var dates))
        {
            byChild[child] = dates = [];
        }

        var forgotten = issuedOn.PlusMonths(-1);
        dates.RemoveAll(date => date <= forgotten);
        dates.Add(issuedOn);
    }

    /// <summary>A revoked place undid the referral: it does not count.</summary>
    public void Remove(int child, LocalDate issuedOn)
    {
        if (byChild.TryGetValue(child, out var dates) && dates.Remove(issuedOn) && dates.Count == 0)
        {
            byChild.Remove(child);
        }
    }
}
