using EOrda.Actors.Tests.Support;
using EOrda.Queues;

namespace EOrda.Actors.Tests;

public sealed class Stopping
{
    [Fact]
    public void Everything_asked_before_is_answered_and_on_disk_and_snapshots_are_written()
    {
        for (var seed = 0; seed < 50; seed++)
        {
            var city = new City(seed, new NodeOptions { MessagesPerRun = 2 }).InTheMorning(6, 3);
            var asked = new List<(Command Command, CommandKey Key, Task<Answer> Task)>();
            foreach (var command in new Command[]
            {
                City.Reserving("a1"), City.Reserving("a2"), City.Filing("x1"), City.Filing("x2", City.Other), City.Filing("x3", City.Elsewhere, child: "child of x1"),
                City.Freeing("q1"), City.Freeing("q2", City.Other), new ReserveBatch(["a3"], "kg"), new RegisterKindergarten("kg9", "oral", EOrda.Queues.Names.Kind.General),
            })
            {
                var key = city.NextKey();
                asked.Add((command, key, city.Ask(command, key, command is Reserve ? City.Queue : null)));
            }

            for (var steps = seed % 7; steps > 0; steps--)
            {
                city.Scheduler.RunOne();
            }

            city.Virtual.Wait(city.Node.DisposeAsync().AsTask());
            Assert.Equal("ok ×9", Outcomes.Of(asked.Select(one => one.Task)));
            Assert.True(city.Scheduler.IsIdle);
            Assert.Throws<BusyException>(() => city.Do(new Withdraw("a1")));
            Assert.Throws<BusyException>(() => city.State("a1"));
            Assert.All(city.Disk.Entities, entity => Assert.Equal(city.Disk.Reader().Head(entity)!.LastSequence, city.Disk.SnapshotOf(entity)!.Sequence));
            city.Audit();
            city.Crash();
            Assert.All(asked, one => Assert.Equal(AnswerText.Of(city.Virtual.Wait(new ValueTask<Answer>(one.Task))), AnswerText.Of(city.Do(one.Command, one.Key))));
        }
    }

    [Fact]
    public void It_stops_also_while_the_disk_is_full()
    {
        var city = new City().Filed("a1");
        city.FillDisk();
        var asked = new[] { city.Ask(new Withdraw("a1"), queue: City.Queue), city.Ask(City.Filing("a2")) };
        city.Virtual.Wait(city.Node.DisposeAsync().AsTask());
        Assert.Equal("NotRecordedException ×2", Outcomes.Of(asked));
        city.Disk.BeforeWrite = null;
        city.Crash();
        Assert.Equal("waiting", city.State("a1"));
    }

    [Fact]
    public void Started_again_it_goes_on_where_it_was()
    {
        var city = new City().InTheMorning(3, 1);
        city.Do(City.Reserving("a1", "p1"));
        var before = city.Bytes();
        city.Virtual.StopAndStart();
        Assert.Equal(before, city.Bytes());
        city.Pass(TimeSpan.FromMinutes(11));
        Assert.Equal("returning", city.Place("p1"));
    }
}
