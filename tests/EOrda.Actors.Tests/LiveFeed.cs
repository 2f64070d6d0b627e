using EOrda.Actors.Live;
using EOrda.Actors.Queries;
using EOrda.Actors.Tests.Support;
using EOrda.Queues;
using EOrda.Queues.Places;
using EOrda.Queues.Rules;

namespace EOrda.Actors.Tests;

public sealed class LiveFeed
{
    private static readonly NodeOptions Options = new();

    [Fact]
    public void Updates_follow_each_other_at_most_one_an_interval_and_give_the_picture_of_a_fresh_snapshot()
    {
        for (var seed = 0; seed < 20; seed++)
        {
            var random = new Random(seed);
            var city = new City(seed, rules: rules => rules.WindowFactor = 5).InTheMorning(20, 8);
            var watcher = new Watcher(city);
            for (var i = 0; i < 60; i++)
            {
                var application = $"a{random.Next(1, 25)}";
                Command[] commands =
                [
                    City.Reserving(application), new Confirm(application), new Drop(application), new Withdraw(application),
                    City.Filing($"a{21 + i}"), City.Freeing($"p{9 + i}"), new ChangeCategory(application, EOrda.Queues.Applications.Category.FirstPriority),
                ];
                city.Do(commands[random.Next(commands.Length)]);
                city.Pass(TimeSpan.FromMilliseconds(random.Next(3) switch { 0 => 0, 1 => random.Next(60), _ => random.Next(4000) }));
            }

            watcher.SeesWhatIs();
            Assert.All(watcher.Times.Zip(watcher.Times.Skip(1)), pair => Assert.True(pair.Second - pair.First >= Options.LiveInterval));
            Assert.True(watcher.Updates.Count > 10);
        }
    }

    [Fact]
    public void Everybody_gets_the_same_updates_also_one_that_came_later()
    {
        var city = new City().InTheMorning(10, 3);
        var first = new Watcher(city);
        city.Do(City.Reserving("a1"));
        city.Pass(Options.LiveInterval);
        var second = new Watcher(city);
        city.Do(City.Reserving("a2"));
        city.Pass(Options.LiveInterval);
        Assert.Equal(2, first.Updates.Count);
        Assert.Same(first.Updates[1], Assert.Single(second.Updates));
        first.SeesWhatIs();
        second.SeesWhatIs();
    }

    [Fact]
    public void What_happens_within_an_interval_is_told_at_its_end_in_one()
    {
        var city = new City().Filed("a1");
        var watcher = new Watcher(city);
        for (var i = 0; i < 50; i++)
        {
            city.Do(City.Filing($"b{i}"));
        }

        Assert.Single(watcher.Updates);
        city.Pass(Options.LiveInterval);
        Assert.Equal([1, 49], watcher.Updates.Select(update => update.Changes.Count));
    }

    [Fact]
    public void Too_many_changes_at_once_are_a_call_to_reload()
    {
        var city = new City(options: Options with { LiveChanges = 5 }).Filed("a1");
        var watcher = new Watcher(city);
        city.Filed([.. Enumerable.Range(0, 7).Select(i => $"b{i}")]);
        city.Pass(Options.LiveInterval);
        Assert.Equal([false, true], watcher.Updates.Select(update => update.Reload));
        Assert.Empty(watcher.Updates[1].Changes);

        // Whoever takes a snapshot then can follow again.
        var again = new Watcher(city);
        Assert.Equal(watcher.Updates[1].Number, again.Watch.Snapshot.Number);
        city.Filed("c1");
        again.SeesWhatIs();
    }

    [Fact]
    public void So_many_watches_run_on_a_queue_and_one_that_ends_makes_room()
    {
        var city = new City(options: Options with { WatchesPerQueue = 2 }).Filed("a1");
        var watchers = new[] { new Watcher(city), new Watcher(city) };
        Assert.Throws<BusyException>(() => new Watcher(city));
        watchers[0].Watch.Dispose();
        city.Run();
        _ = new Watcher(city);
        city.Filed("a2");
        city.Pass(Options.LiveInterval);
        Assert.Empty(watchers[0].Updates);
        watchers[1].SeesWhatIs();
    }

    [Fact]
    public void One_listener_may_watch_twice_and_end_each_watch_by_itself()
    {
        var city = new City().Filed("a1");
        var listener = new Counting();
        var watches = new[] { city.Virtual.Wait(city.Node.Watch(City.Queue, listener)), city.Virtual.Wait(city.Node.Watch(City.Queue, listener)) };
        watches[0].Dispose();
        watches[0].Dispose();
        city.Filed("a2");
        Assert.Equal(1, listener.Heard);
        watches[1].Dispose();
        city.Pass(Options.LiveInterval);
        city.Filed("a3");
        Assert.Equal(1, listener.Heard);
    }

    [Fact]
    public void A_watch_that_is_not_waited_for_any_more_does_not_run()
    {
        var city = new City().Filed("a1");
        var listener = new Counting();
        using var cancel = new CancellationTokenSource();
        var watch = city.Node.Watch(City.Queue, listener, cancel.Token).AsTask();
        cancel.Cancel();
        city.Run();
        Assert.True(watch.IsCanceled);
        city.Filed("a2");
        Assert.Equal(0, listener.Heard);
    }

    [Fact]
    public void A_queue_without_anything_cannot_be_watched() =>
        Assert.Throws<ArgumentException>(() => new Watcher(new City()));

    [Fact]
    public void A_queue_with_places_only_can_be_watched_and_asked()
    {
        var city = new City().Freed("p1");
        var watcher = new Watcher(city);
        Assert.IsType<Done>(city.Do(new RevokePlace("p1"), queue: City.Queue));
        watcher.SeesWhatIs();
    }

    [Fact]
    public void The_window_is_told_when_priority_access_ends_by_the_clock_alone()
    {
        var city = new City().InTheMorning(10, 3);
        var watcher = new Watcher(city);
        Assert.Equal(new LiveWindow(3, null, null, Slot(city, "a3")), watcher.Watch.Snapshot.Window);
        city.At("2026-06-05 06:59");
        Assert.Empty(watcher.Updates);
        city.At("2026-06-05 07:01");
        var update = Assert.Single(watcher.Updates);
        Assert.Equal((City.Read("2026-06-05 07:00"), LiveWindow.None), (update.At, update.Window));
        Assert.Empty(update.Places);
        Assert.Empty(update.Changes);
        Assert.Equal(LiveWindow.None, city.Virtual.Wait(city.Node.Query(City.Queue, new SnapshotQuery())).Window);
    }

    [Fact]
    public void The_window_is_told_at_midnight_when_a_place_given_up_that_day_counts_no_longer()
    {
        var city = new City().InTheMorning(10, 2);
        city.Do(City.Reserving("a1", "p1"));
        city.Do(new Drop("a1"));
        var watcher = new Watcher(city);
        Assert.Equal(new LiveWindow(2, null, null, Slot(city, "a2")), watcher.Watch.Snapshot.Window);
        city.At("2026-06-03 00:01");
        var update = Assert.Single(watcher.Updates);
        Assert.Equal((City.Read("2026-06-03 00:00"), new LiveWindow(1, null, null, Slot(city, "a1"))), (update.At, update.Window));
        watcher.SeesWhatIs();
    }

    [Fact]
    public void The_window_is_told_at_midnight_when_a_limit_ends()
    {
        var city = new City(rules: rules => rules.LapsesPerDay = 1).InTheMorning(10, 3);
        city.Do(City.Reserving("a1", "p1"));
        city.Do(new Drop("a1"));
        var watcher = new Watcher(city);
        Assert.Equal(new LiveWindow(3, null, null, Slot(city, "a4")), watcher.Watch.Snapshot.Window);
        city.At("2026-06-03 00:01");
        Assert.Equal(new LiveWindow(2, null, null, Slot(city, "a2")), Assert.Single(watcher.Updates).Window);
        watcher.SeesWhatIs();
    }

    [Fact]
    public void A_clock_that_changes_nothing_of_the_window_is_no_update()
    {
        var city = new City(rules: rules => rules.WindowFactor = 0).InTheMorning(2, 5);
        var watcher = new Watcher(city);
        Assert.Equal(LiveWindow.None, watcher.Watch.Snapshot.Window);
        city.At("2026-06-05 08:00");
        Assert.Equal(Access.Open, city.Virtual.Wait(city.Node.Query(City.Queue, new SnapshotQuery())).Places[0].Access);
        Assert.Empty(watcher.Updates);
    }

    [Fact]
    public void The_window_is_told_when_the_rules_are_amended()
    {
        var city = new City().InTheMorning(10, 3);
        var watcher = new Watcher(city);
        Assert.IsType<Done>(city.Do(new AmendRules("almaty", new RulesDraft { WindowFactor = 2 })));
        city.Run();
        Assert.Equal(new LiveWindow(6, null, null, Slot(city, "a6")), Assert.Single(watcher.Updates).Window);
        watcher.SeesWhatIs();
    }

    [Fact]
    public void A_reservation_of_one_in_the_window_makes_it_smaller_and_reaches_as_far_as_before()
    {
        var city = new City().InTheMorning(10, 3);
        var watcher = new Watcher(city);
        city.Do(City.Reserving("a2", "p1"));
        city.Pass(Options.LiveInterval);
        Assert.Equal(new LiveWindow(2, null, null, Slot(city, "a3")), Assert.Single(watcher.Updates).Window);
        watcher.SeesWhatIs();
    }

    private static LaneSlot Slot(City city, string application)
    {
        var standing = city.Look(queue => queue.StandingInLanes(application))!;
        return new LaneSlot(standing.Submitted, standing.Number);
    }

    private sealed class Counting : ILiveListener
    {
        public int Heard { get; private set; }

        public void Publish(LiveUpdate update) => Heard++;
    }
}
