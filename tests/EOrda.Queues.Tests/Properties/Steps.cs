using FsCheck;
using FsCheck.Fluent;

namespace EOrda.Queues.Tests.Properties;

/// <summary>
/// Random sequences of steps, each a number from which the step is derived; a failing sequence shrinks by leaving steps out. A build draws the same ones
/// each time; <c>EORDA_SEQUENCES=N</c> draws N times as many anew.
/// </summary>
internal static class Steps
{
    private static readonly int TimesAnew = int.TryParse(Environment.GetEnvironmentVariable("EORDA_SEQUENCES"), out var times) ? times : 0;

    /// <summary>Checks a property of so many sequences of at most so many steps.</summary>
    public static void ForAll(int sequences, int most, Action<int[]> property)
    {
        var lengths = Gen.Choose(0, most);
        var arrays = lengths.SelectMany(length => Gen.Choose(0, int.MaxValue).ArrayOf(length));
        var config = TimesAnew > 0
            ? Config.QuickThrowOnFailure.WithMaxTest(sequences * TimesAnew)
            : Config.QuickThrowOnFailure.WithMaxTest(sequences).WithReplay(2026, 1129);
        Check.One(config, Prop.ForAll(Arb.From(arrays, Shorter), property));
    }

    /// <summary>A sequence that is always the same for its seed.</summary>
    public static int[] Of(int seed, int count)
    {
        var dice = new Dice(seed);
        return [.. Enumerable.Range(0, count).Select(_ => dice.Below(int.MaxValue))];
    }

    private static IEnumerable<int[]> Shorter(int[] steps)
    {
        for (var length = steps.Length / 2; length > 0; length /= 2)
        {
            for (var start = 0; start + length <= steps.Length; start += length)
            {
                yield return [.. steps[..start], .. steps[(start + length)..]];
            }
        }
    }
}

/// <summary>Numbers that follow from a seed.</summary>
internal sealed class Dice(int seed)
{
    private ulong state = (ulong)(uint)seed * 0x9E3779B97F4A7C15 + 1;

    public int Below(int bound)
    {
        state += 0x9E3779B97F4A7C15;
        var mixed = (state ^ (state >> 30)) * 0xBF58476D1CE4E5B9;
        mixed = (mixed ^ (mixed >> 27)) * 0x94D049BB133111EB;
        return (int)((mixed ^ (mixed >> 31)) % (ulong)bound);
    }

    public bool Chance(int percent) => Below(100) < percent;

    public T Pick<T>(params ReadOnlySpan<T> items) => items[Below(items.Length)];
}
