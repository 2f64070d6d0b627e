using NodaTime;
using NodaTime.TimeZones;

namespace EOrda.Model.Time;

/// <summary>rules.md 2: local time in one zone.</summary>
internal sealed class LocalClock(DateTimeZone zone)
{
    public LocalDate DateOf(Instant instant) => instant.InZone(zone).Date;

    /// <summary>rules.md 2: a skipped wall-clock time is moved forward by the gap, one that occurs twice is its first occurrence.</summary>
    public Instant At(LocalDate date, LocalTime time) => zone.AtLeniently(date + time).ToInstant();

    /// <summary>replay.md, Precisions: local midnight is the first instant of the local date.</summary>
    public Instant StartOf(LocalDate date)
    {
        var midnight = zone.MapLocal(date.AtMidnight());
        if (midnight.Count > 0)
            return midnight.First().ToInstant();

        // Midnight is skipped: the date begins where the gap ends (a date skipped as a whole is taken to begin there too).
        return midnight.LateInterval.Start;
    }

    /// <summary>The local midnight that ends a date.</summary>
    public Instant EndOf(LocalDate date) => StartOf(date.PlusDays(1));

    public static DateTimeZone? Find(string timeZone) =>
        DateTimeZoneProviders.Tzdb.Ids.Contains(timeZone) ? DateTimeZoneProviders.Tzdb[timeZone] : null;
}
