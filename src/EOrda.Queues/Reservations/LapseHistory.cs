using NodaTime;

namespace EOrda.Queues.Reservations;

/// <summary>
/// How many reservations of each child lapsed or were dropped on the two latest local dates on which any did (rules, section 6). Where the clocks go back
/// over midnight a date comes again after the next one has begun, and both count; no older date comes again.
/// </summary>
internal sealed class LapseHistory
{
    private const int MostDates = 2;

    private readonly List<OfDate> dates = [];

    /// <summary>The dates with their counts, the earlier one first.</summary>
    public IReadOnlyList<OfDate> Dates => dates;

    /// <summary>The later date; the least of all dates when nothing lapsed.</summary>
    public LocalDate Latest => dates.Count > 0 ? dates[^1].Date : LocalDate.MinIsoValue;

    public IEnumerable<int> Children => dates.SelectMany(of => of.ByChild.Keys);

    public int CountOn(LocalDate date, int child) => Find(date)?.ByChild.GetValueOrDefault(child) ?? 0;

    public void Add(LocalDate date, int child, int count = 1)
    {
        var byChild = (Find(date) ?? Begin(date)).ByChild;
        byChild[child] = byChild.GetValueOrDefault(child) + count;
    }

    // Asked at each claim: it allocates nothing.
    private OfDate? Find(LocalDate date)
    {
        foreach (var of in dates)
        {
            if (of.Date == date)
            {
                return of;
            }
        }

        return null;
    }

    private OfDate Begin(LocalDate date)
    {
        if (dates.Count == MostDates)
        {
            dates.RemoveAt(0);
        }

        var begun = new OfDate(date, []);
        dates.Insert(dates.Count > 0 && date < dates[^1].Date ? 0 : dates.Count, begun);
        return begun;
    }

    /// <summary>The counts of one local date.</summary>
    /// <param name="Date">The date.</param>
    /// <param name="ByChild">How many, by the child's number in the queue.</param>
    internal sealed record OfDate(LocalDate Date, Dictionary<int, int> ByChild);
}
