using EOrda.Queues.Rules;
using NodaTime;

namespace EOrda.Queues.Recording;

/// <summary>A locality's rules as bytes.</summary>
internal static class RulesFormat
{
    public static void Write(ByteWriter to, LocalityRules rules)
    {
        to.Text(rules.TimeZone);
        to.Count(rules.FirstPriorityShare);
        to.Count(rules.GeneralShare);
        to.Byte((byte)rules.Lead);
        to.Flag(rules.Carry);
        to.Count(Minute(rules.Handover));
        to.Count(Minute(rules.Release));
        to.Count(Minute(rules.FreezeFrom));
        to.Count(rules.ReservationMinutes);
        to.Count(rules.PriorityWorkingDays);
        to.Count(rules.WindowFactorThousandths);
        to.Count(rules.ReferralWorkingDays);
        to.Count(rules.CancelHours);
        to.Count(rules.ReturnMinutes);
        to.Count(rules.ExtensionMaxDays);
        to.Count(rules.StopListWorkingDays);
        to.Count(rules.MissesAllowed);
        to.Count(rules.ReferralsPerMonth);
        to.Count(rules.LapsesPerDay);
        to.Count(rules.AgeLimit);
        to.Count(rules.ValidMonths);
        WriteDates(to, rules.Holidays);
        WriteDates(to, rules.Workdays);
    }

    public static LocalityRules Read(ref ByteReader from) => new()
    {
        TimeZone = from.Text(),
        FirstPriorityShare = from.Index(),
        GeneralShare = from.Index(),
        Lead = from.Member<Lead>(),
        Carry = from.Flag(),
        Handover = TimeOf(from.Index()),
        Release = TimeOf(from.Index()),
        FreezeFrom = TimeOf(from.Index()),
        ReservationMinutes = from.Index(),
        PriorityWorkingDays = from.Index(),
        WindowFactorThousandths = from.Index(),
        ReferralWorkingDays = from.Index(),
        CancelHours = from.Index(),
        ReturnMinutes = from.Index(),
        ExtensionMaxDays = from.Index(),
        StopListWorkingDays = from.Index(),
        MissesAllowed = from.Index(),
        ReferralsPerMonth = AtLeastOne(from.Index()),
        LapsesPerDay = AtLeastOne(from.Index()),
        AgeLimit = from.Index(),
        ValidMonths = from.Index(),
        Holidays = ReadDates(ref from),
        Workdays = ReadDates(ref from),
    };

    // Journals of before hold limits of 0, which let nobody reserve at all.
    private static int AtLeastOne(int limit) => Math.Max(1, limit);

    private static int Minute(LocalTime time) => time.Hour * 60 + time.Minute;

    private static LocalTime TimeOf(int minute) =>
        minute < 24 * 60 ? new LocalTime(minute / 60, minute % 60) : throw new InvalidDataException("No such time of day.");

    private static void WriteDates(ByteWriter to, IReadOnlyList<LocalDate> dates)
    {
        to.Count(dates.Count);
        foreach (var date in dates)
        {
            to.Date(date);
        }
    }

    private static LocalDate[] ReadDates(ref ByteReader from)
    {
        var dates = new LocalDate[from.ItemCount()];
        for (var i = 0; i < dates.Length; i++)
        {
            dates[i] = from.Date();
        }

        return dates;
    }
}
