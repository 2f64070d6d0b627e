using EOrda.Actors.Journal;
using EOrda.Actors.Tests.Support;
using EOrda.Queues;

namespace EOrda.Actors.Tests;

public sealed class JournalOutages
{
    private static readonly TimeSpan Pause = new NodeOptions().JournalPause;

    [Fact]
    public void Nothing_is_told_as_won_and_nothing_has_changed()
    {
        for (var seed = 0; seed < 20; seed++)
        {
            var city = new City(seed, new NodeOptions { MessagesPerRun = 3 }, rules => rules.WindowFactor = 10).InTheMorning(20, 5);
            var watcher = new Watcher(city);
            var before = city.Bytes();
            var repair = city.FillDisk();
            var answers = Enumerable.Range(1, 20).Select(i => city.Ask(City.Reserving($"a{i}"), queue: City.Queue)).ToList();
            city.Run();
            Assert.Equal("NotRecordedException ×20", Outcomes.Of(answers));
            Assert.Empty(watcher.Updates);

            repair();
            city.Pass(Pause);
            Assert.True(watcher.Updates.Single().Reload);
            Assert.Equal(watcher.Watch.Snapshot.Number + 1, watcher.Updates.Single().Number);
            Assert.Equal(before, city.Bytes());
            Assert.IsType<PlacesReserved>(city.Do(City.Reserving("a1")));
            city.Audit();
        }
    }

    [Fact]
    public void What_was_decided_after_the_refused_transaction_fails_with_it()
    {
        var city = new City(options: new NodeOptions { MessagesPerRun = 1 }).InTheMorning(3, 1);
        var later = new List<Task<Answer>>();
        var writes = 0;
        city.Disk.BeforeWrite = _ =>
        {
            if (writes++ == 0)
            {
                later.Add(city.Ask(new Confirm("a1"), queue: City.Queue));
                later.Add(city.Ask(new Withdraw("a2"), queue: City.Queue));
                while (city.Scheduler.RunOne())
                {
                }

                throw new JournalUnavailableException("The disk is full.");
            }
        };
        var reserved = city.Ask(City.Reserving("a1", "p1"), queue: City.Queue);
        city.Run();
        Assert.Equal("NotRecordedException ×3", Outcomes.Of([reserved, .. later]));

        // What the later ones decided was never tried on the disk.
        Assert.Equal(1, writes);
        city.Pass(Pause);
        Assert.Equal(("waiting", "waiting", "available"), (city.State("a1"), city.State("a2"), city.Place("p1")));
        city.Audit();
    }

    [Fact]
    public void Others_whose_transaction_went_before_keep_what_they_were_told()
    {
        var city = new City().Filed("a1").FiledIn(City.Other, "b1");
        Assert.IsType<Done>(city.Do(new Withdraw("b1")));
        city.FillDisk();
        Assert.Throws<NotRecordedException>(() => city.Do(new Withdraw("a1")));
        city.Disk.BeforeWrite = null;
        city.Crash();
        Assert.Equal(("waiting", "archived"), (city.State("a1"), city.State("b1", City.Other)));
    }

    [Fact]
    public void Commands_are_refused_at_once_for_a_while_and_looks_go_on()
    {
        var city = new City().Filed("a1", "a2");
        city.FillDisk();
        Assert.Throws<NotRecordedException>(() => city.Do(new Withdraw("a1")));
        var refused = 0;
        city.Disk.BeforeWrite = _ => refused++;
        Assert.Throws<NotRecordedException>(() => city.Do(new Withdraw("a1")));
        Assert.Throws<NotRecordedException>(() => city.Do(City.Filing("a3")));
        Assert.Equal(2, city.Look(queue => queue.WaitingCount));
        Assert.Equal(0, refused);
        city.Pass(Pause);
        Assert.IsType<Done>(city.Do(new Withdraw("a1")));
        Assert.IsType<Standing>(city.Do(City.Filing("a3")));
    }

    [Fact]
    public void An_hour_without_a_disk_is_spent_without_spinning()
    {
        var city = new City().InTheMorning(3, 2);
        var watcher = new Watcher(city);
        city.Do(City.Reserving("a1", "p1"));
        city.FillDisk();
        var steps = city.Scheduler.Steps;
        city.Pass(TimeSpan.FromHours(1));

        // A look at the clock a second, and a few steps for each time that the lapse is tried on the disk.
        Assert.InRange(city.Scheduler.Steps - steps, 3600, 12 * 3600);
        city.Disk.BeforeWrite = null;
        city.Pass(2 * Pause);
        Assert.Equal("returning", city.Place("p1"));
        Assert.Contains(watcher.Updates, update => update.Reload);
        Assert.Equal(Enumerable.Range(1, watcher.Updates.Count), watcher.Updates.Select(update => (int)(update.Number - watcher.Watch.Snapshot.Number)));
        city.Audit();
    }

    [Fact]
    public void A_journal_that_does_not_say_whether_it_stored_leaves_the_outcome_open_until_it_is_asked_again()
    {
        var city = new City().Filed("a1");
        city.Disk.AfterWrite = _ => throw new InvalidDataException("The controller has reset.");
        var key = city.NextKey();
        Assert.Throws<OutcomeUnknownException>(() => city.Do(new Withdraw("a1"), key));
        city.Disk.AfterWrite = null;
        city.Pass(Pause);
        Assert.IsType<Done>(city.Do(new Withdraw("a1"), key));
        Assert.Equal("archived", city.State("a1"));
        city.Audit();
    }

    [Fact]
    public void A_repeat_is_not_told_that_nothing_has_changed_while_the_first_may_be_on_disk()
    {
        var city = new City().Filed("a1");
        var key = city.NextKey();
        Task<Answer>? repeated = null;
        city.Disk.AfterWrite = _ =>
        {
            repeated = city.Ask(new Withdraw("a1"), key, City.Queue);
            while (city.Scheduler.RunOne())
            {
            }

            throw new InvalidDataException("The controller has reset.");
        };
        var first = city.Ask(new Withdraw("a1"), key, City.Queue);
        city.Run();
        Assert.Equal("OutcomeUnknownException ×2", Outcomes.Of([first, repeated!]));
        city.Disk.AfterWrite = null;
        city.Pass(Pause);
        Assert.IsType<Done>(city.Do(new Withdraw("a1"), key));
        city.Audit();
    }

    [Fact]
    public void A_watch_that_could_not_begin_does_not_run()
    {
        var city = new City(options: new NodeOptions { WatchesPerQueue = 1 }).InTheMorning(1, 1);
        city.Do(City.Reserving("a1", "p1"));
        city.Pass(TimeSpan.FromMinutes(1));
        city.FillDisk();
        var asked = city.Ask(new Drop("a1"), queue: City.Queue);
        var listener = new Silent();
        var watch = city.Node.Watch(City.Queue, listener).AsTask();
        city.Run();
        Assert.Equal("NotRecordedException ×2", Outcomes.Of([asked, watch]));
        city.Disk.BeforeWrite = null;
        city.Pass(Pause);
        city.Do(new Drop("a1"));
        city.Pass(Pause);
        Assert.Equal(0, listener.Heard);
        _ = new Watcher(city);
    }

    private sealed class Silent : Live.ILiveListener
    {
        public int Heard { get; private set; }

        public void Publish(Live.LiveUpdate update) => Heard++;
    }
}
