using NodaTime;

namespace EOrda.Queues.Reservations;

/// <summary>How many reservations of each child lapsed or were dropped on the latest local date on which any did (rules, section 6).</summary>
internal sealed class LapseHistory
{
    private readonly Dictionary<int, int> byChild = [];

    public LocalDate Date { get; private set; } = LocalDate.MinIsoValue;

    public IEnumerable<int> Children => byChild.Keys;

    public IEnumerable<KeyValuePair<int, int>> ByChild => byChild.OrderBy(entry => entry.Key);

    public int CountOn(LocalDate date, int child) => date == Date ? byChild.GetValueOrDefault(child) : 0;

    public void Add(LocalDate date, int child, int count = 1)
    {
        if (date != Date)
        {
            byChild.Clear();
            Date = date;
        }

        byChild[child] = byChild.GetValueOrDefault(child) + count;
    }
}
