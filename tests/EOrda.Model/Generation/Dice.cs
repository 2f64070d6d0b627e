namespace EOrda.Model.Generation;

/// <summary>SplitMix64: the same rolls from the same seed on every machine and runtime.</summary>
internal sealed class Dice(int seed)
{
    private ulong state = unchecked((ulong)seed * 0x9E3779B97F4A7C15UL) + 1;

    /// <summary>From 0 to below the count.</summary>
    public int Below(int count) => (int)(Next() % (ulong)count);

    public int Between(int least, int most) => least + Below(most - least + 1);

    public long Below(long count) => (long)(Next() % (ulong)count);

    public bool Chance(int percent) => Below(100) < percent;

    public T Pick<T>(IReadOnlyList<T> items) => items[Below(items.Count)];

    public T? PickOrNull<T>(IReadOnlyList<T> items)
        where T : class => items.Count == 0 ? null : Pick(items);

    /// <summary>Earlier items more often.</summary>
    public T PickEarly<T>(IReadOnlyList<T> items) => items[Math.Min(Below(items.Count), Below(items.Count))];

    public T Weighted<T>(IReadOnlyList<(int Weight, T Item)> items)
    {
        var roll = Below(items.Sum(item => item.Weight));
        foreach (var (weight, item) in items)
        {
            if (roll < weight)
                return item;
            roll -= weight;
        }

        throw new InvalidOperationException("the weights do not add up");
    }

    private ulong Next()
    {
        unchecked
        {
            state += 0x9E3779B97F4A7C15UL;
            var mixed = state;
            mixed = (mixed ^ (mixed >> 30)) * 0xBF58476D1CE4E5B9UL;
            mixed = (mixed ^ (mixed >> 27)) * 0x94D049BB133111EBUL;
            return mixed ^ (mixed >> 31);
        }
    }
}
