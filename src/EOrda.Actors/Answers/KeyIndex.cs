using System.Diagnostics.CodeAnalysis;
using System.Numerics;

namespace EOrda.Actors.Answers;

/// <summary>
/// Where each key's answer stands. It grows by one small part at a time (linear hashing): a dictionary of hundreds of thousands would stop its entity for tens
/// of milliseconds whenever it doubles, and so would parts that all come to their bound together.
/// </summary>
internal sealed class KeyIndex
{
    // On average; a part holds up to twice as many before its turn to be split comes.
    private const int KeysInPart = 128;

    // A key's part is the one with the number that the low bits of its hash give, as many as the parts need; where there is no such part yet, one bit fewer.
    private readonly List<Dictionary<CommandKey, AnswerPosition>> parts = [new()];

    /// <summary>How many keys there are.</summary>
    public int Count { get; private set; }

    /// <summary>All keys and where their answers stand, in no order.</summary>
    public IEnumerable<KeyValuePair<CommandKey, AnswerPosition>> All => parts.SelectMany(part => part);

    /// <summary>Where the key's answer stands.</summary>
    public bool TryGet(CommandKey key, [MaybeNullWhen(false)] out AnswerPosition position) => PartOf(key).TryGetValue(key, out position);

    /// <summary>Enters a key. False when it is there already.</summary>
    public bool TryAdd(CommandKey key, AnswerPosition position)
    {
        if (!PartOf(key).TryAdd(key, position))
        {
            return false;
        }

        if (++Count > KeysInPart * parts.Count)
        {
            Split();
        }

        return true;
    }

    /// <summary>Takes a key out.</summary>
    public void Remove(CommandKey key) => Count -= PartOf(key).Remove(key) ? 1 : 0;

    private Dictionary<CommandKey, AnswerPosition> PartOf(CommandKey key)
    {
        var mask = BitOperations.RoundUpToPowerOf2((uint)parts.Count) - 1;
        var number = (uint)key.GetHashCode() & mask;
        return parts[(int)(number < parts.Count ? number : number & (mask >> 1))];
    }

    // The parts' turns come in the order of their numbers, whichever of them is full.
    private void Split()
    {
        var bit = 1 << BitOperations.Log2((uint)parts.Count);
        var low = parts[parts.Count - bit];

        // Room from the beginning for as many as it will hold: parts that grew would all do so together.
        var high = new Dictionary<CommandKey, AnswerPosition>(2 * KeysInPart);
        foreach (var (key, position) in low)
        {
            if ((key.GetHashCode() & bit) != 0)
            {
                high.Add(key, position);
            }
        }

        foreach (var key in high.Keys)
        {
            low.Remove(key);
        }

        parts.Add(high);
    }
}

/// <summary>Where an answer stands: in which page, and where there.</summary>
internal readonly record struct AnswerPosition(int Page, int Offset);
