namespace EOrda.Simulation.Worlds;

/// <summary>Chance, from a seed: the same seed gives the same throws. Each part of a simulation has dice of its own.</summary>
internal sealed class Dice(int seed, int use)
{
    private readonly Random random = new(unchecked((seed * 7919) + (use * 104_729)));

    /// <summary>True so often.</summary>
    public bool Chance(double probability) => probability > 0 && random.NextDouble() < probability;

    /// <summary>A number from one to another, both among them.</summary>
    public int Between(int from, int to) => random.Next(from, to + 1);

    /// <summary>A number between two.</summary>
    public double Between(double from, double to) => from + (random.NextDouble() * (to - from));

    /// <summary>A span between two, in whole milliseconds.</summary>
    public TimeSpan Between(TimeSpan from, TimeSpan to) => TimeSpan.FromMilliseconds(Math.Floor(Between(from.TotalMilliseconds, to.TotalMilliseconds)));

    /// <summary>One of several.</summary>
    public T Of<T>(IReadOnlyList<T> all) => all[random.Next(all.Count)];

    /// <summary>One of several, each as likely as its weight says.</summary>
    public T Weighted<T>(IReadOnlyList<(int Weight, T Value)> all)
    {
        var left = random.Next(all.Sum(one => one.Weight));
        foreach (var (weight, value) in all)
        {
            left -= weight;
            if (left < 0)
            {
                return value;
            }
        }

        return all[^1].Value;
    }

    /// <summary>128 bits.</summary>
    public UInt128 Bits() => new((ulong)random.NextInt64(), (ulong)random.NextInt64());
}
