using EOrda.Queues.Names;
using EOrda.Queues.Rules;
using EOrda.Queues.Steps;
using EOrda.Queues.Twins;

namespace EOrda.Queues.Recording;

/// <summary>Replies to steps as bytes: a tag, then the fields in a fixed order, under the rule of <see cref="EventFormat"/>.</summary>
public static class ReplyFormat
{
    private const byte AnsweredTag = 1;

    /// <summary>Writes what an entity decided as the reply <see cref="Answered"/>.</summary>
    public static void WriteAnswered(ByteWriter to, Answer answer)
    {
        to.Byte(AnsweredTag);
        AnswerFormat.Write(to, answer);
    }

    /// <summary>Writes a reply.</summary>
    public static void Write(ByteWriter to, Reply reply)
    {
        switch (reply)
        {
            case Answered r:
                WriteAnswered(to, r.Answer);
                break;
            case Noted:
                to.Byte(2);
                break;
            case Busy:
                to.Byte(3);
                break;
            case QueueFound r:
                to.Byte(4);
                WriteQueue(to, r.Queue);
                break;
            case FilingBegan r:
                to.Byte(5);
                StepFormat.WritePointer(to, r.Last);
                break;
            case FormerFound r:
                to.Byte(6);
                StepFormat.WritePointer(to, r.Former);
                break;
            case LocalityFound r:
                to.Byte(7);
                to.Flag(r.IsKnown);
                break;
            case KindergartenFound r:
                to.Byte(8);
                WriteQueue(to, r.Queue);
                break;
            case QueuesFound r:
                to.Byte(9);
                to.Flag(r.Queues is not null);
                if (r.Queues is { } queues)
                {
                    WriteQueues(to, queues);
                }

                break;
            case PlaceNotHere:
                to.Byte(10);
                break;
            case Activity r:
                to.Byte(11);
                to.Flag(r.IsActive);
                break;
            case ApplicationFiled r:
                to.Byte(12);
                to.Count(r.Application);
                AnswerFormat.Write(to, r.Standing);
                break;
            case EnrolmentReady r:
                to.Byte(13);
                to.Text(r.Child);
                to.Count(r.Application);
                break;
            case FormerPlace r:
                to.Byte(14);
                to.OptionalText(r.Place);
                break;
            default:
                WriteOfTwins(to, reply);
                break;
        }
    }

    /// <summary>Reads a reply.</summary>
    /// <exception cref="InvalidDataException">The bytes are none.</exception>
    public static Reply Read(ref ByteReader from)
    {
        var tag = from.Byte();
        return tag switch
        {
            AnsweredTag => new Answered(AnswerFormat.Read(ref from)),
            2 => Noted.Done,
            3 => Busy.Now,
            4 => new QueueFound(ReadQueue(ref from)),
            5 => new FilingBegan(StepFormat.ReadPointer(ref from)),
            6 => new FormerFound(StepFormat.ReadPointer(ref from)),
            7 => new LocalityFound(from.Flag()),
            8 => new KindergartenFound(ReadQueue(ref from)),
            9 => new QueuesFound(from.Flag() ? ReadQueues(ref from) : null),
            10 => new PlaceNotHere(),
            11 => new Activity(from.Flag()),
            12 => new ApplicationFiled(from.Index(), AnswerFormat.Read(ref from) as Standing ?? throw new InvalidDataException("An application that was filed stands somewhere.")),
            13 => new EnrolmentReady(from.Text(), from.Index()),
            14 => new FormerPlace(from.OptionalText()),
            15 => ReadFacts(ref from),
            16 => new TwinsLed(StepFormat.ReadTexts(ref from), from.Moment(), from.Flag(), from.Flag()),
            17 => new HalfTaken(StepFormat.ReadTexts(ref from)),
            18 => new TwinsKept(from.Flag()),
            19 => new InTwins(from.Queue(), from.Key()),
            20 => new TwinsEnded(StepFormat.ReadMembers(ref from), AnswerFormat.ReadReferrals(ref from), from.Moment(), from.Moment()),
            21 => new TwinsOutcome(from.Flag() ? from.Member<TwinState>() : null, from.Moment(), ReadQueues(ref from)),
            22 => new HalfConfirmed(AnswerFormat.ReadReferrals(ref from)),
            _ => throw new InvalidDataException($"No reply has the tag {tag}."),
        };
    }

    /// <summary>Writes what a queue tells of a batch's members, without a tag.</summary>
    internal static void WriteFacts(ByteWriter to, TwinFacts facts)
    {
        to.Queue(facts.Queue);
        to.Count(facts.Members.Count);
        foreach (var member in facts.Members)
        {
            to.Text(member.Application);
            to.Flag(member.NotWaiting is not null);
            if (member.NotWaiting is { } reason)
            {
                to.Byte((byte)reason);
            }

            to.Text(member.Applicant);
            to.Date(member.Born);
            to.Flag(member.HoldsReservation);
            to.Flag(member.IsAtReferralLimit);
            to.Flag(member.IsAtLapseLimit);
            to.Flag(member.IsInWindow);
        }

        to.Count(facts.Available);
        to.Count(facts.Open);
    }

    /// <summary>Reads what a queue tells of a batch's members.</summary>
    internal static TwinFacts ReadFacts(ref ByteReader from)
    {
        var queue = from.Queue();
        var members = new MemberFacts[from.ItemCount()];
        for (var i = 0; i < members.Length; i++)
        {
            members[i] = new MemberFacts(
                from.Text(),
                from.Flag() ? from.Member<Reason>() : null,
                from.Text(),
                from.Date(),
                from.Flag(),
                from.Flag(),
                from.Flag(),
                from.Flag());
        }

        return new TwinFacts(queue, members, from.Index(), from.Index());
    }

    private static void WriteOfTwins(ByteWriter to, Reply reply)
    {
        switch (reply)
        {
            case TwinFacts r:
                to.Byte(15);
                WriteFacts(to, r);
                break;
            case TwinsLed r:
                to.Byte(16);
                StepFormat.WriteTexts(to, r.Places);
                to.Moment(r.Until);
                to.Flag(r.InWindow);
                to.Flag(r.IsHeld);
                break;
            case HalfTaken r:
                to.Byte(17);
                StepFormat.WriteTexts(to, r.Places);
                break;
            case TwinsKept r:
                to.Byte(18);
                to.Flag(r.AreHeld);
                break;
            case InTwins r:
                to.Byte(19);
                to.Queue(r.Leader);
                to.Key(r.Batch);
                break;
            case TwinsEnded r:
                to.Byte(20);
                StepFormat.WriteMembers(to, r.Members);
                AnswerFormat.WriteReferrals(to, r.Referrals);
                to.Moment(r.At);
                to.Moment(r.AvailableAt);
                break;
            case TwinsOutcome r:
                to.Byte(21);
                to.Flag(r.State is not null);
                if (r.State is { } state)
                {
                    to.Byte((byte)state);
                }

                to.Moment(r.At);
                WriteQueues(to, r.Unsettled);
                break;
            case HalfConfirmed r:
                to.Byte(22);
                AnswerFormat.WriteReferrals(to, r.Referrals);
                break;
            default:
                throw new ArgumentException($"No format for {reply.GetType().Name}.", nameof(reply));
        }
    }

    private static void WriteQueue(ByteWriter to, QueueKey? queue)
    {
        to.Flag(queue is not null);
        if (queue is not null)
        {
            to.Queue(queue);
        }
    }

    private static QueueKey? ReadQueue(ref ByteReader from) => from.Flag() ? from.Queue() : null;

    private static void WriteQueues(ByteWriter to, IReadOnlyList<QueueKey> queues)
    {
        to.Count(queues.Count);
        foreach (var queue in queues)
        {
            to.Queue(queue);
        }
    }

    private static QueueKey[] ReadQueues(ref ByteReader from)
    {
        var queues = new QueueKey[from.ItemCount()];
        for (var i = 0; i < queues.Length; i++)
        {
            queues[i] = from.Queue();
        }

        return queues;
    }
}
