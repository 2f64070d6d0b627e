using EOrda.Queues;
using EOrda.Queues.Applications;
using EOrda.Queues.Names;
using EOrda.Queues.Rules;
using EOrda.Queues.Time;

namespace EOrda.Cli.Replay;

/// <summary>Something asked of the state without changing it.</summary>
internal abstract record Question : Command;

internal sealed record PositionOf(string Application) : Question;

internal sealed record OrderOf(string Queue) : Question;

internal sealed record PlacesOf(string Queue) : Question;

/// <summary>Makes the command that a line's fields ask for (docs/replay.md, "Commands").</summary>
internal static class LineCommands
{
    private const int MostAge = 10;

    public static Command Read(LineFields fields, Moment at)
    {
        var command = ReadCommand(fields, at);
        fields.EndOfCommand();
        return command;
    }

    private static Command ReadCommand(LineFields fields, Moment at)
    {
        var word = fields.Text(Field.Do);
        return word switch
        {
            "reserve" => ReadReserve(fields),
            "confirm" => new Confirm(Application(fields)),
            "position" => new PositionOf(Application(fields)),
            "submit" => ReadSubmit(fields, at),
            "free" => ReadFree(fields),
            "places" => new PlacesOf(fields.QueueName(Field.Queue)),
            "order" => new OrderOf(fields.QueueName(Field.Queue)),
            "drop" => new Drop(Application(fields)),
            "cancel" => new Cancel(Application(fields)),
            "extend" => new Extend(Application(fields), fields.OptionalWhole(Field.Days) ?? throw new MalformedLineException("days: missing")),
            "verify" => new Verify(Application(fields), fields.Flag(Field.Approve)),
            "enrol" => new Enrol(Application(fields)),
            "refuse" => new Refuse(Application(fields)),
            "leave" => new Leave(Application(fields)),
            "revoke" => new RevokePlace(fields.Identifier(Field.Place)),
            "review" => new Review(Application(fields), fields.Flag(Field.Approve)),
            "category" => new ChangeCategory(Application(fields), ReadCategory(fields)),
            "transfer" => new Transfer(Application(fields), fields.Identifier(Field.Applicant)),
            "correct" => new Correct(Application(fields), fields.Date(Field.Born)),
            "prolong" => new Prolong(Application(fields)),
            "withdraw" => new Withdraw(Application(fields)),
            "cleanup" => new CleanUp(fields.Identifier(Field.Locality)),
            "kindergarten" => new RegisterKindergarten(fields.Identifier(Field.Id), fields.Identifier(Field.Locality), ReadKind(fields)),
            "rules" => new SetRules(fields.Identifier(Field.Locality), ReadRules(fields, timeZone: fields.Text(Field.TimeZone))),
            "amend" => new AmendRules(fields.Identifier(Field.Locality), ReadRules(fields, fields.OptionalText(Field.TimeZone))),
            _ => throw new MalformedLineException($"do: unknown command '{word}'"),
        };
    }

    private static string Application(LineFields fields) => fields.Identifier(Field.Application);

    private static Command ReadReserve(LineFields fields)
    {
        if (OneOf(fields, Field.Application, Field.Applications) == Field.Applications)
        {
            return new ReserveBatch(fields.Identifiers(Field.Applications), fields.Identifier(Field.Kindergarten));
        }

        OneOf(fields, Field.Place, Field.Kindergarten);
        return new Reserve(Application(fields), fields.OptionalIdentifier(Field.Place), fields.OptionalIdentifier(Field.Kindergarten));
    }

    private static Submit ReadSubmit(LineFields fields, Moment at)
    {
        var submitted = fields.OptionalInstant(Field.Submitted);
        if (submitted > at)
        {
            throw new MalformedLineException("submitted: later than at");
        }

        return new Submit(
            fields.QueueName(Field.Queue),
            Application(fields),
            fields.Identifier(Field.Child),
            fields.Date(Field.Born),
            fields.Identifier(Field.Applicant),
            ReadCategory(fields),
            submitted,
            fields.OptionalFlag(Field.Review) ?? false);
    }

    private static FreePlace ReadFree(LineFields fields)
    {
        OneOf(fields, Field.Queue, Field.Age);
        var age = fields.OptionalWhole(Field.Age);
        if (age is < 0 or > MostAge)
        {
            throw new MalformedLineException($"age: not from 0 to {MostAge}");
        }

        return new FreePlace(fields.Identifier(Field.Place), fields.Identifier(Field.Kindergarten), fields.OptionalQueueName(Field.Queue), age);
    }

    private static Category ReadCategory(LineFields fields) => Words.TryParse(fields.Text(Field.Category), out Category category)
        ? category
        : throw new MalformedLineException("category: unknown");

    private static Kind ReadKind(LineFields fields) => Words.TryParse(fields.Text(Field.Kind), out Kind kind)
        ? kind
        : throw new MalformedLineException("kind: unknown");

    private static Field OneOf(LineFields fields, Field a, Field b)
    {
        if (fields.Has(a) == fields.Has(b))
        {
            throw new MalformedLineException($"{FieldNames.Of(a)}, {FieldNames.Of(b)}: one of the two is needed");
        }

        return fields.Has(a) ? a : b;
    }

    private static RulesDraft ReadRules(LineFields fields, string? timeZone) => new()
    {
        TimeZone = timeZone,
        Ratio = fields.OptionalNumbers(Field.Ratio),
        Lead = fields.OptionalText(Field.Lead),
        Carry = fields.OptionalFlag(Field.Carry),
        Handover = fields.OptionalText(Field.Handover),
        Release = fields.OptionalText(Field.Release),
        FreezeFrom = fields.OptionalText(Field.FreezeFrom),
        ReservationMinutes = fields.OptionalNumber(Field.ReservationMinutes),
        PriorityWorkingDays = fields.OptionalNumber(Field.PriorityWorkingDays),
        WindowFactor = fields.OptionalNumber(Field.WindowFactor),
        ReferralWorkingDays = fields.OptionalNumber(Field.ReferralWorkingDays),
        CancelHours = fields.OptionalNumber(Field.CancelHours),
        ReturnMinutes = fields.OptionalNumber(Field.ReturnMinutes),
        ExtensionMaxDays = fields.OptionalNumber(Field.ExtensionMaxDays),
        StopListWorkingDays = fields.OptionalNumber(Field.StopListWorkingDays),
        MissesAllowed = fields.OptionalNumber(Field.MissesAllowed),
        ReferralsPerMonth = fields.OptionalNumber(Field.ReferralsPerMonth),
        LapsesPerDay = fields.OptionalNumber(Field.LapsesPerDay),
        AgeLimit = fields.OptionalNumber(Field.AgeLimit),
        ValidMonths = fields.OptionalNumber(Field.ValidMonths),
        Holidays = fields.OptionalTexts(Field.Holidays),
        Workdays = fields.OptionalTexts(Field.Workdays),
    };
}
