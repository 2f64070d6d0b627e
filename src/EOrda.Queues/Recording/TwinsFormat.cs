using EOrda.Queues.Twins;

namespace EOrda.Queues.Recording;

/// <summary>The halves of batches across queues as bytes, in a queue's snapshot.</summary>
internal static class TwinsFormat
{
    public static void Write(ByteWriter to, SortedDictionary<int, TwinHalf> halves)
    {
        to.Count(halves.Count);
        foreach (var (number, half) in halves)
        {
            to.Count(number);
            to.Key(half.Key);
            EventFormat.WriteBatch(to, half.Batch);
            to.Queue(half.Leader);
            to.Text(half.Kindergarten);
            to.Moment(half.Until);
            to.Flag(half.InWindow);
            to.Byte((byte)half.State);
            to.Moment(half.EndedAt);
            to.Flag(half.EndsAlone);
            to.Count(half.Unsettled.Count);
            foreach (var queue in half.Unsettled)
            {
                to.Text(queue);
            }
        }
    }

    public static void Read(ref ByteReader from, SortedDictionary<int, TwinHalf> halves)
    {
        for (var left = from.ItemCount(); left > 0; left--)
        {
            var number = from.Index();
            var half = new TwinHalf
            {
                Key = from.Key(),
                Batch = EventFormat.ReadSomeBatch(ref from),
                Leader = from.Queue(),
                Kindergarten = from.Text(),
                Until = from.Moment(),
                InWindow = from.Flag(),
                State = from.Member<TwinState>(),
                EndedAt = from.Moment(),
                EndsAlone = from.Flag(),
                Unsettled = new(StringComparer.Ordinal),
            };
            for (var more = from.ItemCount(); more > 0; more--)
            {
                half.Unsettled.Add(from.Text());
            }

            halves.Add(number, half);
        }
    }
}
