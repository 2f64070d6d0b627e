using EOrda.Model.Domain;
using NodaTime;

namespace EOrda.Model.Time;

/// <summary>rules.md 2: working days of a locality's calendar.</summary>
internal static class WorkingCalendar
{
    public static bool IsWorkingDay(LocalityRules rules, LocalDate date)
    {
        var weekend = date.DayOfWeek is IsoDayOfWeek.Saturday or IsoDayOfWeek.Sunday;
        return rules.Workdays.Contains(date) || (!weekend && !rules.Holidays.Contains(date));
    }

    /// <summary>rules.md 2, endOfWorkingDays(d, n): the date of the n-th working day strictly after d, d itself for n = 0. It ends at its local midnight.</summary>
    public static LocalDate LastOfWorkingDays(LocalityRules rules, LocalDate date, int count)
    {
        var day = date;
        for (var seen = 0; seen < count;)
        {
            day = day.PlusDays(1);
            if (IsWorkingDay(rules, day))
                seen++;
        }

        return day;
    }

    /// <summary>rules.md 5: the n-th working day of a priority period, the release day counting if it is one (n at least 1).</summary>
    public static LocalDate LastOfPriorityDays(LocalityRules rules, LocalDate releaseDay, int count) =>
        LastOfWorkingDays(rules, releaseDay.PlusDays(-1), count);
}
