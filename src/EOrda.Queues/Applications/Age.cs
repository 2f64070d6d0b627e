using NodaTime;

namespace EOrda.Queues.Applications;

/// <summary>Age in full years, and what follows from it (rules, section 4).</summary>
internal static class Age
{
    /// <summary>The month on whose first day children leave for age; fixed, no parameter of a locality.</summary>
    private const int LeavingMonth = 6;

    /// <summary>The birthday on which a child is so many years old; one born on 29 February has it on 1 March in common years.</summary>
    public static LocalDate Birthday(LocalDate born, int years)
    {
        var year = born.Year + years;
        return born is { Month: 2, Day: 29 } && !CalendarSystem.Iso.IsLeapYear(year)
            ? new LocalDate(year, 3, 1)
            : new LocalDate(year, born.Month, born.Day);
    }

    /// <summary>The first 1 June on or after the birthday of the age limit.</summary>
    public static LocalDate LeavingDate(LocalDate born, int ageLimit)
    {
        var birthday = Birthday(born, ageLimit);
        var june = new LocalDate(birthday.Year, LeavingMonth, 1);
        return birthday <= june ? june : june.PlusYears(1);
    }
}
