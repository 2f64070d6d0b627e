using EOrda.Queues.Storage;
using EOrda.Queues.Time;

namespace EOrda.Queues.Places;

/// <summary>
/// The available places of one kindergarten in a queue, by the instant at which their priority access ends. There are few such instants at a time,
/// one a release day.
/// </summary>
/// <remarks>Here a place goes by its number in the kindergarten: how many of the kindergarten's were registered in the queue before it.</remarks>
internal sealed class FreePlaces
{
    private readonly List<int> places = [];
    private readonly List<Bucket> buckets = [];

    /// <summary>Takes a new place of the kindergarten into the count; it is not available yet.</summary>
    /// <returns>Its number in the kindergarten.</returns>
    public int Register(int place)
    {
        places.Add(place);
        return places.Count - 1;
    }

    /// <summary>How many are available.</summary>
    public int Count { get; private set; }

    /// <summary>How many are in priority access at the instant.</summary>
    public int PriorityCount(Moment at)
    {
        var count = 0;
        foreach (var bucket in buckets)
        {
            count += at < bucket.PriorityEnd ? bucket.Numbers.Count : 0;
        }

        return count;
    }

    /// <summary>How many are in open access at the instant.</summary>
    public int OpenCount(Moment at) => Count - PriorityCount(at);

    /// <summary>A place becomes available.</summary>
    public void Add(int number, Moment priorityEnd)
    {
        var bucket = buckets.Find(b => b.PriorityEnd == priorityEnd);
        if (bucket is null)
        {
            bucket = new Bucket(priorityEnd);
            buckets.Add(bucket);
        }

        bucket.Numbers.Add(number);
        Count++;
    }

    /// <summary>A place is available no more.</summary>
    public void Remove(int number, Moment priorityEnd)
    {
        var index = 0;
        while (buckets[index].PriorityEnd != priorityEnd)
        {
            index++;
        }

        buckets[index].Numbers.Remove(number);
        Count--;
        if (buckets[index].Numbers.Count == 0)
        {
            buckets.RemoveAt(index);
        }
    }

    /// <summary>
    /// The place that somebody may take: in the window those in priority access before those in open access, outside it open ones only;
    /// the one registered first among them (docs/replay.md, "reserve"). Null when there is none.
    /// </summary>
    public int? Pick(Moment at, bool inWindow) => (inWindow ? First(at, ofPriority: true) : null) ?? First(at, ofPriority: false);

    /// <summary>The places that so many may take one after another, as <see cref="Pick(Moment, bool)"/> gives them; fewer when there are not so many.</summary>
    public IReadOnlyList<int> Pick(Moment at, bool inWindow, int count) =>
        [.. (inWindow ? Least(at, ofPriority: true, count) : []).Concat(Least(at, ofPriority: false, count)).Take(count).Select(number => places[number])];

    private IEnumerable<int> Least(Moment at, bool ofPriority, int most) =>
        buckets.Where(bucket => at < bucket.PriorityEnd == ofPriority).SelectMany(bucket => bucket.Numbers.Least(most)).Order();

    private int? First(Moment at, bool ofPriority)
    {
        int? first = null;
        foreach (var bucket in buckets)
        {
            if (at < bucket.PriorityEnd == ofPriority && (first is null || bucket.Numbers.Min < first))
            {
                first = bucket.Numbers.Min;
            }
        }

        return first is { } number ? places[number] : null;
    }

    private sealed class Bucket(Moment priorityEnd)
    {
        public Moment PriorityEnd { get; } = priorityEnd;

        public NumberSet Numbers { get; } = new();
    }
}
