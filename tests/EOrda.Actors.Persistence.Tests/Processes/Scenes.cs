using EOrda.Queues;
using EOrda.Queues.Applications;
using EOrda.Queues.Names;
using NodaTime;

namespace EOrda.Actors.Persistence.Tests.Processes;

/// <summary>What has happened before, and the command then given, each for a family of its own.</summary>
internal static class Scenes
{
    private const string Older = CountryNode.Older, Younger = CountryNode.Younger;

    private static readonly TimeSpan UntilOpen = TimeSpan.FromDays(1);

    /// <summary>Scenes by their names: each prepares a family and gives the command that follows.</summary>
    public static readonly IReadOnlyDictionary<string, Func<CountryNode, string, Task<Command>>> All = new SortedDictionary<string, Func<CountryNode, string, Task<Command>>>
    {
        ["a filing"] = (_, family) => Given(Filing($"{family}a", Older)),
        ["a filing refused by its queue"] = (_, family) => Given(Filing($"{family}a", Older, born: new LocalDate(2019, 1, 1))),
        ["a filing of a child with an active application"] = async (node, family) =>
        {
            await node.Do(Filing($"{family}a", Younger, child: family));
            return Filing($"{family}b", Older, child: family);
        },
        ["a filing of a child whose application was withdrawn"] = async (node, family) =>
        {
            await node.Do(Filing($"{family}a", Younger, child: family), new Withdraw($"{family}a"));
            return Filing($"{family}b", Older, child: family);
        },
        ["a place freed"] = (_, family) => Given(Freeing($"{family}p", Older)),
        ["an enrolment that leaves the former place"] = async (node, family) =>
        {
            await Enrolled(node, family);
            await Referred(node, $"{family}b", Younger, family);
            return new Enrol($"{family}b");
        },
        ["a reservation of another queue's place"] = async (node, family) =>
        {
            await node.Do(Filing($"{family}a", Older), Freeing($"{family}p", Younger));
            node.Pass(UntilOpen);
            return new Reserve($"{family}a", $"{family}p", null);
        },
        ["twins in one queue"] = async (node, family) =>
        {
            await node.Do(Filing($"{family}a", Older, parent: family), Filing($"{family}b", Older, parent: family));
            await Places(node, family, Older, Older);
            return Together(family);
        },
        ["twins in two queues"] = async (node, family) =>
        {
            await Twins(node, family);
            return Together(family);
        },
        ["twins in two queues without a place for one"] = async (node, family) =>
        {
            await node.Do(Child(family, Older), Child(family, Younger));
            await Places(node, family, Older);
            return Together(family);
        },
        ["twins confirmed"] = async (node, family) =>
        {
            await Held(node, family);
            return new Confirm($"{family}b");
        },
        ["twins dropped"] = async (node, family) =>
        {
            await Held(node, family);
            return new Drop($"{family}a");
        },
    };

    public static QueueKey KeyOf(string queue) => QueueKey.TryParse(queue, out var key) ? key : throw new ArgumentException(queue, nameof(queue));

    public static Submit Filing(string application, string queue, string? child = null, LocalDate? born = null, string? parent = null) => new(
        queue,
        application,
        child ?? $"child of {application}",
        born ?? new LocalDate(int.Parse(queue[^4..]), 3, 1),
        parent ?? $"parent of {application}",
        Category.General,
        Submitted: null,
        UnderReview: false);

    /// <summary>An application of the older queue, named as the family, and a place that is open to it.</summary>
    public static async Task Open(CountryNode node, string family)
    {
        await node.Do(Filing(family, Older), Freeing($"{family}-p", Older));
        node.Pass(UntilOpen);
    }

    /// <summary>Twins born around a new year, in two queues, with a place for each.</summary>
    public static async Task Twins(CountryNode node, string family)
    {
        await node.Do(Child(family, Older), Child(family, Younger));
        await Places(node, family, Older, Younger);
    }

    public static ReserveBatch Together(string family) => new([$"{family}a", $"{family}b"], KindergartenOf(family));

    /// <summary>The kindergarten in which nobody but the family looks for places.</summary>
    public static string KindergartenOf(string family) => $"kindergarten of {family}";

    /// <summary>Twins whose batch is held.</summary>
    public static async Task Held(CountryNode node, string family)
    {
        await Twins(node, family);
        Assert.IsType<PlacesReserved>(await node.Ask(Together(family)));
        await node.Settle();
    }

    public static async Task Referred(CountryNode node, string application, string queue, string? child = null)
    {
        await node.Do(Filing(application, queue, child), Freeing($"{application}-p", queue));
        node.Pass(UntilOpen);
        await node.Do(new Reserve(application, $"{application}-p", null), new Confirm(application));
    }

    /// <summary>A child, named as the family, that has a place in the older queue.</summary>
    public static async Task Enrolled(CountryNode node, string family)
    {
        await Referred(node, $"{family}a", Older, family);
        await node.Do(new Enrol($"{family}a"));
    }

    public static FreePlace Freeing(string place, string queue, string kindergarten = "kg") => new(place, kindergarten, queue, Age: null);

    private static async Task Places(CountryNode node, string family, params string[] queues)
    {
        await node.Do(new RegisterKindergarten(KindergartenOf(family), "almaty", Kind.General));
        for (var i = 0; i < queues.Length; i++)
        {
            await node.Do(Freeing($"{family}{"pq"[i]}", queues[i], KindergartenOf(family)));
        }

        node.Pass(UntilOpen);
    }

    private static Submit Child(string family, string queue) => queue == Older
        ? Filing($"{family}a", Older, born: new LocalDate(2021, 12, 20), parent: family)
        : Filing($"{family}b", Younger, born: new LocalDate(2022, 1, 10), parent: family);

    private static Task<Command> Given(Command command) => Task.FromResult(command);
}
