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
    /// <summary>Reads what stands in a record, without its events.</summary>
    public static StoredRecord Read(string entity, long number, ReadOnlySpan<byte> content)
    {
        var from = new ByteReader(content);
        var (at, decision, taken) = RecordContent.ReadHeading(ref from);
        return decision is { } decided ? new DecidedCommand(entity, number, at, decided.Key, decided.Command, decided.Answer)
            : taken is { } step ? new TakenStep(entity, number, at, step.Step, new EncodedStep(step.Step).Key, step.Reply)
            : new StoredRecord(entity, number, at);
    }
}

/// <summary>A record of a decided command.</summary>
internal sealed record DecidedCommand(string Entity, long Number, Moment At, CommandKey Key, Command Command, Answer Answer) : StoredRecord(Entity, Number, At);

/// <summary>A record of a step taken.</summary>
internal sealed record TakenStep(string Entity, long Number, Moment At, ProcessStep Step, CommandKey StepKey, Reply Reply) : StoredRecord(Entity, Number, At);
