using System.Numerics;
using System.Runtime.CompilerServices;

namespace EOrda.Queues.Order;

/// <summary>256 bits in a row, with counting, selecting, and making room in the middle.</summary>
[InlineArray(Words)]
internal struct BitRow
{
    public const int Length = 256;
    private const int Words = Length / 64;

    private ulong word;

    public readonly bool Get(int index) => (this[index >> 6] >> (index & 63) & 1) != 0;

    public void Set(int index, bool value)
    {
        var bit = 1UL << (index & 63);
        this[index >> 6] = value ? this[index >> 6] | bit : this[index >> 6] & ~bit;
    }

    /// <summary>How many bits before the index are set.</summary>
    public readonly int CountBefore(int index)
    {
        var count = 0;
        var last = index >> 6;
        for (var i = 0; i < last; i++)
        {
            count += BitOperations.PopCount(this[i]);
        }

        return last < Words ? count + BitOperations.PopCount(this[last] & ((1UL << (index & 63)) - 1)) : count;
    }

    /// <summary>The index of the k-th set bit, k from 1 on; there must be so many.</summary>
    public readonly int Select(int k)
    {
        for (var i = 0; ; i++)
        {
            var count = BitOperations.PopCount(this[i]);
            if (k <= count)
            {
                var bits = this[i];
                while (--k > 0)
                {
                    bits &= bits - 1;
                }

                return (i << 6) + BitOperations.TrailingZeroCount(bits);
            }

            k -= count;
        }
    }

    /// <summary>Moves the bits from the index on by one place up; the index gets a zero and the last bit falls off.</summary>
    public void OpenAt(int index)
    {
        var at = index >> 6;
        for (var i = Words - 1; i > at; i--)
        {
            this[i] = this[i] << 1 | this[i - 1] >> 63;
        }

        var below = (1UL << (index & 63)) - 1;
        this[at] = (this[at] & below) | (this[at] & ~below) << 1;
    }

    /// <summary>Takes the bit at the index out; those above move down by one.</summary>
    public void CloseAt(int index)
    {
        var at = index >> 6;
        var below = (1UL << (index & 63)) - 1;
        this[at] = (this[at] & below) | (this[at] >> 1 & ~below);
        for (var i = at + 1; i < Words; i++)
        {
            this[i - 1] |= this[i] << 63;
            this[i] >>= 1;
        }
    }

    /// <summary>Moves the upper half into the lower half of another row and clears it here.</summary>
    public void SplitInto(ref BitRow upper)
    {
        for (var i = 0; i < Words / 2; i++)
        {
            upper[i] = this[i + Words / 2];
            this[i + Words / 2] = 0;
        }
    }
}
