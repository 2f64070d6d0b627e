using EOrda.Queues.Applications;
using EOrda.Queues.Country;
using EOrda.Queues.Rules;

namespace EOrda.Queues.Tests.Processes;

/// <summary>A batch across queues at its end: it is the leader's to decide, and the other queue's half has no end of its own.</summary>
public sealed class EndsOfBatches
{
    private const long Minute = 60_000;

    [Fact]
    public void Confirmed_and_lapsing_at_any_step_both_have_a_referral_or_neither()
    {
        for (var early = 0; early <= 5; early++)
        {
            var world = new World();
            Scene.Held(world);
            var confirming = new Running(new CommandProcess(world.NextKey(), new Confirm("xJan")));
            world.At = Later(world, (10 * Minute) - 1);
            for (var step = 0; step < early && !confirming.IsDone; step++)
            {
                confirming.Step(world);
            }

            world.At = Later(world, 1);
            world.Crash();
            world.SettleEnded();
            confirming.Forget();
            confirming.RunToEnd(world, () => Promises.Hold(world));
            world.SettleEnded();
            Promises.HoldAtTheEnd(world);
            var referred = new[] { (World.Older, "xDec"), (World.Younger, "xJan") }.Count(member => world.Queue(member.Item1).Find(member.Item2)!.Status == Status.Referred);
            Assert.Equal(confirming.Answer is ReferralsGiven given ? given.Referrals.Count : 0, referred);
            Assert.True(referred is 0 or 2);
            Assert.Equal(referred == 0, world.Do(new Reserve("xJan", Place: null, "kg")) == Refusal.For(Reason.LapseLimit));
        }
    }

    [Fact]
    public void A_lapse_reaches_the_other_queue_with_the_leaders_word_and_not_before()
    {
        var world = new World();
        Scene.Held(world);
        world.At = Later(world, 10 * Minute);
        var asking = new Running(new CommandProcess(world.NextKey(), new Reserve("xJan", Place: null, "kg")));
        while (!asking.IsDone && asking.Step(world))
        {
        }

        Assert.False(asking.IsDone);
        world.SettleEnded();
        asking.RunToEnd(world);
        Assert.Equal(Refusal.For(Reason.LapseLimit), asking.Answer);
        Assert.Equal(Refusal.For(Reason.LapseLimit), world.Do(new Reserve("xDec", Place: null, "kg")));
        Promises.HoldAtTheEnd(world);
    }

    [Fact]
    public void A_lapse_told_a_day_late_counts_on_its_own_date()
    {
        var world = new World();
        Scene.Held(world);
        world.At = Later(world, 25 * 60 * Minute);
        world.SettleEnded();
        Assert.IsType<PlacesReserved>(world.Do(new Reserve("xJan", "q0", Kindergarten: null)));
        Promises.HoldAtTheEnd(world);
    }

    [Fact]
    public void A_lapse_told_a_day_late_forgets_nothing_of_the_new_day()
    {
        var world = Scene.Named("two families' twins for two places in each queue").Begin();
        Assert.IsType<PlacesReserved>(world.Do(Scene.Together("x")));
        world.At = Later(world, 25 * 60 * Minute);
        Assert.IsType<PlacesReserved>(world.Do(new Reserve("yJan", "q1", Kindergarten: null)));
        Assert.IsType<PlaceReturns>(world.Do(new Drop("yJan")));
        world.SettleEnded();
        Assert.Equal(Refusal.For(Reason.LapseLimit), world.Do(new Reserve("yJan", Place: null, "kg")));
        Promises.HoldAtTheEnd(world);
    }

    [Fact]
    public void A_batch_whose_halves_did_not_come_together_in_time_leaves_no_trace()
    {
        var scene = Scene.Named("twins in two queues");
        var before = scene.Begin();
        var total = new Running(new CommandProcess(before.NextKey(), scene.Commands[0]));
        total.RunToEnd(before);
        for (var cut = 0; cut < total.Steps; cut++)
        {
            var (world, untouched) = (scene.Begin(), scene.Begin());
            var reserving = new Running(new CommandProcess(world.NextKey(), scene.Commands[0]));
            while (reserving.Steps < cut)
            {
                Assert.True(reserving.Step(world));
            }

            if (reserving.Answer is not null)
            {
                continue;
            }

            world.At = untouched.At = Later(world, 10 * Minute);
            world.Crash();
            world.SettleEnded();
            foreach (var process in world.Unfinished())
            {
                new Running(process).RunToEnd(world, () => Promises.Hold(world));
            }

            Promises.HoldAtTheEnd(world);
            Assert.Equal(untouched.View(), world.View());
            foreach (var (queue, other) in world.Queues.Zip(untouched.Queues))
            {
                Assert.Equal(Properties.Bytes.Of(other), Properties.Bytes.Of(queue));
            }
        }
    }

    [Fact]
    public void While_a_half_is_pending_nobody_else_is_told_that_its_place_is_gone()
    {
        var scene = Scene.Named("twins and another child for the place in the leader's queue");
        var world = scene.Begin();
        var reserving = new Running(new CommandProcess(world.NextKey(), scene.Commands[0]));
        while (reserving.Ask is not Twins.TakeHalf)
        {
            Assert.True(reserving.Step(world));
        }

        foreach (var command in new Command[] { new Reserve("z", "p0", null), new Reserve("z", null, "kg"), new Withdraw("xDec"), new RevokePlace("p0"), new CleanUp("almaty") })
        {
            var waiting = new Running(new CommandProcess(world.NextKey(), command));
            while (waiting.Step(world))
            {
                Assert.False(waiting.IsDone, $"{command}");
            }
        }

        reserving.RunToEnd(world);
        Assert.Equal(Refusal.For(Reason.PlaceTaken), world.Do(new Reserve("z", "p0", null)));
        Assert.Equal(Refusal.For(Reason.NoPlace), world.Do(new Reserve("z", null, "kg")));
    }

    [Fact]
    public void While_a_half_is_pending_nobody_is_in_the_window_because_of_it()
    {
        var world = Scene.Named("twins in two queues").Begin();
        world.At = World.Read("2026-06-05 09:00");
        Assert.IsType<Standing>(world.Do(Scene.Filing("z", World.Older)));
        Assert.IsType<PlaceFreed>(world.Do(new FreePlace("r", "kg2", World.Older, Age: null)));
        world.At = World.Read("2026-06-08 12:00");
        Assert.Equal(Refusal.For(Reason.OutsideWindow), world.Do(new Reserve("z", "r", Kindergarten: null)));
        var reserving = new Running(new CommandProcess(world.NextKey(), Scene.Together("x")));
        while (reserving.Ask is not Twins.TakeHalf)
        {
            Assert.True(reserving.Step(world));
        }

        var waiting = new Running(new CommandProcess(world.NextKey(), new Reserve("z", "r", Kindergarten: null)));
        while (waiting.Step(world))
        {
            Assert.False(waiting.IsDone);
        }

        reserving.RunToEnd(world);
        waiting.RunToEnd(world);
        Assert.IsType<PlacesReserved>(waiting.Answer);
    }

    private static Time.Moment Later(World world, long milliseconds) => new(world.At.UnixMilliseconds + milliseconds);
}
