using System.Numerics;

namespace EOrda.Queues.Storage;

/// <summary>
/// A set of numbers from 0 on: a bit each, and one more for each 64 of them. Entering and taking out touch two words, whatever the set holds;
/// a set whose largest number ever was a million takes 130 KB.
/// </summary>
internal sealed class NumberSet
{
    private const int BitsInWord = 64;

    private ulong[] words = new ulong[1];

    // A bit for each word, set where the word has any.
    private ulong[] used = new ulong[1];

    /// <summary>How many numbers it holds.</summary>
    public int Count { get; private set; }

    /// <summary>The least number; -1 when the set is empty.</summary>
    public int Min
    {
        get
        {
            for (var i = 0; i < used.Length; i++)
            {
                if (used[i] != 0)
                {
                    var word = i * BitsInWord + BitOperations.TrailingZeroCount(used[i]);
                    return word * BitsInWord + BitOperations.TrailingZeroCount(words[word]);
                }
            }

            return -1;
        }
    }

    /// <summary>The least numbers, in order, at most so many.</summary>
    public IEnumerable<int> Least(int most)
    {
        for (var word = 0; word < words.Length && most > 0; word++)
        {
            for (var left = words[word]; left != 0 && most > 0; left &= left - 1, most--)
            {
                yield return word * BitsInWord + BitOperations.TrailingZeroCount(left);
            }
        }
    }

    /// <summary>Enters a number that is not in the set.</summary>
    public void Add(int number)
    {
        var word = number / BitsInWord;
        if (word >= words.Length)
        {
            Array.Resize(ref words, (int)BitOperations.RoundUpToPowerOf2((uint)word + 1));
            Array.Resize(ref used, (words.Length + BitsInWord - 1) / BitsInWord);
        }

        words[word] |= 1UL << (number % BitsInWord);
        used[word / BitsInWord] |= 1UL << (word % BitsInWord);
        Count++;
    }

    /// <summary>Takes out a number that is in the set.</summary>
    public void Remove(int number)
    {
        var word = number / BitsInWord;
        words[word] &= ~(1UL << (number % BitsInWord));
        if (words[word] == 0)
        {
            used[word / BitsInWord] &= ~(1UL << (word % BitsInWord));
        }

        Count--;
    }
}
