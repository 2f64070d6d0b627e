using EOrda.Actors.Answers;
using EOrda.Actors.Entities;
using EOrda.Queues;
using EOrda.Queues.Recording;
using EOrda.Queues.Steps;
using EOrda.Queues.Time;

namespace EOrda.Actors.Persistence;

/// <summary>
/// What stands in a record: a version, the instant, what was asked (nothing, a command with its key, or a step of a process) with its answer or reply, and
/// the events. What was asked stands in it so that a refusal, which has no events, can be decided again by anyone.
/// </summary>
internal static class RecordContent
{
    private const byte Version = 1;

    private enum Asked : byte
    {
        Nothing,
        Command,
        Step,
    }

    /// <summary>Begins the content of a record that decides a command; the events follow.</summary>
    public static void Begin(ByteWriter to, Moment at, EncodedCommand command, Answer answer)
    {
        Begin(to, at, Asked.Command);
        command.WriteTo(to);
        AnswerFormat.Write(to, answer);
    }

    /// <summary>Begins the content of a record of a step taken; the events follow.</summary>
    public static void Begin(ByteWriter to, Moment at, EncodedStep step, Reply reply)
    {
        Begin(to, at, Asked.Step);
        step.WriteTo(to);
        ReplyFormat.Write(to, reply);
    }

    /// <summary>Begins the content of a record of what happened by itself; the events follow.</summary>
    public static void Begin(ByteWriter to, Moment at) => Begin(to, at, Asked.Nothing);

    /// <summary>Reads what stands before the events.</summary>
    /// <exception cref="InvalidDataException">The bytes are no record.</exception>
    public static RecordHeading ReadHeading(ref ByteReader from)
    {
        var at = ReadInstant(ref from);
        var asked = from.Member<Asked>();
        if (asked == Asked.Command)
        {
            var (key, command) = EncodedCommand.ReadCommand(ref from);
            return new RecordHeading(at, new RecordedDecision(key, command, AnswerFormat.Read(ref from)), Taken: null);
        }

        return new RecordHeading(at, Decision: null, asked == Asked.Step ? new RecordedStep(StepFormat.Read(ref from), ReplyFormat.Read(ref from)) : null);
    }

    /// <summary>Reads a record and applies it.</summary>
    /// <exception cref="InvalidDataException">The bytes are no record, or one that cannot have happened.</exception>
    public static void Apply(EntityMemory memory, ReadOnlySpan<byte> content)
    {
        var from = new ByteReader(content);
        memory.At = ReadInstant(ref from);
        ReadAsked(memory, ref from);
        while (!from.AtEnd)
        {
            memory.State.Apply(ref from, memory.At);
        }
    }

    /// <summary>Keeps the answer to a command for the day, and counts it for its application.</summary>
    public static void Keep(EntityMemory memory, EncodedCommand command, Answer answer, Moment at)
    {
        memory.Answers.Add(new RecordedCommand(command.Key, command.Fingerprint, answer), at);
        if (command.Application is { } application)
        {
            memory.Quota.Count(application, at);
        }
    }

    private static Moment ReadInstant(ref ByteReader from) =>
        from.Byte() is var version && version == Version ? from.Moment() : throw new InvalidDataException($"Version {version} of records is not known here.");

    private static void ReadAsked(EntityMemory memory, ref ByteReader from)
    {
        var asked = from.Member<Asked>();
        if (asked == Asked.Nothing)
        {
            return;
        }

        // What has expired must not fill the memory of a long journal.
        memory.Answers.HasRoom(memory.At);
        if (asked == Asked.Command)
        {
            Keep(memory, EncodedCommand.Read(ref from), AnswerFormat.Read(ref from), memory.At);
        }
        else
        {
            var step = EncodedStep.Read(ref from);
            memory.Answers.Add(step.Key, step.Fingerprint, ReplyFormat.Read(ref from), memory.At);
        }
    }

    private static void Begin(ByteWriter to, Moment at, Asked asked)
    {
        to.Byte(Version);
        to.Moment(at);
        to.Byte((byte)asked);
    }
}
