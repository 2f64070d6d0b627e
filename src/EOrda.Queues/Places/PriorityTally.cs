using EOrda.Queues.Time;

namespace EOrda.Queues.Places;

/// <summary>How many available places of a queue are in priority access, counted by the instant at which that ends.</summary>
internal sealed class PriorityTally
{
    private readonly List<(Moment End, int Count)> counts = [];

    public int At(Moment at)
    {
        var sum = 0;
        foreach (var (end, count) in counts)
        {
            sum += at < end ? count : 0;
        }

        return sum;
    }

    /// <summary>The next instant after this one at which the priority access of some ends; <see cref="Moment.Never"/> when none has any.</summary>
    public Moment NextEnd(Moment at)
    {
        var next = Moment.Never;
        foreach (var (end, _) in counts)
        {
            next = end > at ? Moment.Min(next, end) : next;
        }

        return next;
    }

    public void Change(Moment priorityEnd, int change)
    {
        var index = 0;
        while (index < counts.Count && counts[index].End != priorityEnd)
        {
            index++;
        }

        if (index == counts.Count)
        {
            counts.Add((priorityEnd, change));
            return;
        }

        counts[index] = (priorityEnd, counts[index].Count + change);
        if (counts[index].Count == 0)
        {
            counts.RemoveAt(index);
        }
    }
}
