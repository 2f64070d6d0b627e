using EOrda.Actors;
using EOrda.Queues.Time;
using NodaTime;

namespace EOrda.Portal.Calendars;

/// <summary>Which year of a locality's working calendar an operator should have entered by now.</summary>
internal static class MissingYears
{
    // By then the ministry has published the next year, and the first deadlines reach it.
    private const int FromMonth = 11;

    /// <summary>
    /// The year that a calendar lacks on a local date: the date's own, or from 1 November on the next; null when it lacks neither. So an alarm that nobody heeds
    /// goes on in January.
    /// </summary>
    public static int? On(LocalDate date, LocalSchedule schedule) =>
        !schedule.KnowsYear(date.Year) ? date.Year
        : date.Month >= FromMonth && !schedule.KnowsYear(date.Year + 1) ? date.Year + 1
        : null;

    /// <summary>What each locality's calendar lacks at an instant, in the order of the localities' keys.</summary>
    public static IEnumerable<(string Locality, int? Year)> Of(CountryDirectory directory, Moment now) =>
        directory.Localities.OrderBy(locality => locality.Key, StringComparer.Ordinal).Select(locality =>
        {
            // What was amended is entered, whether it is in force yet or not.
            var schedule = locality.Value[^1].Rules.Schedule;
            return (locality.Key, On(schedule.DateOf(now), schedule));
        });
}
