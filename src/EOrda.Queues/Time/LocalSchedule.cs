using NodaTime;
using NodaTime.TimeZones;

namespace EOrda.Queues.Time;

/// <summary>A locality's zone, calendar and daily times, turned into instants.</summary>
/// <remarks>
/// A wall-clock time that a change of offset skips is moved forward by the gap; one that occurs twice is its first occurrence (rules, section 2).
/// Safe for use by several threads: the day last looked at is remembered in one reference.
/// </remarks>
public sealed class LocalSchedule
{
    // The first instant of a date: after the gap where its midnight is skipped, even when the whole date is.
    private static readonly ZoneLocalMappingResolver FirstInstant =
        Resolvers.CreateMappingResolver(Resolvers.ReturnEarlier, Resolvers.ReturnStartOfIntervalAfter);

    private readonly DateTimeZone zone;
    private readonly WorkingCalendar calendar;
    private readonly LocalTime freezeFrom;
    private readonly LocalTime release;
    private readonly LocalTime handover;
    private Remembered? last;

    /// <summary>Makes the schedule of one set of rules.</summary>
    public LocalSchedule(DateTimeZone zone, WorkingCalendar calendar, LocalTime freezeFrom, LocalTime release, LocalTime handover)
    {
        this.zone = zone;
        this.calendar = calendar;
        this.freezeFrom = freezeFrom;
        this.release = release;
        this.handover = handover;
    }

    /// <summary>The local day that holds the instant.</summary>
    public LocalDay DayOf(Moment at)
    {
        var known = last;
        if (known is not null && at >= known.From && at < known.Until)
        {
            return known.Day;
        }

        var zoned = at.ToInstant().InZone(zone);
        var date = zoned.Date;
        var day = new LocalDay(
            date,
            Midnight(date),
            Midnight(date.PlusDays(1)),
            On(date, freezeFrom),
            On(date, release),
            On(date, handover),
            On(date.PlusDays(1), freezeFrom));
        last = Remember(day, zoned.GetZoneInterval());
        return day;
    }

    // Where the clocks go back over midnight a date comes twice. Within one offset it comes once, so the day is remembered no further than that.
    private static Remembered Remember(LocalDay day, ZoneInterval offset)
    {
        var from = Moment.From(day.Date.AtMidnight().WithOffset(offset.WallOffset).ToInstant());
        var until = Moment.From(day.Date.PlusDays(1).AtMidnight().WithOffset(offset.WallOffset).ToInstant());
        return new Remembered(
            day,
            offset.HasStart ? Moment.Max(from, Moment.From(offset.Start)) : from,
            offset.HasEnd ? Moment.Min(until, Moment.From(offset.End)) : until);
    }

    /// <summary>The local date at the instant.</summary>
    public LocalDate DateOf(Moment at) => DayOf(at).Date;

    /// <summary>The first instant of the date.</summary>
    public Moment Midnight(LocalDate date) => Moment.From(zone.ResolveLocal(date.AtMidnight(), FirstInstant).ToInstant());

    /// <summary>The local midnight that ends the date.</summary>
    public Moment EndOf(LocalDate date) => Midnight(date.PlusDays(1));

    /// <summary>When places become available on the date.</summary>
    public Moment ReleaseOn(LocalDate date) => On(date, release);

    /// <summary>When places become available next: today if that is still to come, else tomorrow.</summary>
    public Moment NextRelease(Moment at)
    {
        var day = DayOf(at);
        return at < day.Release ? day.Release : ReleaseOn(day.Date.PlusDays(1));
    }

    /// <summary>When the freeze begins next: today's if it is still to come, else tomorrow's.</summary>
    public Moment NextFreeze(Moment at)
    {
        var day = DayOf(at);
        return at < day.FreezeFrom ? day.FreezeFrom : day.NextFreezeFrom;
    }

    /// <summary>The date of the handover that a report at this instant makes: today's if it is still to come (a report at exactly its instant is too late), else tomorrow's.</summary>
    public LocalDate HandoverDate(Moment reportedAt)
    {
        var day = DayOf(reportedAt);
        return reportedAt < day.Handover ? day.Date : day.Date.PlusDays(1);
    }

    /// <summary>The handover's instant on the date.</summary>
    public Moment HandoverOn(LocalDate date) => On(date, handover);

    /// <summary>True when the working calendar names a date in the year, or none at all.</summary>
    public bool KnowsYear(int year) => calendar.Knows(year);

    /// <summary>The <paramref name="n"/>-th working day strictly after the date; the date itself for 0.</summary>
    public LocalDate WorkingDayAfter(LocalDate date, int n) => calendar.WorkingDayAfter(date, n);

    /// <summary>
    /// When the priority access of a place released on the date ends: the release on the calendar day after the n-th working day,
    /// the release day counting if it is one (rules, section 5). The beginning of time for 0: there is none.
    /// </summary>
    public Moment PriorityEnd(LocalDate released, int workingDays) =>
        workingDays == 0 ? Moment.Beginning : ReleaseOn(calendar.WorkingDayAfter(released.PlusDays(-1), workingDays).PlusDays(1));

    private Moment On(LocalDate date, LocalTime time) =>
        Moment.From(zone.ResolveLocal(date.At(time), Resolvers.LenientResolver).ToInstant());

    private sealed record Remembered(LocalDay Day, Moment From, Moment Until);
}
