using System.Diagnostics.Metrics;
using EOrda.Actors;
using EOrda.Portal.Calendars;
using EOrda.Portal.Hosting;
using EOrda.Portal.Telemetry;
using EOrda.Portal.Tests.Support;
using EOrda.Queues;
using EOrda.Queues.Rules;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using NodaTime.Text;
using Xunit;

namespace EOrda.Portal.Tests;

/// <summary>The alarm for a working calendar that lacks the next year. Oral is at UTC+5; Almaty's calendar names no date and so lacks none.</summary>
public sealed class CalendarTests : IAsyncLifetime
{
    private readonly TestPortal portal = new();

    public Task InitializeAsync() => portal.InitializeAsync();

    public async Task DisposeAsync() => await portal.DisposeAsync();

    [Theory]
    [InlineData("2026-10-31", null)]
    [InlineData("2026-11-01", 2027)]
    [InlineData("2026-12-31", 2027)]
    [InlineData("2027-01-01", 2027)]
    [InlineData("2025-10-31", 2025)]
    [InlineData("2025-12-31", 2025)]
    public void From_1_November_on_the_next_year_is_missing_until_it_is_there(string date, int? year)
    {
        Assert.True(new RulesDraft { TimeZone = "Asia/Oral", Holidays = ["2026-12-16"] }.TryBuild(out var rules, out _));
        Assert.Equal(year, MissingYears.On(LocalDatePattern.Iso.Parse(date).Value, rules.Schedule));
        Assert.True(new RulesDraft { TimeZone = "Asia/Oral" }.TryBuild(out var without, out _));
        Assert.Null(MissingYears.On(LocalDatePattern.Iso.Parse(date).Value, without.Schedule));
    }

    [Fact]
    public async Task It_warns_once_a_day_from_the_localitys_1_November_on_until_the_calendar_is_amended()
    {
        using var log = new LogLines();
        using var alarm = await StartAsync(log);
        await portal.Order(new SetRules("oral", new RulesDraft { TimeZone = "Asia/Oral", Holidays = ["2026-12-16"] }));
        portal.Clock.SetUtcNow(Utc(2026, 10, 31, 17));
        portal.Clock.Advance(TimeSpan.FromHours(1));
        Assert.Equal(0, Warnings(log));

        // 19:00 UTC is midnight there.
        portal.Clock.Advance(TimeSpan.FromHours(1));
        Assert.Equal(1, Warnings(log));
        Assert.Contains("1 working calendars name no date of a year that deadlines reach: oral 2027.", log.Text, StringComparison.Ordinal);
        PassHours(3 * 24);
        Assert.Equal(4, Warnings(log));
        await portal.Order(new AmendRules("oral", new RulesDraft { Holidays = ["2026-12-16", "2027-01-01"] }));
        PassHours(3 * 24);
        Assert.Equal(4, Warnings(log));
        await alarm.StopAsync(CancellationToken.None);
    }

    [Fact]
    public async Task Where_the_directory_is_not_at_hand_it_looks_again_in_an_hour_and_measures_nothing()
    {
        using var log = new LogLines();
        using var alarm = await StartAsync(log);
        using var stopped = await StartAsync(log);
        await portal.Order(new SetRules("oral", new RulesDraft { TimeZone = "Asia/Oral", Holidays = ["2026-12-16"] }));
        portal.Node.BeforeTelling = () => throw new BusyException("Not known yet.", TimeSpan.FromSeconds(1));
        portal.Clock.SetUtcNow(Utc(2026, 11, 2, 12));
        Assert.Empty(Measured());
        Assert.Equal(0, Warnings(log));
        await stopped.StopAsync(CancellationToken.None);
        portal.Node.BeforeTelling = () => { };
        portal.Clock.Advance(TimeSpan.FromHours(1));
        Assert.Equal(1, Warnings(log));
        await alarm.StopAsync(CancellationToken.None);
    }

    [Fact]
    public async Task It_names_twenty_localities_and_the_number_of_all()
    {
        for (var i = 1; i <= CalendarAlarm.MostNamed + 2; i++)
        {
            await portal.Order(new SetRules($"town-{i:D2}", new RulesDraft { TimeZone = "Asia/Oral", Holidays = ["2026-12-16"] }));
        }

        using var log = new LogLines();
        using var alarm = await StartAsync(log);
        portal.Clock.SetUtcNow(Utc(2026, 11, 2, 12));
        Assert.Contains("22 working calendars", log.Text, StringComparison.Ordinal);
        Assert.Contains("town-20 2027.", log.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("town-21", log.Text, StringComparison.Ordinal);
        await alarm.StopAsync(CancellationToken.None);
    }

    [Fact]
    public async Task The_measure_is_1_for_a_locality_while_the_year_is_missing_and_else_0()
    {
        await portal.Order(new SetRules("oral", new RulesDraft { TimeZone = "Asia/Oral", Holidays = ["2026-12-16"] }));
        Assert.Equal(["almaty 0", "oral 0"], Measured());
        portal.Clock.SetUtcNow(Utc(2026, 10, 31, 19));
        Assert.Equal(["almaty 0", "oral 1"], Measured());
        await portal.Order(new AmendRules("oral", new RulesDraft { Holidays = ["2026-12-16", "2027-01-01"] }));
        Assert.Equal(["almaty 0", "oral 0"], Measured());
    }

    [Fact]
    public void The_portal_runs_the_alarm_and_stops_it_before_the_node()
    {
        var services = portal.Services.GetServices<IHostedService>().ToList();
        Assert.True(services.FindIndex(service => service is CalendarAlarm) > services.FindIndex(service => service is NodeHost));
    }

    private static DateTimeOffset Utc(int year, int month, int day, int hour) => new(year, month, day, hour, 0, 0, TimeSpan.Zero);

    private static int Warnings(LogLines log) => log.Text.Split('\n').Count(line => line.StartsWith("Warning", StringComparison.Ordinal));

    private async Task<CalendarAlarm> StartAsync(LogLines log)
    {
        using var logs = LoggerFactory.Create(logging => logging.AddProvider(log));
        var alarm = new CalendarAlarm(portal.Services.GetRequiredService<NodeHost>(), portal.Clock, logs.CreateLogger<CalendarAlarm>());
        await alarm.StartAsync(CancellationToken.None);
        return alarm;
    }

    private void PassHours(int hours)
    {
        for (var hour = 0; hour < hours; hour++)
        {
            portal.Clock.Advance(TimeSpan.FromHours(1));
        }
    }

    private List<string> Measured()
    {
        var own = portal.Services.GetRequiredService<IMeterFactory>();
        var measured = new List<string>();
        using var listener = new MeterListener
        {
            InstrumentPublished = (instrument, listening) =>
            {
                if (instrument.Meter.Name == PortalMetrics.MeterName && instrument.Meter.Scope == own && instrument.Name == "eorda.calendar.missing")
                {
                    listening.EnableMeasurementEvents(instrument);
                }
            },
        };
        listener.SetMeasurementEventCallback<int>((_, value, tags, _) => measured.Add($"{tags[0].Value} {value}"));
        listener.Start();
        listener.RecordObservableInstruments();
        return measured;
    }
}
