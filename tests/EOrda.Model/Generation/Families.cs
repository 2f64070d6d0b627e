using NodaTime;

namespace EOrda.Model.Generation;

internal sealed record Child(string Id, LocalDate Born, string Applicant);

/// <summary>Children of a few applicants, born so that they meet in two neighbouring cohorts: twins, triplets, December and January, just too far apart.</summary>
internal sealed class Families(Dice dice, bool oneCohort)
{
    private int hotYear;

    public List<Child> Children { get; } = [];

    public IEnumerable<IGrouping<string, Child>> ByApplicant => Children.GroupBy(child => child.Applicant);

    /// <summary>The birth year most children share just now; the year after it is the other one.</summary>
    public int HotYear(LocalDate today, int ageLimit)
    {
        if (hotYear == 0 || hotYear + ageLimit - (today.Month > 6 ? 1 : 0) <= today.Year)
            hotYear = today.Year - ageLimit + dice.Between(1, 3);
        return hotYear;
    }

    /// <summary>The children of one applicant, one at least.</summary>
    public List<Child> New(LocalDate today, bool several, int ageLimit)
    {
        var applicant = dice.Chance(15) && Children.Count > 0 ? dice.Pick(Children).Applicant : $"p{Children.Count + 1}";
        var first = FirstBirth(today, ageLimit);
        var births = new List<LocalDate> { first };
        if (several || dice.Chance(25))
            births.Add(NextBirth(first));
        if (births.Count > 1 && dice.Chance(25))
            births.Add(dice.Chance(50) ? first : NextBirth(first));

        var born = births.Select((date, index) => new Child($"c{Children.Count + index + 1}", date <= today ? date : first, applicant)).ToList();
        Children.AddRange(born);
        return born;
    }

    private LocalDate FirstBirth(LocalDate today, int ageLimit)
    {
        var year = HotYear(today, ageLimit) + (oneCohort ? 0 : dice.Weighted<int>([(60, 0), (30, 1), (10, dice.Between(-1, 3))]));
        var born = dice.Below(10) switch
        {
            0 or 1 or 2 => new LocalDate(year, 12, dice.Between(15, 31)),
            3 => new LocalDate(year, 1, dice.Between(1, 31)),
            4 => new LocalDate(year, 6, dice.Between(1, 2)),
            5 => new LocalDate(year, 5, 31),
            6 => new LocalDate(year, 2, CalendarSystem.Iso.GetDaysInMonth(year, 2)),
            7 => new LocalDate(year, 1, 31),
            _ => new LocalDate(year, dice.Between(1, 12), dice.Between(1, 28)),
        };
        return born <= today ? born : today.PlusDays(-dice.Between(0, 60));
    }

    /// <summary>On the same day, within the month, at exactly one month, or a day too late.</summary>
    private LocalDate NextBirth(LocalDate first) => dice.Below(8) switch
    {
        0 or 1 or 2 => first,
        3 or 4 => first.PlusDays(dice.Between(1, 25)),
        5 or 6 => first.PlusMonths(1),
        _ => first.PlusMonths(1).PlusDays(1),
    };
}
