using EOrda.Load.Books;
using EOrda.Load.Measures;
using FsCheck;
using FsCheck.Fluent;
using Xunit;

namespace EOrda.Load.Tests;

/// <summary>Histograms, the time line, the clock, fairness.</summary>
public sealed class Measuring
{
    [Fact]
    public void Percentiles_are_those_of_the_sorted_durations() => Prop.ForAll(
        Gen.Choose(1, 5_000_000).ListOf(200).ToArbitrary(),
        micros =>
        {
            var times = new Times();
            foreach (var one in micros)
            {
                times.Add(one / 1_000.0);
            }

            var sorted = micros.Order().ToList();
            var view = times.View();
            Assert.Equal(200, view.Count);
            foreach (var (percent, told) in new[] { (50.0, view.P50), (90, view.P90), (99, view.P99), (100, view.Max) })
            {
                var exact = sorted[(int)Math.Ceiling(percent / 100 * sorted.Count) - 1] / 1_000.0;
                Assert.InRange(told, exact - 0.001, exact * 1.001 + 0.002);
            }
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void What_several_processes_recorded_is_what_one_would_have()
    {
        Times one = new(), other = new(), both = new();
        for (var i = 1; i <= 1_000; i++)
        {
            (i % 3 == 0 ? one : other).Add(i);
            both.Add(i);
        }

        var merged = Times.Merge([one.View(), other.View()]);
        Assert.Equal((both.View().Count, both.View().P50, both.View().P99, both.View().Max), (merged.Count, merged.P50, merged.P99, merged.Max));
    }

    [Fact]
    public void The_share_within_a_time_counts_what_was_at_most_so_long()
    {
        var times = new Times();
        foreach (var milliseconds in new[] { 10, 20, 400, 900 })
        {
            times.Add(milliseconds);
        }

        Assert.Equal(0.75, times.View().ShareWithin(500));
        Assert.Equal(1, TimesView.None.ShareWithin(1));
    }

    [Fact]
    public void The_time_line_puts_everything_into_its_tenth_of_a_second()
    {
        var measure = new Measure { TimelineFrom = 1_000 };
        measure.Pressed(1_000);
        measure.Pressed(1_099);
        measure.Pressed(1_250);
        measure.Pressed(900);
        var view = MeasureView.Merge([measure.View(), measure.View()]);
        Assert.Equal([4, 0, 2], view.Timeline.Pressed);
        Assert.Equal(8, view.Of(Count.Pressed));
    }

    [Fact]
    public async Task Nobody_is_let_go_before_the_instant()
    {
        using var ticker = new Ticker();
        var from = Ticker.Now;
        var instants = Enumerable.Range(0, 50).Select(i => from + i * 37 % 50).ToList();
        await Task.WhenAll(instants.Select(async instant =>
        {
            await ticker.Until(instant);
            Assert.True(Ticker.Now >= instant);
        }));
    }

    [Fact]
    public void With_equal_chances_no_group_deviates()
    {
        var chance = new Random(1);
        var presses = Enumerable.Range(0, 4_000).Select(i => new Press(chance.Next(1_000), chance.Next(1_000), chance.Next(10) == 0, i / 40, chance.Next(4) == 0)).ToList();
        Assert.All(Fairness.Of(presses), row => Assert.InRange(row.Deviation, -4, 4));
    }

    [Fact]
    public void One_who_came_first_and_always_wins_is_seen()
    {
        var presses = Enumerable.Range(0, 400).Select(i => new Press(ConnectedAt: i % 4, RoundTrip: i % 3, IsMachine: i % 5 == 0, PressedAt: i / 4, HasWon: i % 4 == 0)).ToList();
        var rows = Fairness.Of(presses);
        Assert.True(rows.Single(r => r is { By: "connection order", Group: "first quarter" }).Deviation > 10);
        Assert.Equal(100, rows.Where(r => r.By == "connection order").Sum(r => r.Wins));
        Assert.Equal(100, rows.Where(r => r.By == "who pressed").Sum(r => r.Expected), precision: 6);
    }
}
