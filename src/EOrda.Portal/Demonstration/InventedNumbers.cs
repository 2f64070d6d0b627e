namespace EOrda.Portal.Demonstration;

/// <summary>
/// Numbers of invented applications, of the form that people get: the locality's letters, the year, and eight letters and digits, <c>ALM-26-7KQ4-M92D</c>. They tell
/// nothing of queue or order and cannot be counted up; the last is a check digit, by which a slip of one sign, or two swapped ones, is seen.
/// The same seed gives the same numbers, and no two are the same.
/// </summary>
/// <param name="prefix">The locality's letters and the year: <c>ALM-26</c>.</param>
/// <param name="seed">The city's seed.</param>
internal sealed class InventedNumbers(string prefix, int seed)
{
    // Without 0, O, I, L and U, which are misread. So many as a prime, so that the check digit sees every swap.
    private const string Signs = "123456789ABCDEFGHJKMNPQRSTVWXYZ";
    private const int Free = 7;
    private const int Half = 18;
    private const uint HalfMask = (1u << Half) - 1;
    private const int Rounds = 4;

    /// <summary>How many numbers there are.</summary>
    public static readonly long Count = (long)Math.Pow(Signs.Length, Free);

    /// <summary>The number of an index.</summary>
    /// <param name="index">From 0 on, below <see cref="Count"/>.</param>
    public string Of(long index)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, Count);

        // The whole range of 36 bits is shuffled; what falls outside of ours is shuffled again.
        var shuffled = (ulong)index;
        do
        {
            shuffled = Shuffle(shuffled);
        }
        while (shuffled >= (ulong)Count);

        Span<char> signs = stackalloc char[Free + 1];
        var sum = 0;
        for (var i = 0; i < Free; i++, shuffled /= (ulong)Signs.Length)
        {
            var value = (int)(shuffled % (ulong)Signs.Length);
            sum += (i + 1) * value;
            signs[i] = Signs[value];
        }

        signs[Free] = Signs[sum % Signs.Length];
        return $"{prefix}-{signs[..4]}-{signs[4..]}";
    }

    // A Feistel network: each index has a place of its own.
    private ulong Shuffle(ulong value)
    {
        var (left, right) = ((uint)(value >> Half), (uint)value & HalfMask);
        for (var round = 0; round < Rounds; round++)
        {
            (left, right) = (right, left ^ (Mix(((ulong)seed << 32) | ((ulong)round << 24) | right) & HalfMask));
        }

        return ((ulong)left << Half) | right;
    }

    private static uint Mix(ulong value)
    {
        value = (value ^ (value >> 30)) * 0xBF58476D1CE4E5B9;
        value = (value ^ (value >> 27)) * 0x94D049BB133111EB;
        return (uint)(value >> 31);
    }
}
