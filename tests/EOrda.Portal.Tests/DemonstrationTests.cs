using System.Text.Json;
using EOrda.Actors;
using EOrda.Actors.Hosting;
using EOrda.Actors.Persistence;
using EOrda.Portal.Demonstration;
using EOrda.Portal.Hosting;
using EOrda.Portal.Tests.Support;
using EOrda.Queues;
using EOrda.Queues.Applications;
using EOrda.Queues.Country;
using EOrda.Queues.Names;
using EOrda.Queues.Places;
using EOrda.Queues.Rules;
using EOrda.Queues.Time;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using NodaTime;
using Xunit;

namespace EOrda.Portal.Tests;

/// <summary>The city that a portal in Development starts with.</summary>
public sealed class DemonstrationTests
{
    private const string OnlyKazakh = "әғқңөұүһі";

    private static readonly DateTimeOffset Real = new(2026, 11, 24, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task With_a_clock_time_the_city_waits_for_its_morning()
    {
        using var directory = new TemporaryDirectory();
        await using var portal = await DevelopmentPortal.StartAsync(directory.Path, "--clock", "06:58");
        var time = await portal.Get("/api/time");
        Assert.StartsWith("2026-06-10T01:58:", time.GetProperty("now").GetString(), StringComparison.Ordinal);
        var kindergartens = await portal.Get("/api/localities/almaty/kindergartens");
        Assert.Equal(46, kindergartens.GetProperty("kindergartens").GetArrayLength());
        var queues = (await portal.Get("/api/localities/almaty/queues")).GetProperty("queues").EnumerateArray().Select(q => q.GetProperty("queue").GetString()).ToList();
        Assert.Equal(["almaty/general/2021", "almaty/general/2022", "almaty/general/2023", "almaty/general/2024", "almaty/special/2022", "almaty/sanatorium/allergy"], queues);

        var sanatorium = (await portal.Get("/api/localities/almaty/queues")).GetProperty("queues")[5];
        Assert.Equal("аллергия", sanatorium.GetProperty("profile").GetProperty("ru").GetString());
        Assert.Equal("Almaty", (await portal.Get("/api/localities/almaty")).GetProperty("name").GetProperty("en").GetString());
        Assert.Equal("№ 100 «Гауһар» бөбекжай-балабақша", kindergartens.GetProperty("kindergartens")[0].GetProperty("name").GetProperty("kk").GetString());

        // A tenth of the published intake's tenth opens this morning.
        Assert.Equal((32, 56, 94, 61), (await Locked("2021"), await Locked("2022"), await Locked("2023"), await Locked("2024")));
        var queue = await portal.Get("/api/queues/almaty/general/2022");
        Assert.InRange(queue.GetProperty("waiting").GetProperty("total").GetInt32(), 1_050, 1_136);
        var places = queue.GetProperty("places");
        Assert.All(["availableOpen", "availableInPriority", "referred", "enrolled"], state => Assert.NotEqual(0, places.GetProperty(state).GetInt32()));

        async Task<int> Locked(string cohort) => (await portal.Get($"/api/queues/almaty/general/{cohort}")).GetProperty("places").GetProperty("locked").GetInt32();
    }

    [Fact]
    public async Task Each_start_with_a_clock_time_is_a_later_morning_with_places_of_its_own()
    {
        using var directory = new TemporaryDirectory();
        await using (var first = await DevelopmentPortal.StartAsync(directory.Path, "--clock", "06:58"))
        {
            Assert.Equal("2026-06-10", (await first.Get("/api/localities/almaty")).GetProperty("date").GetString());
        }

        await using (var second = await DevelopmentPortal.StartAsync(directory.Path, "--clock", "06:59"))
        {
            Assert.Equal("2026-06-11", (await second.Get("/api/localities/almaty")).GetProperty("date").GetString());
            Assert.Equal(56, (await second.Get("/api/queues/almaty/general/2022")).GetProperty("places").GetProperty("locked").GetInt32());
        }

        await using var third = await DevelopmentPortal.StartAsync(directory.Path);
        Assert.True(DateTimeOffset.UtcNow - TimeSpan.FromMinutes(10) < (await third.Get("/api/time")).GetProperty("now").GetDateTimeOffset());
    }

    [Theory]
    [InlineData(14, 10)]
    [InlineData(16, 10)]
    [InlineData(19, 11)]
    public async Task Places_open_on_the_morning_that_they_are_named_for_also_when_the_portal_was_started_late_in_the_afternoon(int hour, int day)
    {
        using var directory = new TemporaryDirectory();
        var started = new LocalDateTime(2026, 6, 9, hour, 0).InZoneLeniently(CityData.Read().Zone).ToDateTimeOffset();
        var real = new DemonstrationClock(TimeProvider.System, started - TimeProvider.System.GetUtcNow());
        await LockedAfterAsync(directory.Path, real, clock: null);

        // A start with a clock time goes on to the morning of these places: its race.
        var locked = await LockedAfterAsync(directory.Path, real, new LocalTime(6, 58));
        Assert.Equal(56, locked.Count);
        Assert.All(locked, place => Assert.Contains($"-2606{day}-", place, StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_parents_that_are_given_away_can_be_played()
    {
        using var directory = new TemporaryDirectory();
        await using var portal = await DevelopmentPortal.StartAsync(directory.Path, "--clock", "07:00");
        var parents = (await portal.Get("/api/demo/parents?queue=almaty/general/2022")).GetProperty("parents").EnumerateArray().ToList();
        var twin = parents.First(p => p.GetProperty("siblings").GetArrayLength() > 0);
        Assert.NotEqual(JsonValueKind.Null, twin.GetProperty("position").ValueKind);
        Assert.InRange(parents.Count, 15, 30);
        Assert.Equal(404, await portal.StatusOf("/api/demo/parents?queue=almaty"));
        var sibling = twin.GetProperty("siblings")[0];
        var body = $$"""{"kindergarten":"almaty-none","siblings":[{"application":{{sibling.GetProperty("application").GetRawText()}},"secret":{{sibling.GetProperty("secret").GetRawText()}}}]}""";
        var (status, reply) = await portal.Post($"/api/queues/almaty/general/2022/applications/{twin.GetProperty("application").GetString()}/reservation", twin.GetProperty("secret").GetString()!, body);
        Assert.Equal((404, "unknown-kindergarten"), (status, reply.GetProperty("reason").GetString()));
    }

    [Fact]
    public void Numbers_of_people_tell_nothing_and_cannot_be_counted_up()
    {
        const string Signs = "123456789ABCDEFGHJKMNPQRSTVWXYZ";
        var numbers = new InventedNumbers("ALM-26", seed: 26);
        var some = Enumerable.Range(0, 200_000).Select(i => numbers.Of(i)).ToList();
        Assert.Equal(some.Count, some.Distinct(StringComparer.Ordinal).Count());
        Assert.All(some.Take(1_000), number => Assert.Matches("^ALM-26-[1-9A-HJKMNP-TV-Z]{4}-[1-9A-HJKMNP-TV-Z]{4}$", number));
        Assert.All(some.Take(1_000), number => Assert.True(IsRight(Free(number)), number));
        Assert.Equal(some.Take(10), Enumerable.Range(0, 10).Select(i => new InventedNumbers("ALM-26", seed: 26).Of(i)));

        // A slip of one sign, and two neighbours swapped, are seen.
        var one = Free(some[7]);
        for (var i = 0; i < one.Length; i++)
        {
            Assert.All(Signs.Where(sign => sign != one[i]), sign => Assert.False(IsRight(one[..i] + sign + one[(i + 1)..])));
            if (i > 0 && one[i] != one[i - 1])
            {
                Assert.False(IsRight(one[..(i - 1)] + one[i] + one[i - 1] + one[(i + 1)..]));
            }
        }

        // Neighbours differ in most signs, as any two do.
        var alike = some.Zip(some.Skip(1)).Average(pair => pair.First.Zip(pair.Second).Count(signs => signs.First == signs.Second) - "ALM-26--".Length);
        Assert.InRange(alike, 0.1, 0.4);

        static string Free(string number) => number[7..].Replace("-", "", StringComparison.Ordinal);
        static bool IsRight(string signs) => signs[..7].Select((sign, i) => (i + 1) * Signs.IndexOf(sign, StringComparison.Ordinal)).Sum() % Signs.Length == Signs.IndexOf(signs[7], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(2026, 1)]
    [InlineData(2026, 5)]
    [InlineData(2026, 6)]
    [InlineData(2026, 12)]
    [InlineData(2027, 3)]
    [InlineData(2028, 2)]
    public void Everybody_invented_can_be_filed_on_any_day_of_the_year(int year, int month)
    {
        var city = CityData.Read();
        var morning = new LocalDate(year, month, 15);
        var country = new WholeCountry();
        var at = Moment.From((morning.PlusDays(-CityLoader.DaysBefore) + CityLoader.Afternoon).InZoneLeniently(city.Zone).ToInstant());
        country.Execute(new SetRules(city.Locality, new RulesDraft { TimeZone = city.TimeZone, Holidays = city.Holidays, Workdays = city.Workdays }), at);
        var refused = new InventedFamilies(city, morning).Applications().Select(a => country.Execute(a, at)).OfType<Refusal>().Select(r => r.Reason);
        Assert.Empty(refused);
        foreach (var published in city.PublishedPlaces)
        {
            var queue = city.GeneralQueue(published.Age, morning);
            var known = country.QueueOf(queue);
            Assert.Equal(city.WaitingAt(published), known.ApplicationCount, tolerance: 4.0);
            Assert.All(
                InventedFamilies.WithSiblings(queue).Where(a => known.Find(a) is { Status: Status.Waiting }),
                a => Assert.All(InventedFamilies.SiblingsOf(a, queue), s => Assert.NotNull(country.QueueOf(s.Queue).Find(s.Application))));
        }
    }

    [Fact]
    public void The_citys_figures_are_those_of_its_sources()
    {
        var city = CityData.Read();
        Assert.Equal(24_297, city.PublishedPlaces.Sum(p => p.Places));
        Assert.Equal(4_913, city.PublishedPlaces.Sum(city.WaitingAt), tolerance: 2.0);
        Assert.Equal((42, 3, 1), (Of(Kind.General), Of(Kind.Special), Of(Kind.Sanatorium)));

        int Of(Kind kind) => city.Kindergartens.Count(k => k.Kind == kind);
    }

    [Fact]
    public void The_citys_calendar_has_2026_as_published_without_the_old_Constitution_Day_and_2027_as_the_law_has_it()
    {
        var city = CityData.Read();
        Assert.True(new RulesDraft { TimeZone = city.TimeZone, Holidays = city.Holidays, Workdays = city.Workdays }.TryBuild(out var rules, out _));
        Assert.Equal(new LocalDate(2026, 8, 31), rules.Schedule.WorkingDayAfter(new LocalDate(2026, 8, 28), 1));
        Assert.True(rules.Schedule.KnowsYear(2027));
        Assert.All(city.Holidays, day => Assert.True(IsWeekday(Date(day))));

        // A public holiday on a weekend moves to the next working day; Christmas does not.
        var holidays = new[] { "01-01", "01-02", "03-08", "03-15", "03-21", "03-22", "03-23", "05-01", "05-07", "05-09", "07-06", "10-25", "12-16" }.Select(day => Date($"2027-{day}")).ToList();
        var free = holidays.Append(new LocalDate(2027, 1, 7)).Where(IsWeekday).ToHashSet();
        foreach (var holiday in holidays.Where(day => !IsWeekday(day)))
        {
            var moved = holiday;
            while (!IsWeekday(moved) || free.Contains(moved))
            {
                moved = moved.PlusDays(1);
            }

            free.Add(moved);
        }

        Assert.Equal(free.Order(), city.Holidays.Select(Date).Where(day => day.Year == 2027));

        static LocalDate Date(string day) => NodaTime.Text.LocalDatePattern.Iso.Parse(day).Value;

        static bool IsWeekday(LocalDate day) => day.DayOfWeek is not (IsoDayOfWeek.Saturday or IsoDayOfWeek.Sunday);
    }

    [Fact]
    public void The_citys_kindergartens_stand_by_number_and_have_a_name_and_an_address_in_each_language()
    {
        var kindergartens = CityData.Read().Kindergartens;
        Assert.Equal(kindergartens.Select(k => k.Number).Order(), kindergartens.Select(k => k.Number));
        Assert.All(kindergartens, kindergarten =>
        {
            var (name, address) = (kindergarten.Named.Name, kindergarten.Named.Address!);
            Assert.All([name.Kk, name.Ru, name.En], text => Assert.Contains($"{kindergarten.Number}", text, StringComparison.Ordinal));
            Assert.Contains("бөбекжай-балабақша", name.Kk, StringComparison.Ordinal);
            Assert.Contains("ясли-сад", name.Ru, StringComparison.OrdinalIgnoreCase);
            Assert.Contains("nursery-kindergarten No.", name.En, StringComparison.OrdinalIgnoreCase);
            Assert.DoesNotContain(name.Ru + address.Ru, c => OnlyKazakh.Contains(c, StringComparison.OrdinalIgnoreCase));
            Assert.DoesNotContain(name.En + address.En, c => c is >= 'Ѐ' and <= 'ӿ');
            Assert.Equal(address.Ru.Split(' ')[^1].Any(char.IsDigit), address.Kk.Split(' ')[^1].Any(char.IsDigit));
        });
    }

    [Fact]
    public void The_clock_runs_with_the_real_time_and_jumps_forward_only()
    {
        var real = new FakeTimeProvider(Real);
        var clock = new DemonstrationClock(real, TimeSpan.FromDays(-1));
        Assert.Equal(Real.AddDays(-1), clock.GetUtcNow());
        real.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(Real.AddDays(-1).AddMinutes(1), clock.GetUtcNow());
        var before = clock.GetTimestamp();
        clock.JumpTo(Real.AddHours(3));
        Assert.Equal(Real.AddHours(3), clock.GetUtcNow());
        Assert.Equal(TimeSpan.FromHours(27) - TimeSpan.FromMinutes(1), clock.GetElapsedTime(before));
        clock.JumpTo(Real);
        Assert.Equal(Real.AddHours(3), clock.GetUtcNow());
    }

    [Fact]
    public void A_jump_sets_off_what_it_passes()
    {
        var real = new FakeTimeProvider(Real);
        var clock = new DemonstrationClock(real, TimeSpan.Zero);
        var heard = new List<string>();
        using var soon = Timer("soon", TimeSpan.FromHours(1), Timeout.InfiniteTimeSpan);
        using var late = Timer("late", TimeSpan.FromHours(5), Timeout.InfiniteTimeSpan);
        using var again = Timer("again", TimeSpan.FromHours(2), TimeSpan.FromHours(2));
        using var never = Timer("never", Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        clock.JumpTo(Real.AddHours(3));
        real.Advance(TimeSpan.Zero);
        Assert.Equal(["again", "soon"], heard.Order());
        real.Advance(TimeSpan.FromHours(2));
        Assert.Equal(["again", "again", "late", "soon"], heard.Order());

        ITimer Timer(string name, TimeSpan due, TimeSpan period) => clock.CreateTimer(_ => heard.Add(name), null, due, period);
    }

    [Fact]
    public void A_field_in_quotation_marks_may_hold_commas() =>
        Assert.Equal(["23", "Ясли-сад № 23", "12-й микрорайон, 4а", ""], CsvLine.Split("23,Ясли-сад № 23,\"12-й микрорайон, 4а\","));

    /// <summary>Starts the demonstration on a real time and stops it; the places of a queue that are locked then.</summary>
    private static async Task<List<string>> LockedAfterAsync(string directory, TimeProvider real, LocalTime? clock)
    {
        var city = CityData.Read();
        var settings = new PortalSettings(directory, Database: null, Cluster: null, clock, Rehearsal: null, Metrics: null, Proxies: []);
        var time = new DemonstrationTime(city, settings, real);
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(2));
        await using var node = await ActorsNode.StartAsync(new ActorsOptions { Database = Database.Sqlite(directory) }, time.Clock, NullLoggerFactory.Instance, limit.Token);
        await new DemonstrationRun(city, time, settings, new StartupConsole(TextWriter.Null, TextWriter.Null)).LoadAsync(node.Queues, limit.Token);
        var queue = city.GeneralQueue(age: 4, new LocalDate(2026, 6, 10));
        return await node.Queues.PlacesOf(queue, limit.Token).Where(p => p.State == PlaceState.Locked).Select(p => p.Place).ToListAsync(limit.Token);
    }
}
