using System.Numerics;
using EOrda.Queues;

namespace EOrda.Actors.Answers;

/// <summary>
/// Where each key's answer stands. It grows by one small part at a time (linear hashing): a table of hundreds of thousands would stop its entity for tens
/// of milliseconds whenever it doubles, and so would parts that all come to their bound together.
/// </summary>
/// <remarks>
/// A slot holds the key's hash and the answer's place, and the key itself is only read where that stands: to find out that a key is new, as nearly all
/// are, touches one slot or two of memory that is in no cache.
/// </remarks>
/// <param name="keyAt">Reads the key of the answer at a place.</param>
internal sealed class KeyIndex(Func<AnswerPosition, CommandKey> keyAt)
{
    // On average; a part holds up to twice as many before its turn to be split comes.
    private const int KeysInPart = 128;

    private const int FirstSlots = 16;

    // Room from the beginning for as many as a part will hold: parts that grew would all do so together.
    private const int SlotsInPart = 4 * KeysInPart;

    private const ulong Empty = 0;

    // The low bits of a hash choose the part, the high ones the slot.
    private const int BitsForParts = 16;

    // A key's part is the one with the number that the low bits of its hash give, as many as the parts need; where there is no such part yet, one bit fewer.
    private Part[] parts = [new(FirstSlots)];
    private int partCount = 1;

    /// <summary>How many keys there are.</summary>
    public int Count { get; private set; }

    /// <summary>Where all answers stand, in no order.</summary>
    public IEnumerable<AnswerPosition> All => parts.Take(partCount).SelectMany(part => part.Slots).Where(slot => slot != Empty).Select(PositionIn);

    /// <summary>Where the key's answer stands.</summary>
    public bool TryGet(CommandKey key, out AnswerPosition position)
    {
        var hash = HashOf(key);
        var slots = PartOf(hash).Slots;
        var slot = slots[SlotOf(slots, hash, key)];
        position = slot == Empty ? default : PositionIn(slot);
        return slot != Empty;
    }

    /// <summary>Enters a key. False when it is there already.</summary>
    public bool TryAdd(CommandKey key, AnswerPosition position)
    {
        var hash = HashOf(key);
        ref var part = ref PartOf(hash);
        var slot = SlotOf(part.Slots, hash, key);
        if (part.Slots[slot] != Empty)
        {
            return false;
        }

        part.Slots[slot] = SlotFor(hash, position);
        if (++part.Keys * 4 > part.Slots.Length * 3)
        {
            part.Grow();
        }

        if (++Count > KeysInPart * partCount)
        {
            Split();
        }

        return true;
    }

    /// <summary>Takes a key out.</summary>
    public void Remove(CommandKey key)
    {
        var hash = HashOf(key);
        ref var part = ref PartOf(hash);
        var slot = SlotOf(part.Slots, hash, key);
        if (part.Slots[slot] != Empty)
        {
            part.Free(slot);
            Count--;
        }
    }

    private static uint HashOf(CommandKey key) => (uint)key.GetHashCode();

    private static ulong SlotFor(uint hash, AnswerPosition position) => ((ulong)hash << 32) | position.Bits;

    private static uint HashIn(ulong slot) => (uint)(slot >> 32);

    private static AnswerPosition PositionIn(ulong slot) => new((uint)slot);

    private static int HomeOf(uint hash, int slots) => (int)(hash >> BitsForParts) & (slots - 1);

    private ref Part PartOf(uint hash)
    {
        var mask = BitOperations.RoundUpToPowerOf2((uint)partCount) - 1;
        var number = hash & mask;
        return ref parts[number < partCount ? number : number & (mask >> 1)];
    }

    // The key's slot, or the empty one where it would stand.
    private int SlotOf(ulong[] slots, uint hash, CommandKey key)
    {
        var slot = HomeOf(hash, slots.Length);
        while (slots[slot] != Empty && !(HashIn(slots[slot]) == hash && keyAt(PositionIn(slots[slot])) == key))
        {
            slot = (slot + 1) & (slots.Length - 1);
        }

        return slot;
    }

    // The parts' turns come in the order of their numbers, whichever of them is full.
    private void Split()
    {
        var bit = 1u << BitOperations.Log2((uint)partCount);
        if (partCount == parts.Length)
        {
            Array.Resize(ref parts, parts.Length * 2);
        }

        ref var low = ref parts[partCount - bit];
        ref var high = ref parts[partCount];
        high = new Part(Math.Max(SlotsInPart, low.Slots.Length));
        partCount++;
        foreach (var slot in low.TakeAll(low.Slots.Length <= SlotsInPart ? stackalloc ulong[SlotsInPart] : new ulong[low.Slots.Length]))
        {
            ((HashIn(slot) & bit) == 0 ? ref low : ref high).Enter(slot);
        }
    }

    private struct Part(int slots)
    {
        public ulong[] Slots = new ulong[slots];
        public int Keys = 0;

        /// <summary>Enters what is not there.</summary>
        public void Enter(ulong entry)
        {
            var slot = HomeOf(HashIn(entry), Slots.Length);
            while (Slots[slot] != Empty)
            {
                slot = (slot + 1) & (Slots.Length - 1);
            }

            Slots[slot] = entry;
            Keys++;
        }

        public void Grow()
        {
            var before = Slots;
            Slots = new ulong[before.Length * 2];
            Keys = 0;
            foreach (var slot in before)
            {
                if (slot != Empty)
                {
                    Enter(slot);
                }
            }
        }

        /// <summary>Moves all that is there into the room given, and returns the part of it that is filled.</summary>
        public ReadOnlySpan<ulong> TakeAll(Span<ulong> room)
        {
            var taken = 0;
            foreach (var slot in Slots)
            {
                if (slot != Empty)
                {
                    room[taken++] = slot;
                }
            }

            Array.Clear(Slots);
            Keys = 0;
            return room[..taken];
        }

        /// <summary>Takes out what is in a slot, and moves up what stands behind it because of it.</summary>
        public void Free(int slot)
        {
            var mask = Slots.Length - 1;
            for (var next = (slot + 1) & mask; Slots[next] != Empty; next = (next + 1) & mask)
            {
                // Moved only if its home is not between the gap and where it stands.
                if (((next - HomeOf(HashIn(Slots[next]), Slots.Length)) & mask) >= ((next - slot) & mask))
                {
                    Slots[slot] = Slots[next];
                    slot = next;
                }
            }

            Slots[slot] = Empty;
            Keys--;
        }
    }
}

/// <summary>Where an answer stands: in which page, and where there. Never all zero bits.</summary>
/// <param name="Bits">Both in one number.</param>
internal readonly record struct AnswerPosition(uint Bits)
{
    /// <summary>Pages that can be told apart; their numbers go round.</summary>
    public const int Pages = 1 << 15;

    /// <summary>Bytes of a page in which an answer can begin.</summary>
    public const int PageBytes = 1 << 16;

    private const uint Used = 1u << 31;

    public AnswerPosition(int page, int offset)
        : this(Used | ((uint)page << 16) | (uint)offset)
    {
    }

    public int Page => (int)((Bits & ~Used) >> 16);

    public int Offset => (int)(Bits & (PageBytes - 1));
}
