using EOrda.Queues.Country;

namespace EOrda.Queues.Tests.Processes;

/// <summary>Rules, section 4 (001: 32): a child enrolled anew leaves the place it held, however far the enrolment before has come.</summary>
public sealed class Enrolments
{
    private const string Youngest = "almaty/general/2023";

    [Fact]
    public void Each_enrolment_leaves_the_place_of_the_one_before()
    {
        var world = new World();
        Scene.EnrolledElsewhere(world);
        Assert.Equal(new ChildEnrolled("p"), world.Do(new Enrol("b")));
        Scene.Referred(world, "d", Youngest, "r", child: "c");
        Assert.Equal(new ChildEnrolled("q"), world.Do(new Enrol("d")));
        Promises.HoldAtTheEnd(world);
    }

    [Fact]
    public void An_enrolment_that_is_not_at_its_end_hides_no_place_from_the_next()
    {
        for (var cut = 0; cut <= 6; cut++)
        {
            var world = new World();
            Scene.EnrolledElsewhere(world);
            var enrolling = new Running(new CommandProcess(world.NextKey(), new Enrol("b")));
            while (enrolling.Steps < cut && !enrolling.IsDone)
            {
                Assert.True(enrolling.Step(world));
            }

            if (world.Do(Scene.Filing("d", Youngest, child: "c")) is Standing)
            {
                Assert.IsType<Done>(world.Do(new Withdraw("d")));
                Scene.Referred(world, "e", Youngest, "r", child: "c");
                Assert.IsType<ChildEnrolled>(world.Do(new Enrol("e")));
                Promises.Hold(world);
            }

            enrolling.RunToEnd(world, () => Promises.Hold(world));
            Promises.HoldAtTheEnd(world);
        }
    }

    [Fact]
    public void A_referral_that_ends_while_its_enrolment_is_prepared_does_not_expire()
    {
        var world = new World();
        Scene.EnrolledElsewhere(world);
        var enrolling = new Running(new CommandProcess(world.NextKey(), new Enrol("b")));
        while (enrolling.Ask is not Steps.CompleteEnrolment)
        {
            Assert.True(enrolling.Step(world));
        }

        world.At = new(world.At.UnixMilliseconds + 30L * 24 * 3_600_000);
        world.Crash();
        enrolling.Forget();
        enrolling.RunToEnd(world);
        Assert.Equal(new ChildEnrolled("p"), enrolling.Answer);
        Promises.HoldAtTheEnd(world);
    }
}
