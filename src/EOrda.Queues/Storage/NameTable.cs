using System.Text;

namespace EOrda.Queues.Storage;

/// <summary>
/// Identifiers, each with a dense number from 0 on in the order of arrival. Kept as UTF-8 in shared pages:
/// a million identifiers cost their bytes and some twelve more each, and no object a piece.
/// </summary>
internal sealed class NameTable
{
    private const int FirstPageSize = 1024;
    private const int PageSize = 1 << 16;
    private const int MostBytes = 4096;

    // Identifiers up to this length take no memory to be looked up.
    private const int UsualLength = 64;
    private const int MostBytesPerCharacter = 3;

    private readonly Paged<int> starts = new();
    private readonly List<byte[]> pages = [];

    // A slot holds a number and one more in as many low bits as the slots' count has, and above them those bits of the name's hash that did
    // not choose the slot: with them most names that only collide are told apart without a look at their bytes. 0 is an empty slot.
    private int[] slots = new int[16];
    private int used = PageSize;

    /// <summary>How many identifiers there are.</summary>
    public int Count => starts.Count;

    /// <summary>The identifier's number, or -1.</summary>
    public int Find(ReadOnlySpan<char> name)
    {
        var buffer = name.Length <= UsualLength ? stackalloc byte[UsualLength * MostBytesPerCharacter] : new byte[MostBytes];
        return TryEncode(name, buffer, out var length) ? NumberIn(SlotOf(buffer[..length], out _)) : -1;
    }

    /// <summary>The identifier's number, given to it now if it is new.</summary>
    /// <exception cref="ArgumentException">The identifier is longer than 4,096 bytes or not well-formed text.</exception>
    public int Intern(ReadOnlySpan<char> name)
    {
        var buffer = name.Length <= UsualLength ? stackalloc byte[UsualLength * MostBytesPerCharacter] : new byte[MostBytes];
        if (!TryEncode(name, buffer, out var length))
        {
            throw new ArgumentException($"An identifier has at most {MostBytes} bytes of well-formed text.", nameof(name));
        }

        var bytes = buffer[..length];
        var slot = SlotOf(bytes, out var hash);
        if (slots[slot] != 0)
        {
            return NumberIn(slot);
        }

        var number = starts.Add(Store(bytes));
        slots[slot] = Entry(hash, number);
        if (starts.Count * 4L > slots.Length * 3L)
        {
            Grow();
        }

        return number;
    }

    /// <summary>The identifier with the number.</summary>
    public string this[int number] => Encoding.UTF8.GetString(Bytes(number));

    /// <summary>The identifier's bytes.</summary>
    public ReadOnlySpan<byte> Bytes(int number)
    {
        var start = starts[number];
        var page = pages[start / PageSize];
        var offset = start % PageSize;
        return page.AsSpan(offset + 2, page[offset] | page[offset + 1] << 8);
    }

    private static bool TryEncode(ReadOnlySpan<char> name, Span<byte> buffer, out int length) =>
        System.Text.Unicode.Utf8.FromUtf16(name, buffer, out _, out length, replaceInvalidSequences: false) == System.Buffers.OperationStatus.Done;

    private int Mask => slots.Length - 1;

    private int NumberIn(int slot) => (slots[slot] & Mask) - 1;

    private int Entry(int hash, int number) => (hash & ~Mask) | (number + 1);

    private int SlotOf(ReadOnlySpan<byte> bytes, out int hash)
    {
        var mask = Mask;
        hash = HashOf(bytes);
        for (var slot = hash & mask; ; slot = (slot + 1) & mask)
        {
            var entry = slots[slot];
            if (entry == 0 || (((entry ^ hash) & ~mask) == 0 && Bytes((entry & mask) - 1).SequenceEqual(bytes)))
            {
                return slot;
            }
        }
    }

    // Seeded anew in every process, so that nobody can choose identifiers that collide; nothing that can be seen depends on it.
    private static int HashOf(ReadOnlySpan<byte> bytes)
    {
        var hash = default(HashCode);
        hash.AddBytes(bytes);
        return hash.ToHashCode();
    }

    private int Store(ReadOnlySpan<byte> bytes)
    {
        var size = bytes.Length + 2;
        var page = pages.Count - 1;
        if (page < 0 || used + size > PageSize)
        {
            pages.Add(new byte[pages.Count == 0 ? Math.Max(FirstPageSize, size) : PageSize]);
            (page, used) = (pages.Count - 1, 0);
        }

        if (used + size > pages[page].Length)
        {
            var grown = new byte[Math.Min(PageSize, Math.Max(pages[page].Length * 2, used + size))];
            pages[page].AsSpan(0, used).CopyTo(grown);
            pages[page] = grown;
        }

        var target = pages[page].AsSpan(used, size);
        target[0] = (byte)bytes.Length;
        target[1] = (byte)(bytes.Length >> 8);
        bytes.CopyTo(target[2..]);
        var start = page * PageSize + used;
        used += size;
        return start;
    }

    private void Grow()
    {
        slots = new int[slots.Length * 2];
        for (var number = 0; number < starts.Count; number++)
        {
            var hash = HashOf(Bytes(number));
            var slot = hash & Mask;
            while (slots[slot] != 0)
            {
                slot = (slot + 1) & Mask;
            }

            slots[slot] = Entry(hash, number);
        }
    }
}
