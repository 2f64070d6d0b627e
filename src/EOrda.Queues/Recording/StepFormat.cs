using EOrda.Queues.Names;
using EOrda.Queues.Steps;
using EOrda.Queues.Twins;

namespace EOrda.Queues.Recording;

/// <summary>
/// Steps of processes as bytes: a tag, the key, then the fields in a fixed order. A record keeps the step that an entity took, and steps cross the wire.
/// The rule for changing it is that of <see cref="EventFormat"/>: a tag's meaning never changes and no tag is used again.
/// </summary>
public static partial class StepFormat
{
    /// <summary>Writes a step.</summary>
    public static void Write(ByteWriter to, ProcessStep step)
    {
        switch (step)
        {
            case RegisterStep s:
                Write(to, s);
                break;
            case LocalityStep s:
                Write(to, s);
                break;
            case QueueStep s:
                Write(to, s);
                break;
            default:
                throw NoFormat(step);
        }
    }

    /// <summary>Reads a step.</summary>
    /// <exception cref="InvalidDataException">The bytes are none.</exception>
    public static ProcessStep Read(ref ByteReader from)
    {
        var tag = from.Byte();
        var key = from.Key();
        return tag switch
        {
            1 => new FindApplication(key, from.Text()),
            2 => new FindPlace(key, from.Text()),
            3 => new BeginFiling(key, EventFormat.ReadFiling(ref from), from.Queue()),
            4 => new EndFiling(key, from.Text(), from.Member<Kind>(), ReadPointer(ref from)),
            5 => new ClaimApplication(key, from.Text(), from.Queue(), from.Text()),
            6 => new KeepApplication(key, from.Text()),
            7 => new GiveApplicationBack(key, from.Text()),
            8 => new ClaimPlace(key, from.Text(), from.Text(), from.Queue()),
            9 => new KeepPlace(key, from.Text()),
            10 => new PlaceChild(key, from.Text(), new ApplicationPointer(from.Queue(), from.Index())),
            11 => new FindLocality(key, from.Text()),
            12 => new FindQueueOfPlace(key, from.Text(), from.OptionalText(), from.Flag() ? Whole(from.Number()) : null),
            13 => new FindQueues(key, from.Text()),
            14 => new ChangeLocalities(key, CommandFormat.Read(ref from)),
            15 => new DecideCommand(key, from.Queue(), CommandFormat.Read(ref from), from.Flag() ? from.Flag() : null),
            16 => new TellWhetherActive(key, from.Queue(), from.Index()),
            17 => new FileApplication(key, from.Queue(), EventFormat.ReadFiling(ref from), from.Flag()),
            18 => new ReportPlace(key, from.Queue(), from.Text(), from.Text()),
            19 => new PrepareEnrolment(key, from.Queue(), from.Text()),
            20 => new LeaveFormerPlace(key, from.Queue(), from.Index()),
            21 => new CompleteEnrolment(key, from.Queue(), from.Text(), from.OptionalText()),
            22 => new DescribeTwins(key, from.Queue(), ReadTexts(ref from), from.Text()),
            23 => new LeadTwins(key, from.Queue(), ReadMembers(ref from), from.Text(), ReadAllFacts(ref from)),
            24 => new TakeHalf(key, from.Queue(), from.Queue(), ReadMembers(ref from), from.Text(), from.Moment(), from.Flag()),
            25 => new HoldTwins(key, from.Queue()),
            26 => new UndoTwins(key, from.Queue()),
            27 => new EndTwins(key, from.Queue(), from.Key(), from.Flag()),
            28 => new TellOutcome(key, from.Queue(), from.Key()),
            29 => new HoldHalf(key, from.Queue()),
            30 => new UndoHalf(key, from.Queue()),
            31 => new ConfirmHalf(key, from.Queue()),
            32 => new EndHalf(key, from.Queue(), from.Moment()),
            33 => new NoteSettled(key, from.Queue(), from.Queue()),
            _ => throw new InvalidDataException($"No step has the tag {tag}."),
        };
    }

    private static void Write(ByteWriter to, RegisterStep step)
    {
        switch (step)
        {
            case FindApplication s:
                Begin(to, 1, s);
                break;
            case FindPlace s:
                Begin(to, 2, s);
                break;
            case BeginFiling s:
                to.Byte(3);
                to.Key(s.Key);
                EventFormat.WriteFiling(to, s.Submit);
                to.Queue(s.Queue);
                break;
            case EndFiling s:
                Begin(to, 4, s);
                to.Byte((byte)s.Kind);
                WritePointer(to, s.Filed);
                break;
            case ClaimApplication s:
                Begin(to, 5, s);
                to.Queue(s.Queue);
                to.Text(s.Child);
                break;
            case KeepApplication s:
                Begin(to, 6, s);
                break;
            case GiveApplicationBack s:
                Begin(to, 7, s);
                break;
            case ClaimPlace s:
                Begin(to, 8, s);
                to.Text(s.Kindergarten);
                to.Queue(s.Queue);
                break;
            case KeepPlace s:
                Begin(to, 9, s);
                break;
            case PlaceChild s:
                Begin(to, 10, s);
                to.Queue(s.Application.Queue);
                to.Count(s.Application.Application);
                break;
            default:
                throw NoFormat(step);
        }
    }

    private static void Write(ByteWriter to, LocalityStep step)
    {
        switch (step)
        {
            case FindLocality s:
                Begin(to, 11, s);
                to.Text(s.Locality);
                break;
            case FindQueueOfPlace s:
                Begin(to, 12, s);
                to.Text(s.Kindergarten);
                to.OptionalText(s.Queue);
                to.Flag(s.Age is not null);
                if (s.Age is { } age)
                {
                    to.Number(age);
                }

                break;
            case FindQueues s:
                Begin(to, 13, s);
                to.Text(s.Locality);
                break;
            case ChangeLocalities s:
                Begin(to, 14, s);
                CommandFormat.Write(to, s.Command);
                break;
            default:
                throw NoFormat(step);
        }
    }

    private static void Begin(ByteWriter to, byte tag, RegisterStep step)
    {
        to.Byte(tag);
        to.Key(step.Key);
        to.Text(step.Identifier);
    }

    private static void Begin(ByteWriter to, byte tag, LocalityStep step)
    {
        to.Byte(tag);
        to.Key(step.Key);
    }

    /// <summary>Writes an application or nothing.</summary>
    internal static void WritePointer(ByteWriter to, ApplicationPointer? pointer)
    {
        to.Flag(pointer is not null);
        if (pointer is { } given)
        {
            to.Queue(given.Queue);
            to.Count(given.Application);
        }
    }

    /// <summary>Reads an application or nothing.</summary>
    internal static ApplicationPointer? ReadPointer(ref ByteReader from) => from.Flag() ? new ApplicationPointer(from.Queue(), from.Index()) : null;

    private static int Whole(long number) =>
        number is >= int.MinValue and <= int.MaxValue ? (int)number : throw new InvalidDataException("A number out of range.");

    private static ArgumentException NoFormat(ProcessStep step) => new($"No format for {step.GetType().Name}.", nameof(step));
}
