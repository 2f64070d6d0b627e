using EOrda.Actors.Persistence;
using EOrda.Queues;
using EOrda.Queues.Recording;
using EOrda.Queues.Steps;
using EOrda.Queues.Time;

namespace EOrda.Simulation.Cluster.Stored;

/// <summary>A record of an entity, as the journal has it.</summary>
/// <param name="Entity">The entity's name.</param>
/// <param name="Number">The record's number, from 1 on.</param>
/// <param name="At">Its instant.</param>
internal record StoredRecord(string Entity, long Number, Moment At)
{
    private const byte Nothing = 0;
    private const byte OfCommand = 1;

    /// <summary>Reads what stands in a record, without its events.</summary>
    public static StoredRecord Read(string entity, long number, ReadOnlySpan<byte> content)
    {
        var from = new ByteReader(content);
        from.Byte();
        var at = from.Moment();
        var asked = from.Byte();
        if (asked == Nothing)
        {
            return new StoredRecord(entity, number, at);
        }

        if (asked == OfCommand)
        {
            var key = from.Key();
            var bytes = new ByteReader(from.Bytes(from.Index()));
            var command = CommandFormat.Read(ref bytes);
            return new DecidedCommand(entity, number, at, key, command, AnswerFormat.Read(ref from));
        }

        var step = StepFormat.Read(ref from);
        return new TakenStep(entity, number, at, step, new EncodedStep(step).Key, ReplyFormat.Read(ref from));
    }
}

/// <summary>A record of a decided command.</summary>
internal sealed record DecidedCommand(string Entity, long Number, Moment At, CommandKey Key, Command Command, Answer Answer) : StoredRecord(Entity, Number, At);

/// <summary>A record of a step taken.</summary>
internal sealed record TakenStep(string Entity, long Number, Moment At, ProcessStep Step, CommandKey StepKey, Reply Reply) : StoredRecord(Entity, Number, At);
