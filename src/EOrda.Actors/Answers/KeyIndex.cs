using System.Diagnostics.CodeAnalysis;

namespace EOrda.Actors.Answers;

/// <summary>
/// Where each key's answer stands. It grows a part at a time: one dictionary of hundreds of thousands would stop its entity for tens of milliseconds
/// whenever it doubles.
/// </summary>
internal sealed class KeyIndex
{
    private const int KeysInPart = 1024;

    // From there on, which no honest keys reach, parts grow.
    private const int MostBits = 14;

    // A part stands wherever the low bits of the place are those of its keys' hashes, as many as it has.
    private Part[] parts = [new Part(0, capacity: 0)];

    /// <summary>How many keys there are.</summary>
    public int Count { get; private set; }

    /// <summary>All keys and where their answers stand, in no order.</summary>
    public IEnumerable<KeyValuePair<CommandKey, AnswerPosition>> All => parts.Distinct().SelectMany(part => part.Positions);

    /// <summary>Where the key's answer stands.</summary>
    public bool TryGet(CommandKey key, [MaybeNullWhen(false)] out AnswerPosition position) => PartOf(key.GetHashCode()).Positions.TryGetValue(key, out position);

    /// <summary>Enters a key. False when it is there already.</summary>
    public bool TryAdd(CommandKey key, AnswerPosition position)
    {
        var hash = key.GetHashCode();
        var part = PartOf(hash);
        while (part.Positions.Count >= KeysInPart && part.Bits < MostBits)
        {
            Split(hash);
            part = PartOf(hash);
        }

        if (!part.Positions.TryAdd(key, position))
        {
            return false;
        }

        Count++;
        return true;
    }

    /// <summary>Takes a key out.</summary>
    public void Remove(CommandKey key) => Count -= PartOf(key.GetHashCode()).Positions.Remove(key) ? 1 : 0;

    private Part PartOf(int hash) => parts[hash & (parts.Length - 1)];

    private void Split(int hash)
    {
        var full = PartOf(hash);
        if (1 << full.Bits == parts.Length)
        {
            parts = [.. parts, .. parts];
        }

        var upper = 1 << full.Bits;
        var halves = (Low: new Part(full.Bits + 1, KeysInPart), High: new Part(full.Bits + 1, KeysInPart));
        foreach (var (key, position) in full.Positions)
        {
            ((key.GetHashCode() & upper) == 0 ? halves.Low : halves.High).Positions.Add(key, position);
        }

        for (var place = hash & (upper - 1); place < parts.Length; place += upper)
        {
            parts[place] = (place & upper) == 0 ? halves.Low : halves.High;
        }
    }

    private sealed class Part(int bits, int capacity)
    {
        /// <summary>In how many low bits the hashes of its keys agree.</summary>
        public int Bits { get; } = bits;

        public Dictionary<CommandKey, AnswerPosition> Positions { get; } = new(capacity);
    }
}

/// <summary>Where an answer stands: in which page, and where there.</summary>
internal readonly record struct AnswerPosition(int Page, int Offset);
