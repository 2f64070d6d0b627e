using EOrda.Actors.Tests.Support;
using EOrda.Queues;
using EOrda.Queues.Names;

namespace EOrda.Actors.Tests;

public sealed class Dues
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    [Fact]
    public void A_reservation_lapses_at_its_minute_and_those_who_watch_are_told_without_anyone_asking()
    {
        var city = new City().InTheMorning(1, 1);
        var watcher = new Watcher(city);
        city.Do(City.Reserving("a1", "p1"));
        city.Pass(9.9 * Minute);
        Assert.Equal("reserved", Words.Of(watcher.Picture().Places.Single().State));
        var records = city.Disk.Transactions;
        city.Pass(0.2 * Minute);
        Assert.Equal("returning", Words.Of(watcher.Picture().Places.Single().State));
        Assert.Equal(records + 1, city.Disk.Transactions);
    }

    [Fact]
    public void Places_are_locked_at_18_00_and_released_at_07_00_though_that_is_farther_than_a_timer_goes()
    {
        var city = new City().Filed("a1").Freed("p1");
        var watcher = new Watcher(city);
        foreach (var (until, state) in new[] { ("06-01 17:59", "reported"), ("06-01 18:01", "locked"), ("06-02 06:59", "locked"), ("06-02 07:01", "available") })
        {
            city.At($"2026-{until}");
            Assert.Equal(state, Words.Of(watcher.Picture().Places.Single().State));
        }
    }

    [Fact]
    public void A_due_days_ahead_is_met_on_time()
    {
        var city = new City().InTheMorning(1, 1);
        city.Do(City.Reserving("a1", "p1"));
        city.Do(new Confirm("a1"));
        var watcher = new Watcher(city);
        city.At("2026-06-09 23:59");
        Assert.Equal("referred", Words.Of(watcher.Picture().Places.Single().State));
        city.At("2026-06-10 00:01");
        Assert.Equal("returning", Words.Of(watcher.Picture().Places.Single().State));
    }

    [Fact]
    public void A_queue_at_rest_is_settled_at_the_dues_own_instants_when_it_is_next_touched()
    {
        var city = new City().InTheMorning(1, 1);
        City awake = new City().InTheMorning(1, 1), asleep = new City().InTheMorning(1, 1);
        foreach (var one in new[] { awake, asleep })
        {
            one.Do(City.Reserving("a1", "p1"));
        }

        _ = new Watcher(awake);
        awake.At("2026-06-12 12:00");
        asleep.At("2026-06-12 12:00");
        Assert.Equal(awake.Bytes(), asleep.Bytes());
        Assert.Equal("available", asleep.Place("p1"));
    }

    [Theory]
    [InlineData(60)]
    [InlineData(8)]
    public void A_clock_set_forward_wakes_what_is_due_then_and_brings_nearer_what_is_not(int minutes)
    {
        var city = new City().InTheMorning(1, 1);
        var watcher = new Watcher(city);
        city.Do(City.Reserving("a1", "p1"));
        city.Pass(Minute);
        city.Virtual.Time.Step(minutes * Minute);
        city.Pass(1.1 * Minute);
        Assert.Equal("returning", Words.Of(watcher.Picture().Places.Single().State));
    }

    [Fact]
    public void A_clock_set_back_undoes_and_repeats_nothing()
    {
        var city = new City().InTheMorning(2, 1);
        var watcher = new Watcher(city);
        city.Do(City.Reserving("a1", "p1"));
        city.Pass(11 * Minute);
        var state = city.Bytes();
        city.Virtual.Time.Step(-60 * Minute);
        city.Pass(50 * Minute);
        Assert.Equal(state, city.Bytes());
        Assert.Equal("returning", Words.Of(watcher.Picture().Places.Single().State));

        // It decides on all the while, at the latest instant it knows.
        Assert.IsType<ValidUntil>(city.Do(new Prolong("a2")));
        city.At("2026-06-03 07:01");
        Assert.Equal("available", Words.Of(watcher.Picture().Places.Single().State));
        city.Audit();
    }

    [Fact]
    public void A_clock_set_back_behind_an_amendment_stops_no_queue()
    {
        var city = new City().Filed("a1");
        city.Pass(30 * Minute);
        Assert.IsType<Done>(city.Do(new AmendRules("almaty", new EOrda.Queues.Rules.RulesDraft { ReservationMinutes = 5 })));
        city.Virtual.Time.Step(-20 * Minute);
        Assert.IsType<ValidUntil>(city.Do(new Prolong("a1")));
        Assert.Equal((1, 10), city.Look(queue => (queue.RulesAdopted, queue.Rules.ReservationMinutes)));
        city.FiledIn(City.Other, "b1");
        city.Pass(21 * Minute);
        Assert.Equal((2, 5), city.Look(queue => (queue.RulesAdopted, queue.Rules.ReservationMinutes)));
        Assert.Equal((2, 5), city.Look(queue => (queue.RulesAdopted, queue.Rules.ReservationMinutes), City.Other));
        city.Audit();
    }
}
