using EOrda.Queues.Time;

namespace EOrda.Queues.Places;

/// <summary>
/// The available places of one kindergarten in a queue, or of the whole queue's count, by the instant at which their priority access ends.
/// There are few such instants at a time, one a release day.
/// </summary>
internal sealed class FreePlaces
{
    private readonly List<Bucket> buckets = [];

    /// <summary>How many are available.</summary>
    public int Count { get; private set; }

    /// <summary>How many are in priority access at the instant.</summary>
    public int PriorityCount(Moment at)
    {
        var count = 0;
        foreach (var bucket in buckets)
        {
            count += at < bucket.PriorityEnd ? bucket.Places.Count : 0;
        }

        return count;
    }

    /// <summary>How many are in open access at the instant.</summary>
    public int OpenCount(Moment at) => Count - PriorityCount(at);

    public void Add(int place, Moment priorityEnd)
    {
        var bucket = buckets.Find(b => b.PriorityEnd == priorityEnd);
        if (bucket is null)
        {
            bucket = new Bucket(priorityEnd);
            buckets.Add(bucket);
        }

        bucket.Places.Add(place);
        Count++;
    }

    public void Remove(int place, Moment priorityEnd)
    {
        var index = 0;
        while (buckets[index].PriorityEnd != priorityEnd)
        {
            index++;
        }

        buckets[index].Places.Remove(place);
        Count--;
        if (buckets[index].Places.Count == 0)
        {
            buckets.RemoveAt(index);
        }
    }

    /// <summary>
    /// The place that somebody may take: in the window those in priority access before those in open access, outside it open ones only;
    /// the one registered first among them (docs/replay.md, "reserve"). Null when there is none.
    /// </summary>
    public int? Pick(Moment at, bool inWindow) => (inWindow ? First(at, ofPriority: true) : null) ?? First(at, ofPriority: false);

    private int? First(Moment at, bool ofPriority)
    {
        int? first = null;
        foreach (var bucket in buckets)
        {
            if (at < bucket.PriorityEnd == ofPriority && (first is null || bucket.Places.Min < first))
            {
                first = bucket.Places.Min;
            }
        }

        return first;
    }

    private sealed class Bucket(Moment priorityEnd)
    {
        public Moment PriorityEnd { get; } = priorityEnd;

        public SortedSet<int> Places { get; } = [];
    }
}
