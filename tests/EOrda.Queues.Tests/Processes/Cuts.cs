using EOrda.Queues.Country;
using EOrda.Queues.Tests.Properties;

namespace EOrda.Queues.Tests.Processes;

/// <summary>
/// A process cut at every step: all memory is lost there, the reply to the last step seen or not. Whoever asks again with the key gets the answer that an
/// uncut process gets, and the world is the same.
/// </summary>
public sealed class Cuts
{
    public static TheoryData<string> Scenes => [.. Scene.All.Select(scene => scene.Name)];

    [Theory]
    [MemberData(nameof(Scenes))]
    public void Asked_again_after_a_crash_at_any_step_it_ends_as_if_nothing_had_been(string name)
    {
        var (answer, view, steps) = Uncut(name);
        for (var cut = 0; cut <= steps; cut++)
        {
            foreach (var seen in new[] { true, false })
            {
                var (world, running) = CutAt(name, cut, seen);
                world.Crash();
                running.Forget();
                End(world, running, answer, view);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Scenes))]
    public void A_step_that_comes_twice_does_nothing_twice(string name)
    {
        var (answer, view, steps) = Uncut(name);
        for (var doubled = 0; doubled < steps; doubled++)
        {
            var (world, running) = CutAt(name, doubled, seen: true);
            var step = running.Ask!;
            var first = world.Take(step);
            Assert.Equal($"{first}", $"{world.Take(step)}");
            running.RunToEnd(world, () => Promises.Hold(world));
            world.Take(step);
            End(world, running, answer, view);
        }
    }

    [Theory]
    [MemberData(nameof(Scenes))]
    public void Asked_by_nobody_again_what_has_begun_is_ended_by_the_entities_themselves(string name)
    {
        var (_, _, steps) = Uncut(name);
        for (var cut = 0; cut <= steps; cut++)
        {
            var (world, running) = CutAt(name, cut, seen: false);
            world.Crash();
            EndUnfinished(world);
            Promises.HoldAtTheEnd(world);

            // Who asks with the key after all gets the answer of what happened.
            running.Forget();
            running.RunToEnd(world, () => Promises.Hold(world));
            EndUnfinished(world);
            Promises.HoldAtTheEnd(world);
        }
    }

    [Theory]
    [InlineData("a filing")]
    [InlineData("a filing refused by its queue")]
    [InlineData("a filing of a child with an archived application elsewhere")]
    [InlineData("a place freed")]
    [InlineData("an enrolment")]
    [InlineData("an enrolment that leaves a place in another queue")]
    public void What_was_done_is_known_by_its_key_when_the_replies_are_long_gone(string name)
    {
        var (answer, view, steps) = Uncut(name);
        for (var cut = 0; cut <= steps; cut++)
        {
            var (world, running) = CutAt(name, cut, seen: false);
            world.Crash(forgetReplies: true);
            running.Forget();
            End(world, running, answer, view);
        }
    }

    [Fact]
    public void A_filing_asked_again_after_a_day_is_the_first_and_does_not_hide_a_later_one()
    {
        var world = new World();
        var filing = new Running(new CommandProcess(world.NextKey(), Scene.Filing("a", World.Older, child: "c")));
        filing.RunToEnd(world);
        Assert.IsType<Done>(world.Do(new Withdraw("a")));
        Assert.IsType<Standing>(world.Do(Scene.Filing("b", World.Younger, child: "c")));
        world.Crash(forgetReplies: true);
        var first = filing.Answer;
        filing.Forget();
        filing.RunToEnd(world);
        Assert.Equal(first, filing.Answer);
        Assert.Equal(Refusal.For(Queues.Rules.Reason.AlreadyQueued), world.Do(Scene.Filing("d", World.Older, child: "c")));
        Promises.HoldAtTheEnd(world);
    }

    private static (string Answer, string View, int Steps) Uncut(string name)
    {
        var (world, running) = CutAt(name, int.MaxValue, seen: true);
        Promises.HoldAtTheEnd(world);
        return (TextOf(running.Answer), world.View(), running.Steps);
    }

    // Later commands of the scene come when the first one is over.
    private static (World World, Running Running) CutAt(string name, int cut, bool seen)
    {
        var scene = Scene.Named(name);
        var world = scene.Begin();
        var running = new Running(new CommandProcess(world.NextKey(), scene.Commands[0]));
        while (running.Steps < cut && !running.IsDone)
        {
            Assert.True(running.Step(world));
            Promises.Hold(world);
        }

        if (!seen && !running.IsDone)
        {
            world.Take(running.Ask!);
            Promises.Hold(world);
        }

        return (world, running);
    }

    private static void End(World world, Running running, string answer, string view)
    {
        running.RunToEnd(world, () => Promises.Hold(world));
        Assert.Equal(answer, TextOf(running.Answer));
        Assert.Equal(view, world.View());
        Promises.HoldAtTheEnd(world);
    }

    private static void EndUnfinished(World world)
    {
        foreach (var process in world.Unfinished())
        {
            new Running(process).RunToEnd(world, () => Promises.Hold(world));
        }
    }

    private static string TextOf(Answer? answer) => Convert.ToHexString(Bytes.Of(answer!));
}
