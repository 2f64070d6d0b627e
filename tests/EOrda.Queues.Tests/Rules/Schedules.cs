using EOrda.Queues.Time;
using NodaTime;
using NodaTime.Text;

namespace EOrda.Queues.Tests.Rules;

/// <summary>Rules, section 2: working days, and daily times in zones whose clocks misbehave.</summary>
public sealed class Schedules
{
    private static readonly WorkingCalendar Calendar = new([Date("2026-06-11"), Date("2026-06-13")], [Date("2026-06-20")]);

    [Theory]
    [InlineData("2026-06-08", true)]
    [InlineData("2026-06-12", true)]
    [InlineData("2026-06-06", false)]
    [InlineData("2026-06-07", false)]
    [InlineData("2026-06-11", false)]
    [InlineData("2026-06-13", false)]
    [InlineData("2026-06-20", true)]
    [InlineData("2026-06-21", false)]
    public void A_working_day_is_a_weekday_that_is_no_holiday_or_a_date_worked_instead(string date, bool worked) =>
        Assert.Equal(worked, Calendar.IsWorkingDay(Date(date)));

    [Theory]
    [InlineData("2026-06-10", 0, "2026-06-10")]
    [InlineData("2026-06-10", 1, "2026-06-12")]
    [InlineData("2026-06-10", 2, "2026-06-15")]
    [InlineData("2026-06-13", 0, "2026-06-13")]
    [InlineData("2026-06-19", 1, "2026-06-20")]
    [InlineData("2026-06-19", 2, "2026-06-22")]
    [InlineData("2026-06-05", 10, "2026-06-20")]
    public void Working_days_are_counted_strictly_after_the_date(string date, int n, string last) =>
        Assert.Equal(Date(last), Calendar.WorkingDayAfter(Date(date), n));

    [Theory]
    [InlineData("2026-06-08", "2026-06-11 07:00")]
    [InlineData("2026-06-05", "2026-06-10 07:00")]
    [InlineData("2026-06-06", "2026-06-11 07:00")]
    [InlineData("2026-06-07", "2026-06-11 07:00")]
    [InlineData("2026-06-10", "2026-06-13 07:00")]
    public void Priority_access_ends_at_the_release_after_the_third_working_day(string released, string open)
    {
        var town = new Town();
        Assert.Equal(town.Read(open), In("Asia/Almaty").PriorityEnd(Date(released), 3));
    }

    [Fact]
    public void Without_priority_days_there_is_no_priority_access() =>
        Assert.Equal(Moment.Beginning, In("Asia/Almaty").PriorityEnd(Date("2026-06-08"), 0));

    [Theory]
    [InlineData("Asia/Almaty", "2024-03-01", "2024-02-29T19:00:00Z")]
    [InlineData("Africa/Cairo", "2024-04-26", "2024-04-25T22:00:00Z")]
    [InlineData("Africa/Cairo", "2023-10-27", "2023-10-26T22:00:00Z")]
    [InlineData("America/Sao_Paulo", "2018-11-04", "2018-11-04T03:00:00Z")]
    [InlineData("America/Sao_Paulo", "2018-02-18", "2018-02-18T03:00:00Z")]
    [InlineData("Pacific/Apia", "2011-12-30", "2011-12-30T10:00:00Z")]
    [InlineData("Pacific/Apia", "2011-12-31", "2011-12-30T10:00:00Z")]
    [InlineData("America/St_Johns", "2010-11-07", "2010-11-07T02:30:00Z")]
    public void Midnight_is_the_first_instant_of_the_date(string zone, string date, string instant) =>
        Assert.Equal(Instant(instant), In(zone).Midnight(Date(date)));

    [Theory]
    [InlineData("Asia/Almaty", "2024-02-29", "23:30", "2024-02-29T17:30:00Z")]
    [InlineData("Africa/Cairo", "2024-04-26", "00:30", "2024-04-25T22:30:00Z")]
    [InlineData("America/Sao_Paulo", "2018-11-04", "00:15", "2018-11-04T03:15:00Z")]
    [InlineData("America/Sao_Paulo", "2018-02-17", "23:45", "2018-02-18T01:45:00Z")]
    [InlineData("Pacific/Apia", "2011-12-30", "07:00", "2011-12-30T17:00:00Z")]
    [InlineData("Australia/Lord_Howe", "2023-10-01", "02:10", "2023-09-30T15:40:00Z")]
    public void A_skipped_time_moves_by_the_gap_and_a_doubled_one_is_its_first(string zone, string date, string release, string instant) =>
        Assert.Equal(Instant(instant), In(zone, release: release).ReleaseOn(Date(date)));

    [Theory]
    [InlineData("Asia/Almaty", "2024-02-29T18:30:00Z", "2024-02-29")]
    [InlineData("Asia/Almaty", "2024-02-29T19:00:00Z", "2024-03-01")]
    [InlineData("Africa/Cairo", "2024-04-25T21:59:59.999Z", "2024-04-25")]
    [InlineData("Africa/Cairo", "2024-04-25T22:00:00Z", "2024-04-26")]
    [InlineData("Pacific/Apia", "2011-12-30T09:59:59.999Z", "2011-12-29")]
    [InlineData("Pacific/Apia", "2011-12-30T10:00:00Z", "2011-12-31")]
    public void The_local_date_is_the_zones(string zone, string instant, string date) =>
        Assert.Equal(Date(date), In(zone).DateOf(Instant(instant)));

    [Theory]
    [InlineData("2010-11-07T02:30:30Z", "2010-11-07")]
    [InlineData("2010-11-07T02:31:00Z", "2010-11-06")]
    [InlineData("2010-11-07T03:29:59.999Z", "2010-11-06")]
    [InlineData("2010-11-07T03:30:00Z", "2010-11-07")]
    public void The_local_date_does_not_depend_on_what_was_asked_before(string instant, string date)
    {
        // In St. John's the clocks went back from 00:01 to 23:01: the date came twice.
        foreach (var before in new[] { "2010-11-07T02:30:10Z", "2010-11-07T02:45:00Z", "2010-11-07T03:45:00Z", "2010-11-06T12:00:00Z" })
        {
            var schedule = In("America/St_Johns");
            schedule.DateOf(Instant(before));
            Assert.Equal(Date(date), schedule.DateOf(Instant(instant)));
        }
    }

    [Theory]
    [InlineData("2026-06-10 17:59:59.999", "2026-06-10")]
    [InlineData("2026-06-10 18:00", "2026-06-11")]
    [InlineData("2026-06-10 23:59:59.999", "2026-06-11")]
    public void A_report_at_exactly_the_handover_waits_for_the_next_one(string reported, string handover)
    {
        var town = new Town();
        Assert.Equal(Date(handover), In("Asia/Almaty").HandoverDate(town.Read(reported)));
    }

    [Theory]
    [InlineData("2026-06-10 06:29:59.999", false)]
    [InlineData("2026-06-10 06:30", true)]
    [InlineData("2026-06-10 06:59:59.999", true)]
    [InlineData("2026-06-10 07:00", false)]
    public void The_freeze_is_half_open(string time, bool frozen)
    {
        var at = new Town().Read(time);
        Assert.Equal(frozen, In("Asia/Almaty").DayOf(at).IsFrozen(at));
    }

    [Theory]
    [InlineData(long.MaxValue, "never")]
    [InlineData(long.MinValue, "the beginning")]
    [InlineData(0, "1970-01-01T00:00:00.000Z")]
    [InlineData(-1, "1969-12-31T23:59:59.999Z")]
    public void Every_moment_can_be_written(long milliseconds, string text) => Assert.Equal(text, new Moment(milliseconds).ToString());

    private static LocalSchedule In(string zone, string release = "07:00") => new(
        DateTimeZoneProviders.Tzdb[zone],
        new WorkingCalendar([], []),
        new LocalTime(6, 30),
        LocalTimePattern.CreateWithInvariantCulture("HH:mm").Parse(release).GetValueOrThrow(),
        new LocalTime(18, 0));

    private static LocalDate Date(string text) => LocalDatePattern.Iso.Parse(text).GetValueOrThrow();

    private static Moment Instant(string text) => Moment.From(InstantPattern.ExtendedIso.Parse(text).GetValueOrThrow());
}
