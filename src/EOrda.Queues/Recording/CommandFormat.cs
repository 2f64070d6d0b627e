using EOrda.Queues.Applications;
using EOrda.Queues.Names;
using EOrda.Queues.Rules;

namespace EOrda.Queues.Recording;

/// <summary>
/// Commands as bytes: a tag, then the fields in a fixed order. A record keeps the command that it decided, so that anyone can decide it again.
/// The rule for changing it is that of <see cref="EventFormat"/>: a tag's meaning never changes and no tag is used again.
/// </summary>
public static class CommandFormat
{
    /// <summary>Writes a command.</summary>
    public static void Write(ByteWriter to, Command command)
    {
        switch (command)
        {
            case Reserve c:
                Begin(to, 1, c);
                to.OptionalText(c.Place);
                to.OptionalText(c.Kindergarten);
                break;
            case Confirm c:
                Begin(to, 2, c);
                break;
            case Drop c:
                Begin(to, 3, c);
                break;
            case Cancel c:
                Begin(to, 4, c);
                break;
            case Extend c:
                Begin(to, 5, c);
                to.Number(c.Days);
                break;
            case Verify c:
                Begin(to, 6, c);
                to.Flag(c.Approve);
                break;
            case Enrol c:
                Begin(to, 7, c);
                break;
            case Refuse c:
                Begin(to, 8, c);
                break;
            case Leave c:
                Begin(to, 9, c);
                break;
            case Review c:
                Begin(to, 10, c);
                to.Flag(c.Approve);
                break;
            case ChangeCategory c:
                Begin(to, 11, c);
                to.Byte((byte)c.Category);
                break;
            case Prolong c:
                Begin(to, 12, c);
                break;
            case Withdraw c:
                Begin(to, 13, c);
                break;
            case RevokePlace c:
                to.Byte(14);
                to.Text(c.Place);
                break;
            case ReserveBatch c:
                to.Byte(15);
                to.Text(c.Kindergarten);
                WriteTexts(to, c.Applications);
                break;
            case Submit c:
                to.Byte(16);
                to.Text(c.Queue);
                to.Text(c.Application);
                to.Text(c.Child);
                to.Date(c.Born);
                to.Text(c.Applicant);
                to.Byte((byte)c.Category);
                to.Flag(c.Submitted is not null);
                if (c.Submitted is { } submitted)
                {
                    to.Moment(submitted);
                }

                to.Flag(c.UnderReview);
                break;
            case FreePlace c:
                to.Byte(17);
                to.Text(c.Place);
                to.Text(c.Kindergarten);
                to.OptionalText(c.Queue);
                WriteOptional(to, c.Age);
                break;
            case CleanUp c:
                to.Byte(18);
                to.Text(c.Locality);
                break;
            case RegisterKindergarten c:
                to.Byte(19);
                to.Text(c.Kindergarten);
                to.Text(c.Locality);
                to.Byte((byte)c.Kind);
                break;
            case SetRules c:
                to.Byte(20);
                to.Text(c.Locality);
                RulesDraftFormat.Write(to, c.Rules);
                break;
            case AmendRules c:
                to.Byte(21);
                to.Text(c.Locality);
                RulesDraftFormat.Write(to, c.Changes);
                break;
            case Transfer c:
                Begin(to, 22, c);
                to.Text(c.Applicant);
                break;
            case Correct c:
                Begin(to, 23, c);
                to.Date(c.Born);
                break;
            default:
                throw new ArgumentException($"No format for {command.GetType().Name}.", nameof(command));
        }
    }

    /// <summary>Reads a command.</summary>
    /// <exception cref="InvalidDataException">The bytes are none.</exception>
    public static Command Read(ref ByteReader from)
    {
        var tag = from.Byte();
        return tag switch
        {
            1 => new Reserve(from.Text(), from.OptionalText(), from.OptionalText()),
            2 => new Confirm(from.Text()),
            3 => new Drop(from.Text()),
            4 => new Cancel(from.Text()),
            5 => new Extend(from.Text(), Whole(from.Number())),
            6 => new Verify(from.Text(), from.Flag()),
            7 => new Enrol(from.Text()),
            8 => new Refuse(from.Text()),
            9 => new Leave(from.Text()),
            10 => new Review(from.Text(), from.Flag()),
            11 => new ChangeCategory(from.Text(), from.Member<Category>()),
            12 => new Prolong(from.Text()),
            13 => new Withdraw(from.Text()),
            14 => new RevokePlace(from.Text()),
            15 => ReadBatch(ref from),
            16 => new Submit(
                from.Text(),
                from.Text(),
                from.Text(),
                from.Date(),
                from.Text(),
                from.Member<Category>(),
                from.Flag() ? from.Moment() : null,
                from.Flag()),
            17 => new FreePlace(from.Text(), from.Text(), from.OptionalText(), ReadOptional(ref from)),
            18 => new CleanUp(from.Text()),
            19 => new RegisterKindergarten(from.Text(), from.Text(), from.Member<Kind>()),
            20 => new SetRules(from.Text(), RulesDraftFormat.Read(ref from)),
            21 => new AmendRules(from.Text(), RulesDraftFormat.Read(ref from)),
            22 => new Transfer(from.Text(), from.Text()),
            23 => new Correct(from.Text(), from.Date()),
            _ => throw new InvalidDataException($"No command has the tag {tag}."),
        };
    }

    private static void Begin(ByteWriter to, byte tag, ApplicationCommand command)
    {
        to.Byte(tag);
        to.Text(command.Application);
    }

    private static ReserveBatch ReadBatch(ref ByteReader from)
    {
        var kindergarten = from.Text();
        return new ReserveBatch(ReadTexts(ref from), kindergarten);
    }

    private static void WriteTexts(ByteWriter to, IReadOnlyList<string> texts)
    {
        to.Count(texts.Count);
        foreach (var text in texts)
        {
            to.Text(text);
        }
    }

    private static string[] ReadTexts(ref ByteReader from)
    {
        var texts = new string[from.ItemCount()];
        for (var i = 0; i < texts.Length; i++)
        {
            texts[i] = from.Text();
        }

        return texts;
    }

    private static void WriteOptional(ByteWriter to, int? number)
    {
        to.Flag(number is not null);
        if (number is { } given)
        {
            to.Number(given);
        }
    }

    private static int? ReadOptional(ref ByteReader from) => from.Flag() ? Whole(from.Number()) : null;

    private static int Whole(long number) =>
        number is >= int.MinValue and <= int.MaxValue ? (int)number : throw new InvalidDataException("A number out of range.");
}
