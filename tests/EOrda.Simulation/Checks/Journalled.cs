using System.Buffers.Binary;
using EOrda.Actors;
using EOrda.Actors.Answers;
using EOrda.Actors.Journal;
using EOrda.Queues;
using EOrda.Queues.Recording;
using EOrda.Queues.Time;
using EOrda.Simulation.Worlds;

namespace EOrda.Simulation.Checks;

/// <summary>A decided command as the journal has it.</summary>
internal sealed record JournalledCommand(string Entity, long Sequence, Moment At, CommandKey Key, Answer Answer);

/// <summary>What the disk holds, read record by record: which command was decided when and how.</summary>
internal sealed class Journalled(World world)
{
    private readonly Dictionary<JournalPage, Page> pages = new(ReferenceEqualityComparer.Instance);
    private readonly Dictionary<CommandKey, JournalledCommand> byKey = [];

    /// <summary>How many commands were decided, as far as the disk knows.</summary>
    public int Count => byKey.Count;

    /// <summary>The decision of a command, or null when it is not on disk.</summary>
    public JournalledCommand? Find(CommandKey key) => byKey.GetValueOrDefault(key);

    /// <summary>A page was stored.</summary>
    public void Stored(JournalPage page)
    {
        foreach (var command in Read(page).Commands)
        {
            Add(command);
        }
    }

    /// <summary>Reads everything anew, as after a crash: what is not on disk any more is forgotten.</summary>
    public void ReadAnew()
    {
        byKey.Clear();
        foreach (var command in Commands())
        {
            Add(command);
        }
    }

    /// <summary>A page stands on the disk with damage; what it held is known.</summary>
    public void Damaged(JournalPage damaged, JournalPage good) => pages[damaged] = Read(good);

    /// <summary>All decided commands, entity by entity.</summary>
    public IEnumerable<JournalledCommand> Commands() => world.Disk.Entities
        .Where(entity => world.Disk.LastSequence(entity) > 0)
        .SelectMany(entity => world.Disk.PagesOf(entity))
        .SelectMany(page => Read(page).Commands);

    /// <summary>The instant of an entity's record, or null when there is none of the number.</summary>
    public Moment? InstantOf(string entity, long sequence)
    {
        if (sequence > world.Disk.LastSequence(entity))
        {
            return null;
        }

        var page = world.Disk.PagesOf(entity).FindLast(page => page.FirstSequence <= sequence)!;
        return Read(page).Instants[(int)(sequence - page.FirstSequence)];
    }

    /// <summary>The number of the record in which a byte of a page stands.</summary>
    public static long RecordAt(JournalPage page, int position)
    {
        var number = page.FirstSequence;
        for (var end = EndOf(page.Body.Span, 0); end <= position; end = EndOf(page.Body.Span, end))
        {
            number++;
        }

        return number;
    }

    private static int EndOf(ReadOnlySpan<byte> body, int start) =>
        start + RecordFormat.LengthBytes + BinaryPrimitives.ReadInt32LittleEndian(body[start..]) + RecordFormat.HashBytes;

    private void Add(JournalledCommand command)
    {
        var key = Keys.Original(command.Key);
        if (!byKey.TryAdd(key, command))
        {
            world.Fail("decided once", $"The command {key.Value:X} is decided in record {byKey[key].Sequence} of {byKey[key].Entity} and again in record {command.Sequence} of {command.Entity}.");
        }
    }

    private Page Read(JournalPage page)
    {
        if (pages.TryGetValue(page, out var known))
        {
            return known;
        }

        var commands = new List<JournalledCommand>();
        var instants = new List<Moment>();
        var body = page.Body.Span;
        for (var start = 0; start < body.Length; start = EndOf(body, start))
        {
            var from = new ByteReader(body[(start + RecordFormat.LengthBytes)..]);
            from.Byte();
            var at = from.Moment();
            if (from.Flag())
            {
                var (key, _) = RecordedCommand.ReadKey(ref from);
                commands.Add(new JournalledCommand(page.Entity, page.FirstSequence + instants.Count, at, key, AnswerFormat.Read(ref from)));
            }

            instants.Add(at);
        }

        return pages[page] = new Page([.. commands], [.. instants]);
    }

    private sealed record Page(JournalledCommand[] Commands, Moment[] Instants);
}
