using System.Collections.Frozen;
using NodaTime;

namespace EOrda.Queues.Time;

/// <summary>Which dates are worked: Monday to Friday less the holidays, and the Saturdays or Sundays worked instead (rules, section 2; 000: 15-24).</summary>
public sealed class WorkingCalendar
{
    private readonly FrozenSet<LocalDate> holidays;
    private readonly FrozenSet<LocalDate> workdays;
    private readonly FrozenSet<int> years;

    /// <summary>Makes a calendar; no date stands in both lists (the caller has checked).</summary>
    public WorkingCalendar(IEnumerable<LocalDate> holidays, IEnumerable<LocalDate> workdays)
    {
        this.holidays = holidays.ToFrozenSet();
        this.workdays = workdays.ToFrozenSet();
        years = this.holidays.Concat(this.workdays).Select(date => date.Year).ToFrozenSet();
    }

    /// <summary>
    /// True when the calendar names a holiday or a workday in the year. A calendar that names no date at all knows every year: it says that none differs.
    /// </summary>
    public bool Knows(int year) => years.Count == 0 || years.Contains(year);

    /// <summary>True for a date that is worked.</summary>
    public bool IsWorkingDay(LocalDate date) =>
        workdays.Contains(date) || (date.DayOfWeek is >= IsoDayOfWeek.Monday and <= IsoDayOfWeek.Friday && !holidays.Contains(date));

    /// <summary>The <paramref name="n"/>-th working day strictly after <paramref name="date"/>; the date itself for 0.</summary>
    public LocalDate WorkingDayAfter(LocalDate date, int n)
    {
        while (n > 0)
        {
            date = date.PlusDays(1);
            if (IsWorkingDay(date))
            {
                n--;
            }
        }

        return date;
    }
}
