using System.Collections.Concurrent;

namespace EOrda.Load.Live;

/// <summary>The queues that a process follows, and the records it has read: equal bytes, which thousands of browsers receive, are read once.</summary>
internal sealed class Followers
{
    private const int Slots = 1_024;

    private readonly ConcurrentDictionary<string, QueueFollower> queues = new(StringComparer.Ordinal);
    private readonly Dictionary<long, QueueFollower> feeds = [];
    private readonly ConcurrentDictionary<string, PolledQueue> polled = new(StringComparer.Ordinal);
    private readonly Shared?[] shared = new Shared?[Slots];
    private readonly Lock reading = new();

    /// <summary>All of them.</summary>
    public IEnumerable<QueueFollower> All => queues.Values;

    /// <summary>Those that are polled.</summary>
    public IEnumerable<PolledQueue> AllPolled => polled.Values;

    /// <summary>A queue that is polled.</summary>
    public PolledQueue OfPolled(string queue) => polled.GetOrAdd(queue, static name => new PolledQueue(name));

    /// <summary>The follower of a queue.</summary>
    public QueueFollower Of(string queue) => queues.GetOrAdd(queue, static name => new QueueFollower(name));

    /// <summary>Reads a record, and has its queue take it in if it is the first of its kind.</summary>
    /// <exception cref="FormatException">It is none that the hub may send.</exception>
    public LiveRecord Read(ReadOnlySpan<byte> bytes)
    {
        var hash = new HashCode();
        hash.AddBytes(bytes);
        ref var slot = ref shared[(uint)hash.ToHashCode() % Slots];
        if (Volatile.Read(ref slot) is { } known && bytes.SequenceEqual(known.Bytes))
        {
            return known.Record;
        }

        var copy = bytes.ToArray();
        lock (reading)
        {
            // Whoever finds a record in its slot may rely on its queue having taken it in.
            if (slot is { } meanwhile && copy.AsSpan().SequenceEqual(meanwhile.Bytes))
            {
                return meanwhile.Record;
            }

            var record = LiveRecord.Parse(copy);
            switch (record)
            {
                case Updates { All: var all } when !feeds.ContainsKey(all[0].Feed):
                    // Before the first snapshot it cannot be told of which queue it is; that snapshot, or one asked for because of a gap, has it.
                    return record;
                case Updates { All: var all }:
                    Array.ForEach(all, feeds[all[0].Feed].Take);
                    break;
                case Snapshot { Picture: var picture }:
                    feeds[picture.Feed] = Of(picture.Queue);
                    feeds[picture.Feed].Take(picture);
                    break;
            }

            Volatile.Write(ref slot, new Shared(copy, record));
            return record;
        }
    }

    private sealed record Shared(byte[] Bytes, LiveRecord Record);
}
