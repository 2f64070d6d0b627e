using EOrda.Actors.Live;
using EOrda.Actors.Tests.Support;
using EOrda.Queues;

namespace EOrda.Actors.Tests;

public sealed class Failures
{
    [Fact]
    public void One_that_throws_is_recovered_with_the_same_state_and_only_its_callers_hear_of_it()
    {
        var city = new City().Filed("a1", "a2").FiledIn(City.Other, "b1");
        var earlier = city.Ask(new Withdraw("a1"), queue: City.Queue);
        var thrower = city.Node.Look<int>(City.Queue, (_, _) => throw new InvalidOperationException("A look that fails.")).AsTask();
        var later = city.Ask(new Withdraw("a2"), queue: City.Queue);
        var other = city.Ask(new Withdraw("b1"), queue: City.Other);
        city.Run();
        Assert.Equal(
            ["OutcomeUnknownException", "OutcomeUnknownException", "ok", "ok"],
            new Task[] { earlier, thrower, later, other }.Select(Outcomes.Of));
        Assert.Equal(("waiting", "archived"), (city.State("a1"), city.State("a2")));
        city.Audit();
    }

    [Fact]
    public void What_came_to_nothing_is_decided_when_asked_again_with_the_same_key()
    {
        var city = new City().Filed("a1");
        var key = city.NextKey();
        var first = city.Ask(new Withdraw("a1"), key, City.Queue);
        _ = city.Node.Look<int>(City.Queue, (_, _) => throw new InvalidOperationException("A look that fails.")).AsTask();
        city.Run();
        Assert.Equal("OutcomeUnknownException", Outcomes.Of(first));
        Assert.IsType<Done>(city.Do(new Withdraw("a1"), key));
        Assert.IsType<Done>(city.Do(new Withdraw("a1"), key));
    }

    [Fact]
    public void Who_waits_goes_on_outside_the_entitys_turn()
    {
        var city = new City().Filed("a1");
        var seen = new List<int>();
        var failing = city.Node.Look<int>(City.Queue, (_, _) => throw new InvalidOperationException("A look that fails.")).AsTask();
        var after = failing.ContinueWith(
            _ => seen.Add(city.Look(queue => queue.WaitingCount)), CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
        city.Run();
        Assert.Equal("ok", Outcomes.Of(after));
        Assert.Equal([1], seen);
    }

    [Fact]
    public void A_listener_that_throws_keeps_nothing_from_the_others()
    {
        var city = new City().Filed("a1");
        city.Virtual.Wait(city.Node.Watch(City.Queue, new Thrower()));
        var watcher = new Watcher(city);
        city.Filed("a2");
        watcher.SeesWhatIs();
        Assert.NotEmpty(watcher.Updates);
        Assert.Equal(watcher.Updates.Count, city.Log.Count("listener"));
    }

    [Fact]
    public void A_look_that_saw_what_the_disk_then_refused_is_not_answered()
    {
        var early = 0;
        for (var seed = 0; seed < 30; seed++)
        {
            var city = new City(seed, new NodeOptions { MessagesWorthARun = 1 }).Filed("a1");
            city.FillDisk();
            var withdrawn = city.Ask(new Withdraw("a1"), queue: City.Queue);
            city.Scheduler.RunOne();

            // While it looks the journal's writer fails, as it may on another thread.
            var seen = 0;
            var look = city.Node.Look(
                City.Queue,
                (queue, _) =>
                {
                    seen = queue.WaitingCount;
                    city.Run();
                    return seen;
                }).AsTask();
            city.Run();
            early += 1 - seen;
            Assert.Equal("NotRecordedException", Outcomes.Of(withdrawn));
            Assert.Equal(seen == 1 ? "ok" : "NotRecordedException", Outcomes.Of(look));
            city.Disk.BeforeWrite = null;
            city.Pass(TimeSpan.FromSeconds(2));
            Assert.Equal("waiting", city.State("a1"));
        }

        Assert.InRange(early, 1, 29);
    }

    [Fact]
    public void One_that_cannot_be_recovered_is_named_not_tried_in_a_hurry_and_touches_no_other()
    {
        var city = new City().Filed("a1").FiledIn(City.Other, "b1");
        var pages = city.Disk.PagesOf("queue/almaty/general/2022");
        var page = pages[^1];
        pages[^1] = page with { Body = Flipped(page.Body, at: 10) };
        city.Crash();
        var faults = Enumerable.Range(0, 50).Select(_ => Record.Exception(() => city.State("a1"))).ToList();
        Assert.All(faults, fault => Assert.Contains($"Record {page.FirstSequence} of queue/almaty/general/2022", Assert.IsType<OutcomeUnknownException>(fault).Message, StringComparison.Ordinal));
        Assert.Equal(1, city.Log.Count("could not be recovered"));
        Assert.Equal("waiting", city.State("b1", City.Other));

        var steps = city.Scheduler.Steps;
        city.Pass(TimeSpan.FromHours(1));
        Assert.InRange(city.Scheduler.Steps - steps, 3600, 4000);

        pages[^1] = page;
        Assert.Equal("waiting", city.State("a1"));
    }

    [Fact]
    public void A_filing_that_needs_one_that_cannot_be_recovered_stops_nobody_else()
    {
        var city = new City().Filed("a1");
        var pages = city.Disk.PagesOf("queue/almaty/general/2022");
        pages[^1] = pages[^1] with { Body = Flipped(pages[^1].Body) };
        city.Crash();
        Assert.Throws<OutcomeUnknownException>(() => city.Do(City.Filing("a2")));
        Assert.IsType<Standing>(city.Do(City.Filing("a2", City.Other)));
    }

    [Fact]
    public void A_node_whose_localities_are_damaged_does_not_start_and_says_why()
    {
        var city = new City();
        var pages = city.Disk.PagesOf("localities");
        pages[0] = pages[0] with { Body = Flipped(pages[0].Body, at: 10) };
        var damage = Assert.Throws<Journal.JournalDamagedException>(() => city.Crash());
        Assert.Equal(("localities", 1), (damage.Entity, damage.Sequence));
    }

    internal static ReadOnlyMemory<byte> Flipped(ReadOnlyMemory<byte> bytes, int? at = null)
    {
        var flipped = bytes.ToArray();
        flipped[at ?? (flipped.Length / 2)] ^= 4;
        return flipped;
    }

    private sealed class Thrower : ILiveListener
    {
        public void Publish(LiveUpdate update) => throw new InvalidOperationException("A listener that fails.");
    }
}
