using System.Collections.Concurrent;
using EOrda.Queues.Recording;

namespace EOrda.Actors.Journal;

/// <summary>Buffers of drafts, used again and again: new ones are large enough to be a burden to the garbage collector.</summary>
internal sealed class DraftBodies
{
    private const int FirstBytes = 1 << 10;

    // A run's records fit; what is larger was an exception.
    private const int MostBytes = 1 << 17;
    private const int MostKept = 256;

    private readonly ConcurrentQueue<ByteWriter> kept = new();

    /// <summary>An empty one.</summary>
    public ByteWriter Take() => kept.TryDequeue(out var body) ? body : new ByteWriter(FirstBytes);

    /// <summary>Takes one back that nobody uses any more.</summary>
    public void GiveBack(ByteWriter body)
    {
        if (body.Length <= MostBytes && kept.Count < MostKept)
        {
            body.Clear();
            kept.Enqueue(body);
        }
    }
}
