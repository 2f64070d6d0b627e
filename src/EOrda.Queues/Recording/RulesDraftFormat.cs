using EOrda.Queues.Rules;

namespace EOrda.Queues.Recording;

/// <summary>Rules as somebody wrote them, as bytes: each field with a flag before it, since every one may be missing.</summary>
internal static class RulesDraftFormat
{
    public static void Write(ByteWriter to, RulesDraft draft)
    {
        to.OptionalText(draft.TimeZone);
        WriteNumbers(to, draft.Ratio);
        to.OptionalText(draft.Lead);
        to.Flag(draft.Carry is not null);
        if (draft.Carry is { } carry)
        {
            to.Flag(carry);
        }

        to.OptionalText(draft.Handover);
        to.OptionalText(draft.Release);
        to.OptionalText(draft.FreezeFrom);
        foreach (var number in Numbers(draft))
        {
            to.Flag(number is not null);
            if (number is { } given)
            {
                WriteNumber(to, given);
            }
        }

        WriteTexts(to, draft.Holidays);
        WriteTexts(to, draft.Workdays);
    }

    public static RulesDraft Read(ref ByteReader from) => new()
    {
        TimeZone = from.OptionalText(),
        Ratio = ReadNumbers(ref from),
        Lead = from.OptionalText(),
        Carry = from.Flag() ? from.Flag() : null,
        Handover = from.OptionalText(),
        Release = from.OptionalText(),
        FreezeFrom = from.OptionalText(),
        ReservationMinutes = ReadOptional(ref from),
        PriorityWorkingDays = ReadOptional(ref from),
        WindowFactor = ReadOptional(ref from),
        ReferralWorkingDays = ReadOptional(ref from),
        CancelHours = ReadOptional(ref from),
        ReturnMinutes = ReadOptional(ref from),
        ExtensionMaxDays = ReadOptional(ref from),
        StopListWorkingDays = ReadOptional(ref from),
        MissesAllowed = ReadOptional(ref from),
        ReferralsPerMonth = ReadOptional(ref from),
        LapsesPerDay = ReadOptional(ref from),
        AgeLimit = ReadOptional(ref from),
        ValidMonths = ReadOptional(ref from),
        Holidays = ReadTexts(ref from),
        Workdays = ReadTexts(ref from),
    };

    // In the order in which they are read.
    private static decimal?[] Numbers(RulesDraft draft) =>
    [
        draft.ReservationMinutes,
        draft.PriorityWorkingDays,
        draft.WindowFactor,
        draft.ReferralWorkingDays,
        draft.CancelHours,
        draft.ReturnMinutes,
        draft.ExtensionMaxDays,
        draft.StopListWorkingDays,
        draft.MissesAllowed,
        draft.ReferralsPerMonth,
        draft.LapsesPerDay,
        draft.AgeLimit,
        draft.ValidMonths,
    ];

    private static void WriteNumber(ByteWriter to, decimal number)
    {
        Span<int> parts = stackalloc int[4];
        decimal.GetBits(number, parts);
        foreach (var part in parts)
        {
            to.Number(part);
        }
    }

    private static decimal ReadNumber(ref ByteReader from)
    {
        try
        {
            return new decimal([Part(ref from), Part(ref from), Part(ref from), Part(ref from)]);
        }
        catch (ArgumentException fault)
        {
            throw new InvalidDataException("No such number.", fault);
        }
    }

    private static int Part(ref ByteReader from)
    {
        var part = from.Number();
        return part is >= int.MinValue and <= int.MaxValue ? (int)part : throw new InvalidDataException("A number out of range.");
    }

    private static decimal? ReadOptional(ref ByteReader from) => from.Flag() ? ReadNumber(ref from) : null;

    private static void WriteNumbers(ByteWriter to, IReadOnlyList<decimal>? numbers)
    {
        to.Flag(numbers is not null);
        if (numbers is null)
        {
            return;
        }

        to.Count(numbers.Count);
        foreach (var number in numbers)
        {
            WriteNumber(to, number);
        }
    }

    private static decimal[]? ReadNumbers(ref ByteReader from)
    {
        if (!from.Flag())
        {
            return null;
        }

        var numbers = new decimal[from.ItemCount()];
        for (var i = 0; i < numbers.Length; i++)
        {
            numbers[i] = ReadNumber(ref from);
        }

        return numbers;
    }

    private static void WriteTexts(ByteWriter to, IReadOnlyList<string>? texts)
    {
        to.Flag(texts is not null);
        if (texts is null)
        {
            return;
        }

        to.Count(texts.Count);
        foreach (var text in texts)
        {
            to.Text(text);
        }
    }

    private static string[]? ReadTexts(ref ByteReader from)
    {
        if (!from.Flag())
        {
            return null;
        }

        var texts = new string[from.ItemCount()];
        for (var i = 0; i < texts.Length; i++)
        {
            texts[i] = from.Text();
        }

        return texts;
    }
}
