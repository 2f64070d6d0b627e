using EOrda.Queues.Country;
using EOrda.Queues.Rules;

namespace EOrda.Queues.Tests.Processes;

/// <summary>
/// A key that comes again for something else when its replies are gone, wherever the first command was cut: what was claimed for the one is not the other's.
/// </summary>
public sealed class KeysUsedAgain
{
    private static readonly Submit First = Scene.Filing("a", World.Younger, child: "c");

    public static TheoryData<string> Others => ["another queue", "another child", "another child in another queue", "another application"];

    [Theory]
    [MemberData(nameof(Others))]
    public void A_filing_with_the_key_of_another_never_makes_two_of_an_identifier_or_a_child(string other)
    {
        var second = SecondOf(other);
        var whole = new World();
        var total = new Running(new CommandProcess(whole.NextKey(), First));
        total.RunToEnd(whole);
        for (var cut = 0; cut <= total.Steps; cut++)
        {
            var (world, key) = CutAt(First, cut);
            world.Crash(forgetReplies: true);
            var again = new Running(new CommandProcess(key, second));
            while (!again.IsDone && again.Step(world))
            {
                Promises.Hold(world);
            }

            world.Crash(forgetReplies: true);
            EndUnfinished(world);
            world.Crash(forgetReplies: true);
            again.Forget();
            again.RunToEnd(world, () => Promises.Hold(world));
            Promises.HoldAtTheEnd(world);
            if (cut == total.Steps)
            {
                Assert.Equal(Refusal.For(second.Application == First.Application ? Reason.DuplicateApplication : Reason.AlreadyQueued), again.Answer);
            }
        }
    }

    [Fact]
    public void A_place_reported_by_age_and_again_after_1_June_with_the_same_key_is_a_duplicate_and_stays_in_its_queue()
    {
        var byAge = new FreePlace("p", "kg", Queue: null, Age: 4);
        foreach (var (cut, areGone) in new[] { (2, true), (2, false), (3, true), (3, false), (4, true), (4, false) })
        {
            var (world, key) = CutAt(byAge, cut, at: "2027-05-31 12:00");
            world.At = World.Read("2027-06-01 12:00");
            world.Crash(forgetReplies: areGone);
            var again = new Running(new CommandProcess(key, byAge));
            again.RunToEnd(world, () => Promises.Hold(world));
            Assert.Equal(Refusal.For(Reason.DuplicatePlace), again.Answer);
            EndUnfinished(world);
            Promises.HoldAtTheEnd(world);
            Assert.Equal("almaty/general/2022", $"{world.RegisterOf("p").QueueOfPlace("p")}");
            Assert.True(world.Queue(World.Younger).HasPlace("p"));
            Assert.False(world.Queue("almaty/general/2023").HasPlace("p"));
        }
    }

    [Fact]
    public void A_place_reported_again_with_the_same_key_by_another_kindergarten_is_a_duplicate()
    {
        var (world, key) = CutAt(new FreePlace("p", "kg", World.Older, Age: null), cut: 4);
        world.Crash(forgetReplies: true);
        var again = new Running(new CommandProcess(key, new FreePlace("p", "kg2", World.Older, Age: null)));
        again.RunToEnd(world);
        Assert.Equal(Refusal.For(Reason.DuplicatePlace), again.Answer);
    }

    [Fact]
    public void An_enrolment_with_the_key_of_an_earlier_one_of_the_child_leaves_the_place_of_that()
    {
        var world = new World();
        Scene.Referred(world, "a", World.Older, "p", child: "c");
        var key = world.NextKey();
        new Running(new CommandProcess(key, new Enrol("a"))).RunToEnd(world);
        Scene.Referred(world, "b", World.Younger, "q", child: "c");
        world.Crash(forgetReplies: true);
        var again = new Running(new CommandProcess(key, new Enrol("b")));
        again.RunToEnd(world, () => Promises.Hold(world));
        Assert.Equal(new ChildEnrolled("p"), again.Answer);
        Promises.HoldAtTheEnd(world);
    }

    private static Submit SecondOf(string other) => other switch
    {
        "another queue" => First with { Queue = World.Older, Born = new(2021, 3, 1) },
        "another child" => First with { Child = "d" },
        "another child in another queue" => First with { Child = "d", Queue = World.Older, Born = new(2021, 3, 1) },
        _ => First with { Application = "b", Queue = World.Older, Born = new(2021, 3, 1) },
    };

    private static (World World, CommandKey Key) CutAt(Command command, int cut, string at = "2026-06-01 09:00")
    {
        var world = new World { At = World.Read(at) };
        var key = world.NextKey();
        var running = new Running(new CommandProcess(key, command));
        while (running.Steps < cut)
        {
            Assert.True(running.Step(world));
        }

        return (world, key);
    }

    private static void EndUnfinished(World world)
    {
        var running = world.Unfinished().Select(process => new Running(process)).ToList();
        while (running.Exists(one => !one.IsDone))
        {
            Assert.Contains(running, one => !one.IsDone && one.Step(world));
            Promises.Hold(world);
        }
    }
}
