using NodaTime;

namespace EOrda.Queues.Places;

/// <summary>
/// How many returning places of a queue still count for the window, by the local date on which they were given up (rules, section 5). There are few such
/// dates at a time: a place given up returns on the next.
/// </summary>
internal sealed class GivenUpTally
{
    private readonly List<(LocalDate Date, int Count)> counts = [];

    // Asked at each claim: it allocates nothing.
    public int On(LocalDate date)
    {
        foreach (var (counted, count) in counts)
        {
            if (counted == date)
            {
                return count;
            }
        }

        return 0;
    }

    /// <summary>How many there are of any date.</summary>
    public int Total => counts.Sum(entry => entry.Count);

    public void Change(LocalDate date, int change)
    {
        var index = counts.FindIndex(entry => entry.Date == date);
        if (index < 0)
        {
            counts.Add((date, change));
            return;
        }

        counts[index] = (date, counts[index].Count + change);
        if (counts[index].Count == 0)
        {
            counts.RemoveAt(index);
        }
    }
}
