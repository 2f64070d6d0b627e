using EOrda.Actors.Tests.Support;
using EOrda.Queues;
using EOrda.Queues.Rules;

namespace EOrda.Actors.Tests;

/// <summary>Queues that nobody asks: amendments, clean-up, passivation.</summary>
public sealed class Resting
{
    private const string Entity = "queue/almaty/general/2022";

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void An_idle_queue_adopts_an_amendment_as_of_the_amendments_instant(bool restart)
    {
        City asked = new City().InTheMorning(3, 1), idle = new City().InTheMorning(3, 1);
        foreach (var city in new[] { asked, idle })
        {
            city.Do(City.Reserving("a1", "p1"));
            city.Do(new Confirm("a1"));
            city.At("2026-06-09 12:00");
            Assert.IsType<Done>(city.Do(new AmendRules("almaty", new RulesDraft { StopListWorkingDays = 3 })));
        }

        // One is asked often, the other only in the end.
        for (var day = 9; day < 20; day++)
        {
            asked.At($"2026-06-{day:D2} 13:00");
            asked.Look(queue => queue.WaitingCount);
        }

        idle.At("2026-06-19 13:00");
        if (restart)
        {
            idle.Crash();
        }

        Assert.Equal(asked.Bytes(), idle.Bytes());
        Assert.Equal(2, idle.Look(queue => queue.RulesAdopted));
        idle.Audit();
    }

    [Fact]
    public void The_clean_up_goes_over_all_queues_of_the_locality_at_rest_or_not()
    {
        var city = new City(rules: rules => rules.ValidMonths = 1).Filed("a1", "a2").FiledIn(City.Other, "b1").FiledIn(City.Elsewhere, "e1");
        city.At("2026-06-20 12:00");
        city.Do(new Prolong("a2"));
        city.At("2026-07-02 12:00");
        var key = city.NextKey();
        var cleaned = Assert.IsType<CleanedUp>(city.Do(new CleanUp("almaty"), key));
        Assert.Equal(["a1", "b1"], cleaned.StopListed.Order(StringComparer.Ordinal));
        Assert.Equal(["stop-listed", "waiting", "stop-listed", "waiting"], [city.State("a1"), city.State("a2"), city.State("b1", City.Other), city.State("e1", City.Elsewhere)]);
        Assert.Equal(cleaned.StopListed, Assert.IsType<CleanedUp>(city.Crash().Do(new CleanUp("almaty"), key)).StopListed);
        Assert.IsType<Refusal>(city.Do(new CleanUp("nowhere")));
    }

    [Fact]
    public void Nobody_asked_for_ten_minutes_it_writes_its_snapshot_gives_its_memory_back_and_is_the_same_when_next_touched()
    {
        var city = new City().InTheMorning(5, 2);
        city.Do(City.Reserving("a1", "p1"));
        var before = city.Bytes();
        city.Pass(TimeSpan.FromMinutes(9));
        Assert.NotEqual(RecordsOf(city), city.Disk.SnapshotOf(Entity)?.Sequence);
        city.Pass(TimeSpan.FromMinutes(20));
        Assert.Equal(RecordsOf(city), city.Disk.SnapshotOf(Entity)!.Sequence);

        // It is read again, and only the snapshot is.
        city.Disk.PagesOf(Entity)[0] = city.Disk.PagesOf(Entity)[0] with { Body = Failures.Flipped(city.Disk.PagesOf(Entity)[0].Body) };
        Assert.Equal("returning", city.Place("p1"));
        Assert.NotEqual(before, city.Bytes());
    }

    [Fact]
    public void A_queue_that_is_watched_does_not_rest_and_one_that_is_not_any_more_does()
    {
        var city = new City().Filed("a1");
        var watcher = new Watcher(city);
        city.Pass(TimeSpan.FromHours(1));
        Assert.Null(city.Disk.SnapshotOf(Entity));
        watcher.Watch.Dispose();
        city.Pass(TimeSpan.FromMinutes(12));
        Assert.NotNull(city.Disk.SnapshotOf(Entity));
        city.Do(City.Filing("a2"));
        city.Pass(TimeSpan.FromSeconds(1));
        Assert.Empty(watcher.Updates);
    }

    [Fact]
    public void What_is_asked_while_it_goes_to_rest_is_answered()
    {
        for (var seed = 0; seed < 30; seed++)
        {
            var city = new City(seed).Filed("a1", "a2");
            city.Pass(TimeSpan.FromMinutes(10));
            var asked = new List<Task<Answer>>();
            city.Disk.BeforeSnapshot = snapshot =>
            {
                if (snapshot.Entity == Entity && asked.Count == 0)
                {
                    asked.Add(city.Ask(new Withdraw("a1"), queue: City.Queue));
                    for (var i = 0; i < seed; i++)
                    {
                        city.Scheduler.RunOne();
                    }
                }
            };
            city.Pass(TimeSpan.FromMinutes(2));
            Assert.Equal("ok ×1", Outcomes.Of(asked));
            Assert.Equal("archived", city.Crash().State("a1"));
            city.Audit();
        }
    }

    private static long RecordsOf(City city) => city.Disk.Reader().Head(Entity)!.LastSequence;
}
