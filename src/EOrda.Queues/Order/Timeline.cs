using EOrda.Queues.Applications;
using EOrda.Queues.Storage;
using EOrda.Queues.Time;

namespace EOrda.Queues.Order;

/// <summary>
/// All applications of a queue that are not archived, by (submission instant, registration number), with six presence indexes over them.
/// A coming back or a change of category toggles bits in the same slot; rank and select take O(log n).
/// </summary>
/// <remarks>
/// Slots stand in blocks of up to 256; a Fenwick tree over the blocks counts each series. Filing appends, and leaves a quarter of each block free.
/// An import somewhere in the middle opens a slot in its block; only when a full block is split are the trees made anew, over the blocks,
/// which is 1/128 of the slots at most.
/// </remarks>
internal sealed class Timeline
{
    // Filing at the end goes on in a new block from here on, so that imports between old filings find room.
    private const int FilledByFiling = BitRow.Length * 3 / 4;

    private readonly Paged<Application> applications;
    private readonly List<Block> byNumber = [];
    private readonly List<Block> inOrder = [];
    private int[] tree = new int[Series.Count];
    private readonly int[] totals = new int[Series.Count];

    public Timeline(Paged<Application> applications) => this.applications = applications;

    /// <summary>How many are present in the series.</summary>
    public int Total(Series series) => totals[series.Index];

    /// <summary>Gives the application its slot; it is present in no series yet.</summary>
    public void Insert(int application)
    {
        var block = BlockFor(application, out var index);
        if (index >= FilledByFiling && index == block.Count && block.Ordinal == inOrder.Count - 1)
        {
            (block, index) = (Append(), 0);
        }
        else if (block.Count == BitRow.Length)
        {
            block = Split(block, ref index);
        }

        block.Open(index, application);
        applications[application].Block = block.Number;
    }

    /// <summary>Takes the application's slot away. It must be present in no series.</summary>
    public void Remove(int application)
    {
        var block = byNumber[applications[application].Block];
        block.Close(block.IndexOf(application));
        applications[application].Block = -1;
        if (block.Count == 0)
        {
            inOrder.RemoveAt(block.Ordinal);
            Renumber();
        }
    }

    /// <summary>Makes the application present in the series, or absent.</summary>
    public void Set(int application, Series series, bool present)
    {
        var block = byNumber[applications[application].Block];
        ref var row = ref block.Rows[series.Index];
        var index = block.IndexOf(application);
        if (row.Get(index) == present)
        {
            return;
        }

        row.Set(index, present);
        var change = present ? 1 : -1;
        block.Counts[series.Index] += change;
        totals[series.Index] += change;
        for (var node = block.Ordinal + 1; node <= inOrder.Count; node += node & -node)
        {
            tree[node * Series.Count + series.Index] += change;
        }
    }

    /// <summary>True when the application is present in the series.</summary>
    public bool Has(int application, Series series)
    {
        var block = byNumber[applications[application].Block];
        return block.Rows[series.Index].Get(block.IndexOf(application));
    }

    /// <summary>How many of the series stand before the application's slot.</summary>
    public int CountBefore(int application, Series series)
    {
        var block = byNumber[applications[application].Block];
        var count = block.Rows[series.Index].CountBefore(block.IndexOf(application));
        for (var node = block.Ordinal; node > 0; node &= node - 1)
        {
            count += tree[node * Series.Count + series.Index];
        }

        return count;
    }

    /// <summary>The k-th application of the series, k from 1 to the series' total.</summary>
    public int Select(Series series, int k)
    {
        var node = 0;
        for (var step = HighestStep(); step > 0; step >>= 1)
        {
            var next = node + step;
            if (next <= inOrder.Count && tree[next * Series.Count + series.Index] < k)
            {
                node = next;
                k -= tree[next * Series.Count + series.Index];
            }
        }

        var block = inOrder[node];
        return block.Slots[block.Rows[series.Index].Select(k)];
    }

    private int HighestStep() => inOrder.Count == 0 ? 0 : 1 << System.Numerics.BitOperations.Log2((uint)inOrder.Count);

    private Block BlockFor(int application, out int index)
    {
        if (inOrder.Count == 0)
        {
            Append();
        }

        // The last block that does not begin after the application; new filings find it at once.
        var last = inOrder[^1];
        var (low, high) = last.Count == 0 || !StandsBefore(application, last.Slots[0]) ? (inOrder.Count - 1, inOrder.Count - 1) : (0, inOrder.Count - 1);
        while (low < high)
        {
            var middle = (low + high + 1) / 2;
            if (StandsBefore(application, inOrder[middle].Slots[0]))
            {
                high = middle - 1;
            }
            else
            {
                low = middle;
            }
        }

        var block = inOrder[low];
        (int from, index) = (0, block.Count);
        if (block.Count > 0 && StandsBefore(block.Slots[block.Count - 1], application))
        {
            return block;
        }

        while (from < index)
        {
            var middle = (from + index) / 2;
            if (StandsBefore(application, block.Slots[middle]))
            {
                index = middle;
            }
            else
            {
                from = middle + 1;
            }
        }

        return block;
    }

    private bool StandsBefore(int a, int b)
    {
        Moment ofA = applications[a].Submitted, ofB = applications[b].Submitted;
        return ofA < ofB || (ofA == ofB && a < b);
    }

    private Block Append()
    {
        var block = new Block(byNumber.Count, inOrder.Count);
        byNumber.Add(block);
        inOrder.Add(block);

        // A new Fenwick node covers the blocks before it that its number says.
        var node = inOrder.Count;
        EnsureTree();
        for (var series = 0; series < Series.Count; series++)
        {
            var sum = 0;
            for (var child = node - 1; child > (node & (node - 1)); child &= child - 1)
            {
                sum += tree[child * Series.Count + series];
            }

            tree[node * Series.Count + series] = sum;
        }

        return block;
    }

    private Block Split(Block full, ref int index)
    {
        var upper = new Block(byNumber.Count, full.Ordinal + 1);
        byNumber.Add(upper);
        inOrder.Insert(upper.Ordinal, upper);
        full.MoveUpperHalfTo(upper);
        for (var i = 0; i < upper.Count; i++)
        {
            applications[upper.Slots[i]].Block = upper.Number;
        }

        Renumber();
        if (index <= full.Count)
        {
            return full;
        }

        index -= full.Count;
        return upper;
    }

    private void Renumber()
    {
        EnsureTree();
        Array.Clear(tree);
        for (var ordinal = 0; ordinal < inOrder.Count; ordinal++)
        {
            var block = inOrder[ordinal];
            block.Ordinal = ordinal;
            var node = ordinal + 1;
            var parent = node + (node & -node);
            for (var series = 0; series < Series.Count; series++)
            {
                tree[node * Series.Count + series] += block.Counts[series];
                if (parent <= inOrder.Count)
                {
                    tree[parent * Series.Count + series] += tree[node * Series.Count + series];
                }
            }
        }
    }

    private void EnsureTree()
    {
        var needed = (inOrder.Count + 1) * Series.Count;
        if (tree.Length < needed)
        {
            Array.Resize(ref tree, Math.Max(needed, tree.Length * 2));
        }
    }

    private sealed class Block(int number, int ordinal)
    {
        public readonly BitRow[] Rows = new BitRow[Series.Count];

        /// <summary>How many of each series are in the block.</summary>
        public readonly int[] Counts = new int[Series.Count];

        public int Number { get; } = number;

        public int Ordinal { get; set; } = ordinal;

        public int Count { get; private set; }

        // A block of a small queue starts small.
        public int[] Slots { get; private set; } = new int[16];

        public int IndexOf(int application) => Slots.AsSpan(0, Count).IndexOf(application);

        public void Open(int index, int application)
        {
            if (Count == Slots.Length)
            {
                var grown = new int[Count * 2];
                Slots.CopyTo(grown, 0);
                Slots = grown;
            }

            Array.Copy(Slots, index, Slots, index + 1, Count - index);
            Slots[index] = application;
            for (var series = 0; series < Series.Count; series++)
            {
                Rows[series].OpenAt(index);
            }

            Count++;
        }

        public void Close(int index)
        {
            Count--;
            Array.Copy(Slots, index + 1, Slots, index, Count - index);
            for (var series = 0; series < Series.Count; series++)
            {
                Rows[series].CloseAt(index);
            }
        }

        public void MoveUpperHalfTo(Block upper)
        {
            upper.Slots = new int[BitRow.Length];
            upper.Count = Count - BitRow.Length / 2;
            Array.Copy(Slots, BitRow.Length / 2, upper.Slots, 0, upper.Count);
            Count = BitRow.Length / 2;
            for (var series = 0; series < Series.Count; series++)
            {
                Rows[series].SplitInto(ref upper.Rows[series]);
                upper.Counts[series] = upper.Rows[series].CountBefore(BitRow.Length);
                Counts[series] -= upper.Counts[series];
            }
        }
    }
}
