using EOrda.Queues.Applications;
using EOrda.Queues.Country;
using EOrda.Queues.Rules;
using EOrda.Queues.Time;
using NodaTime;

namespace EOrda.Queues.Tests.Rules;

/// <summary>Deadlines that reach a year of which the calendar names no date.</summary>
public sealed class CalendarReaches
{
    private static readonly LocalDate Issued = new(2026, 12, 28);

    [Theory]
    [InlineData("2026-12-31", null)]
    [InlineData("2027-01-01", 2027)]
    [InlineData("2027-01-04", 2027)]
    public void A_referral_reaches_the_year_of_its_last_valid_date(string lastValid, int? year)
    {
        var date = NodaTime.Text.LocalDatePattern.Iso.Parse(lastValid).Value;
        var rules = Rules(["2026-12-16"]);
        Assert.Equal(year, CalendarReach.UnknownYear(rules, new ReferralIssued(0, "1", new Moment(0), Issued, date, rules.Schedule.EndOf(date), Verified: true, Phase: 0)));
        Assert.Equal(year, CalendarReach.UnknownYear(rules, new ReferralExtended(0, date, rules.Schedule.EndOf(date))));
    }

    [Theory]
    [InlineData("2026-12-31", null)]
    [InlineData("2027-01-01", 2027)]
    public void A_stop_list_reaches_the_year_of_its_last_date(string last, int? year)
    {
        var rules = Rules(["2026-12-16"]);
        var until = rules.Schedule.EndOf(NodaTime.Text.LocalDatePattern.Iso.Parse(last).Value);
        Assert.Equal(year, CalendarReach.UnknownYear(rules, new ApplicationStopListed(0, Cause.NotProlonged, Issued, until)));
    }

    [Theory]
    [InlineData("2027-01-01", null)]
    [InlineData("2027-01-02", 2027)]
    public void Priority_access_reaches_the_year_of_its_last_working_day(string end, int? year)
    {
        var rules = Rules(["2026-12-16"]);
        var release = rules.Schedule.ReleaseOn(NodaTime.Text.LocalDatePattern.Iso.Parse(end).Value);
        Assert.Equal(year, CalendarReach.UnknownYear(rules, new PlaceReleased(0, release)));
        Assert.Null(CalendarReach.UnknownYear(rules, new PlaceReleased(0, Moment.Beginning)));
    }

    [Fact]
    public void A_year_is_known_by_a_holiday_or_a_workday_in_it_and_a_calendar_without_dates_knows_all()
    {
        var reached = new ReferralExtended(0, new LocalDate(2027, 1, 8), new Moment(0));
        Assert.Equal(2027, CalendarReach.UnknownYear(Rules(["2026-12-16", "2028-01-03"]), reached));
        Assert.Null(CalendarReach.UnknownYear(Rules(["2026-12-16", "2027-05-03"]), reached));
        Assert.Null(CalendarReach.UnknownYear(Rules(["2026-12-16"], ["2027-02-20"]), reached));
        Assert.Null(CalendarReach.UnknownYear(Rules([]), reached));
    }

    [Fact]
    public void Other_events_reach_no_year() =>
        Assert.Null(CalendarReach.UnknownYear(Rules(["2026-12-16"]), new ApplicationReturning(0, Moment.From(Instant.FromUtc(2027, 1, 5, 0, 0)))));

    [Fact]
    public void Who_watches_a_country_is_told_everything_that_happens_in_its_queues()
    {
        var told = new List<string>();
        var country = new WholeCountry((queue, happened) => told.Add($"{queue.Key} {happened.GetType().Name}"));
        var at = Moment.From(Instant.FromUtc(2026, 6, 1, 9, 0));
        country.Execute(new SetRules("almaty", new RulesDraft { TimeZone = "Asia/Almaty" }), at);
        country.Execute(new RegisterKindergarten("kg", "almaty", Names.Kind.General), at);
        country.Execute(new FreePlace("s1", "kg", Town.Main, Age: null), at);
        country.QueueNamed(Town.Main, at.PlusHours(48));
        Assert.Equal(["RulesAdopted", "PlaceReported", "PlaceLocked", "PlaceReleased"], told.Select(line => line.Split(' ')[1]));
        Assert.All(told, line => Assert.StartsWith(Town.Main, line, StringComparison.Ordinal));
    }

    private static LocalityRules Rules(string[] holidays, string[]? workdays = null)
    {
        Assert.True(new RulesDraft { TimeZone = "Asia/Almaty", Holidays = holidays, Workdays = workdays }.TryBuild(out var rules, out _));
        return rules;
    }
}
