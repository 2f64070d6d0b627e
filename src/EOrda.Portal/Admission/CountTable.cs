using System.Numerics;

namespace EOrda.Portal.Admission;

/// <summary>How many each of many keys has open at once, in a table that never grows. Keys that meet share a count. Safe for use by several threads.</summary>
/// <param name="kept">How many counts there are; a power of two from there on.</param>
/// <param name="most">How many a key may have open.</param>
internal sealed class CountTable(int kept, int most)
{
    private readonly int[] counts = new int[BitOperations.RoundUpToPowerOf2((uint)kept)];

    /// <summary>Opens one more. Each that was opened is followed by one <see cref="Leave"/>.</summary>
    /// <param name="key">The key; null for who is not counted.</param>
    /// <returns>False when the key has as many open as it may: nothing was opened.</returns>
    public bool TryEnter(int? key)
    {
        if (key is not { } counted || Interlocked.Increment(ref CountOf(counted)) <= most)
        {
            return true;
        }

        Leave(key);
        return false;
    }

    /// <summary>Closes one.</summary>
    public void Leave(int? key)
    {
        if (key is { } counted)
        {
            Interlocked.Decrement(ref CountOf(counted));
        }
    }

    private ref int CountOf(int key) => ref counts[key & (counts.Length - 1)];
}
