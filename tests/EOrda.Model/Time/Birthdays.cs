using NodaTime;

namespace EOrda.Model.Time;

/// <summary>rules.md 4 and replay.md, Precisions: full years; born on 29 February counts from 1 March in common years.</summary>
internal static class Birthdays
{
    public static LocalDate In(LocalDate born, int year) =>
        born.Month == 2 && born.Day == 29 && !CalendarSystem.Iso.IsLeapYear(year)
            ? new LocalDate(year, 3, 1)
            : new LocalDate(year, born.Month, born.Day);

    /// <summary>Full years on a date; negative before birth.</summary>
    public static int FullYears(LocalDate born, LocalDate on)
    {
        var years = on.Year - born.Year;
        return In(born, on.Year) > on ? years - 1 : years;
    }

    /// <summary>rules.md 4, "decided": the first 1 June on or after the birthday that reaches the age limit.</summary>
    public static LocalDate LeavesForAge(LocalDate born, int ageLimit)
    {
        var birthday = In(born, born.Year + ageLimit);
        var june = new LocalDate(birthday.Year, 6, 1);
        return june >= birthday ? june : june.PlusYears(1);
    }
}
