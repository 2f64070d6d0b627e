using EOrda.Queues.Applications;
using EOrda.Queues.Names;
using NodaTime;

namespace EOrda.Queues.Tests.Processes;

/// <summary>A small world, and the commands that meet in it.</summary>
/// <param name="Name">What it is about.</param>
/// <param name="Prepare">What was before.</param>
/// <param name="Commands">The commands.</param>
internal sealed record Scene(string Name, Action<World> Prepare, params Command[] Commands)
{
    /// <summary>True where each queue may give its places in an order of its own.</summary>
    public bool AnyPlaceWillDo { get; init; }

    public static readonly Scene[] All =
    [
        new("a filing", _ => { }, Filing("a", World.Older)),
        new("a filing refused by its queue", _ => { }, Filing("a", World.Older, born: new(2022, 3, 1))),
        new("a filing of a child with an archived application elsewhere", world => Do(world, Filing("b", World.Younger), new Withdraw("b")), Filing("a", World.Older, child: "b")),
        new("a place freed", _ => { }, Freeing("p", World.Older)),
        new("an enrolment", world => Referred(world, "a", World.Older, "p"), new Enrol("a")),
        new("an enrolment that leaves a place in another queue", EnrolledElsewhere, new Enrol("b")),
        new("an enrolment without a referral", world => Do(world, Filing("a", World.Older)), new Enrol("a")),
        new("a place revoked", world => Referred(world, "a", World.Older, "p"), new RevokePlace("p")),
        new("a clean-up of two queues", world => Lapsed(world), new CleanUp("almaty")),
        new("a reservation of a place in another queue", world => Do(world, Filing("a", World.Older), Freeing("q", World.Younger)), new Reserve("a", "q", null)),
        new("twins in two queues", world => Twins(world, "x", places: 1), Together("x")),
        new("twins in two queues, without a place in one of them", world => { Twins(world, "x", 1); Do(world, new RevokePlace("q0")); }, Together("x")),
        new("siblings in three queues", Siblings, TogetherInThree),
        new("siblings in three queues confirmed", world => { Siblings(world); Do(world, TogetherInThree); }, new Confirm("s-b")),
        new("twins confirmed", Held, new Confirm("xDec")),
        new("twins dropped", Held, new Drop("xJan")),
        new("a child filed in two queues", _ => { }, Filing("a", World.Older, child: "c"), Filing("b", "almaty/general/2022", child: "c", born: new(2022, 3, 1))),
        new("an identifier filed for two children", _ => { }, Filing("a", World.Older, child: "c"), Filing("a", World.Younger, child: "d")),
        new("a place freed in two queues", _ => { }, Freeing("p", World.Older), Freeing("p", World.Younger)),
        new("filing and withdrawing", world => Do(world, Filing("a", World.Older, child: "c")), Filing("b", World.Younger, child: "c"), new Withdraw("a")),
        new("enrolling anew and leaving", EnrolledElsewhere, new Enrol("b"), new Leave("a")),
        new("enrolling anew and revoking the new place", EnrolledElsewhere, new Enrol("b"), new RevokePlace("q")),
        new("enrolling anew and revoking the former place", EnrolledElsewhere, new Enrol("b"), new RevokePlace("p")),
        new("enrolling anew twice", EnrolledElsewhere, new Enrol("b"), new Enrol("b")),
        new("enrolling and filing anew", world => Referred(world, "a", World.Older, "p", child: "c"), new Enrol("a"), Filing("b", World.Younger, child: "c")),
        new("two families' twins for one place in each queue", world => { Twins(world, "x", 1); Twins(world, "y", 0); }, Together("x"), Together("y", turned: true)),
        new("two families' twins for two places in each queue", world => { Twins(world, "x", 2); Twins(world, "y", 0); }, Together("x"), Together("y", turned: true)) { AnyPlaceWillDo = true },
        new("the same twins twice", world => Twins(world, "x", 2), Together("x"), Together("x", turned: true)),
        new("twins and another child for the place in the leader's queue", world => { Twins(world, "x", 1); Do(world, Filing("z", World.Older)); }, Together("x"), new Reserve("z", "p0", null)),
        new("twins and another child for the place in the other queue", world => { Twins(world, "x", 1); Do(world, Filing("z", World.Younger)); }, Together("x"), new Reserve("z", null, "kg")),
        new(
            "twins and two other children for both places",
            world => { Twins(world, "x", 1); Do(world, Filing("y", World.Older), Filing("z", World.Younger)); },
            Together("x"),
            new Reserve("y", "p0", null),
            new Reserve("z", "q0", null)),
        new(
            "siblings in three queues and another child for the last place",
            world => { Siblings(world); Do(world, Filing("z", "almaty/sanatorium/c")); },
            TogetherInThree,
            new Reserve("z", "c", Kindergarten: null)),
        new("siblings in three queues confirmed and dropped", world => { Siblings(world); Do(world, TogetherInThree); }, new Confirm("s-b"), new Drop("s-c")),
        new("twins of whom one withdraws", world => Twins(world, "x", 1), Together("x"), new Withdraw("xJan")),
        new("twins of whom one loses the place", world => Twins(world, "x", 1), Together("x"), new RevokePlace("q0")),
        new("twins and a clean-up", world => Twins(world, "x", 1), Together("x"), new CleanUp("almaty")),
        new("twins confirmed by both", Held, new Confirm("xDec"), new Confirm("xJan")),
        new("twins confirmed and dropped", Held, new Confirm("xDec"), new Drop("xJan")),
        new("twins confirmed of whom one withdraws", Held, new Confirm("xDec"), new Withdraw("xJan")),
        new("twins confirmed of whom the leader's withdraws", Held, new Confirm("xJan"), new Withdraw("xDec")),
        new("twins dropped of whom one loses the place", Held, new Drop("xDec"), new RevokePlace("q0")),
    ];

    private static readonly string[] Profiles = ["a", "b", "c"];

    private static ReserveBatch TogetherInThree => new(["s-c", "s-a", "s-b"], "sanatorium");

    public static Scene Named(string name) => All.Single(scene => scene.Name == name);

    public World Begin()
    {
        var world = new World();
        Prepare(world);
        return world;
    }

    public static Submit Filing(string application, string queue, string? child = null, LocalDate? born = null, string? parent = null) => new(
        queue,
        application,
        child ?? $"child of {application}",
        born ?? new LocalDate(int.TryParse(queue[^4..], out var year) ? year : 2022, 3, 1),
        parent ?? $"parent of {application}",
        Category.General,
        Submitted: null,
        UnderReview: false);

    public static void Held(World world)
    {
        Twins(world, "x", places: 1);
        Assert.IsType<PlacesReserved>(world.Do(Together("x")));
    }

    public static ReserveBatch Together(string family, bool turned = false) =>
        new(turned ? [$"{family}Jan", $"{family}Dec"] : [$"{family}Dec", $"{family}Jan"], "kg");

    private static FreePlace Freeing(string place, string queue) => new(place, "kg", queue, Age: null);

    private static void Do(World world, params Command[] commands)
    {
        foreach (var command in commands)
        {
            Assert.IsNotType<Refusal>(world.Do(command));
        }
    }

    // The places are open to everyone a week later.
    private static void Twins(World world, string family, int places)
    {
        Do(
            world,
            Filing($"{family}Dec", World.Older, born: new(2021, 12, 20), parent: family),
            Filing($"{family}Jan", World.Younger, born: new(2022, 1, 10), parent: family));
        for (var i = 0; i < places; i++)
        {
            Do(world, Freeing($"p{i}", World.Older), Freeing($"q{i}", World.Younger));
        }

        world.At = World.Read("2026-06-08 12:00");
    }

    // Three siblings, each in the queue of another profile, and a place for each.
    private static void Siblings(World world)
    {
        foreach (var profile in Profiles)
        {
            Do(
                world,
                Filing($"s-{profile}", $"almaty/sanatorium/{profile}", parent: "s"),
                new FreePlace(profile, "sanatorium", $"almaty/sanatorium/{profile}", Age: null));
        }

        world.At = World.Read("2026-06-08 12:00");
    }

    public static void Referred(World world, string application, string queue, string place, string? child = null)
    {
        Do(world, Filing(application, queue, child), Freeing(place, queue));
        world.At = new(world.At.UnixMilliseconds + 7 * 24 * 3_600_000);
        Do(world, new Reserve(application, place, null), new Confirm(application));
    }

    public static void EnrolledElsewhere(World world)
    {
        Referred(world, "a", World.Older, "p", child: "c");
        Do(world, new Enrol("a"));
        Referred(world, "b", World.Younger, "q", child: "c");
    }

    private static void Lapsed(World world)
    {
        Do(world, Filing("a", World.Older), Filing("b", World.Younger), Filing("c", World.Older));
        world.At = World.Read("2027-07-01 12:00");
    }
}
