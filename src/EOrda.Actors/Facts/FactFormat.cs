using EOrda.Actors.Persistence;
using EOrda.Queues;
using EOrda.Queues.Recording;

namespace EOrda.Actors.Facts;

/// <summary>Reads a queue's record as a fact.</summary>
internal static class FactFormat
{
    /// <summary>Reads a record.</summary>
    /// <param name="number">The record's number.</param>
    /// <param name="content">The record's content, checked against its hash.</param>
    /// <exception cref="InvalidDataException">The bytes are no record of a queue.</exception>
    public static Fact Read(long number, ReadOnlySpan<byte> content)
    {
        var from = new ByteReader(content);
        var heading = RecordContent.ReadHeading(ref from);
        var events = new List<QueueEvent>();
        while (!from.AtEnd)
        {
            events.Add(EventFormat.ReadQueueEvent(ref from));
        }

        return new Fact(number, heading.At, CauseOf(heading), events);
    }

    private static FactCause? CauseOf(RecordHeading heading) => heading switch
    {
        { Decision: { } decided } => new DecidedCommand(decided.Key, decided.Command, decided.Answer),
        { Taken: { } taken } => new TakenStep(taken.Step, taken.Reply),
        _ => null,
    };
}
