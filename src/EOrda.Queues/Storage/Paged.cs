namespace EOrda.Queues.Storage;

/// <summary>A list that grows page by page: no element ever moves, and growing never copies what is there.</summary>
internal sealed class Paged<T>
    where T : struct
{
    private const int PageBits = 10;
    private const int PageSize = 1 << PageBits;

    private T[][] pages = new T[4][];

    public int Count { get; private set; }

    public ref T this[int index] => ref pages[index >> PageBits][index & (PageSize - 1)];

    public int Add(T item)
    {
        var page = Count >> PageBits;
        if (page == pages.Length)
        {
            Array.Resize(ref pages, pages.Length * 2);
        }

        // A small queue stays small: the first page grows by doubling, later ones come whole.
        var offset = Count & (PageSize - 1);
        if (offset == 0)
        {
            pages[page] = new T[page == 0 ? 16 : PageSize];
        }
        else if (offset == pages[page].Length)
        {
            Array.Resize(ref pages[page], offset * 2);
        }

        pages[page][offset] = item;
        return Count++;
    }
}
