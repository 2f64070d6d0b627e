using EOrda.Queues.Steps;
using EOrda.Queues.Twins;

namespace EOrda.Queues.Recording;

public static partial class StepFormat
{
    private static void Write(ByteWriter to, QueueStep step)
    {
        switch (step)
        {
            case DecideCommand s:
                Begin(to, 15, s);
                CommandFormat.Write(to, s.Command);
                to.Flag(s.IsPlaceElsewhere is not null);
                if (s.IsPlaceElsewhere is { } elsewhere)
                {
                    to.Flag(elsewhere);
                }

                break;
            case TellWhetherActive s:
                Begin(to, 16, s);
                to.Count(s.Application);
                break;
            case FileApplication s:
                Begin(to, 17, s);
                EventFormat.WriteFiling(to, s.Submit);
                to.Flag(s.OtherIsActive);
                break;
            case ReportPlace s:
                Begin(to, 18, s);
                to.Text(s.Place);
                to.Text(s.Kindergarten);
                break;
            case PrepareEnrolment s:
                Begin(to, 19, s);
                to.Text(s.Application);
                break;
            case LeaveFormerPlace s:
                Begin(to, 20, s);
                to.Count(s.Application);
                break;
            case CompleteEnrolment s:
                Begin(to, 21, s);
                to.Text(s.Application);
                to.OptionalText(s.Left);
                break;
            default:
                WriteOfTwins(to, step);
                break;
        }
    }

    private static void WriteOfTwins(ByteWriter to, QueueStep step)
    {
        switch (step)
        {
            case DescribeTwins s:
                Begin(to, 22, s);
                WriteTexts(to, s.Applications);
                to.Text(s.Kindergarten);
                break;
            case LeadTwins s:
                Begin(to, 23, s);
                WriteMembers(to, s.Members);
                to.Text(s.Kindergarten);
                to.Count(s.Others.Count);
                foreach (var facts in s.Others)
                {
                    ReplyFormat.WriteFacts(to, facts);
                }

                break;
            case TakeHalf s:
                Begin(to, 24, s);
                to.Queue(s.Leader);
                WriteMembers(to, s.Members);
                to.Text(s.Kindergarten);
                to.Moment(s.Until);
                to.Flag(s.InWindow);
                break;
            case HoldTwins s:
                Begin(to, 25, s);
                break;
            case UndoTwins s:
                Begin(to, 26, s);
                break;
            case EndTwins s:
                Begin(to, 27, s);
                to.Key(s.Batch);
                to.Flag(s.Confirm);
                break;
            case TellOutcome s:
                Begin(to, 28, s);
                to.Key(s.Batch);
                break;
            case HoldHalf s:
                Begin(to, 29, s);
                break;
            case UndoHalf s:
                Begin(to, 30, s);
                break;
            case ConfirmHalf s:
                Begin(to, 31, s);
                break;
            case EndHalf s:
                Begin(to, 32, s);
                to.Moment(s.At);
                break;
            case NoteSettled s:
                Begin(to, 33, s);
                to.Queue(s.Other);
                break;
            default:
                throw NoFormat(step);
        }
    }

    /// <summary>Writes texts, their number first.</summary>
    internal static void WriteTexts(ByteWriter to, IReadOnlyList<string> texts)
    {
        to.Count(texts.Count);
        foreach (var text in texts)
        {
            to.Text(text);
        }
    }

    /// <summary>Reads texts, their number first.</summary>
    internal static string[] ReadTexts(ref ByteReader from)
    {
        var texts = new string[from.ItemCount()];
        for (var i = 0; i < texts.Length; i++)
        {
            texts[i] = from.Text();
        }

        return texts;
    }

    /// <summary>Writes the members of a batch.</summary>
    internal static void WriteMembers(ByteWriter to, IReadOnlyList<BatchMember> members)
    {
        to.Count(members.Count);
        foreach (var member in members)
        {
            to.Queue(member.Queue);
            to.Text(member.Application);
        }
    }

    /// <summary>Reads the members of a batch.</summary>
    internal static BatchMember[] ReadMembers(ref ByteReader from)
    {
        var members = new BatchMember[from.ItemCount()];
        for (var i = 0; i < members.Length; i++)
        {
            members[i] = new BatchMember(from.Queue(), from.Text());
        }

        return members;
    }

    private static TwinFacts[] ReadAllFacts(ref ByteReader from)
    {
        var facts = new TwinFacts[from.ItemCount()];
        for (var i = 0; i < facts.Length; i++)
        {
            facts[i] = ReplyFormat.ReadFacts(ref from);
        }

        return facts;
    }

    private static void Begin(ByteWriter to, byte tag, QueueStep step)
    {
        to.Byte(tag);
        to.Key(step.Key);
        to.Queue(step.Queue);
    }
}
