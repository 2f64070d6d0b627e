using EOrda.Actors.Answers;
using EOrda.Actors.Entities;
using EOrda.Queues;
using EOrda.Queues.Recording;
using EOrda.Queues.Time;

namespace EOrda.Actors.Persistence;

/// <summary>
/// What stands in a record: a version, the instant, the command that it decides with its key and answer where it decides one, and the events.
/// The command stands in it so that a refusal, which has no events, can be decided again by anyone.
/// </summary>
internal static class RecordContent
{
    private const byte Version = 1;

    /// <summary>Begins the content of a record that decides a command; the events follow.</summary>
    public static void Begin(ByteWriter to, Moment at, EncodedCommand command, Answer answer)
    {
        Begin(to, at, decides: true);
        command.WriteTo(to);
        AnswerFormat.Write(to, answer);
    }

    /// <summary>Begins the content of a record that decides nothing; the events follow.</summary>
    public static void Begin(ByteWriter to, Moment at) => Begin(to, at, decides: false);

    /// <summary>Reads a record and applies it.</summary>
    /// <exception cref="InvalidDataException">The bytes are no record, or one that cannot have happened.</exception>
    public static void Apply(EntityMemory memory, ReadOnlySpan<byte> content)
    {
        var from = new ByteReader(content);
        if (from.Byte() is var version && version != Version)
        {
            throw new InvalidDataException($"Version {version} of records is not known here.");
        }

        memory.At = from.Moment();
        if (from.Flag())
        {
            var (key, fingerprint) = EncodedCommand.ReadKey(ref from);
            var answer = AnswerFormat.Read(ref from);

            // What has expired must not fill the memory of a long journal.
            memory.Answers.HasRoom(memory.At);
            memory.Answers.Add(new RecordedCommand(key, fingerprint, answer), memory.At);
        }

        while (!from.AtEnd)
        {
            memory.State.Apply(ref from, memory.At);
        }
    }

    private static void Begin(ByteWriter to, Moment at, bool decides)
    {
        to.Byte(Version);
        to.Moment(at);
        to.Flag(decides);
    }
}
