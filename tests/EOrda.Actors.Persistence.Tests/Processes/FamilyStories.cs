using EOrda.Queues;
using EOrda.Queues.Applications;
using EOrda.Queues.Country;
using EOrda.Queues.Names;
using EOrda.Queues.Rules;
using EOrda.Queues.Tests.Properties;
using EOrda.Queues.Time;
using NodaTime;

namespace EOrda.Actors.Persistence.Tests.Processes;

/// <summary>
/// Random commands of a few families with twins born around a new year, in two localities with enough places: much of what happens spans queues. The story
/// follows a country of its own, so that what is named mostly exists.
/// </summary>
internal sealed class FamilyStories
{
    private const int Families = 3;
    private const long Minute = 60_000, Hour = 60 * Minute, Day = 24 * Hour;

    private static readonly string[] Localities = ["almaty", "oral"];
    private static readonly (string Name, LocalDate Born)[] Twins = [("older", new(2021, 12, 20)), ("younger", new(2022, 1, 10))];

    private readonly WholeCountry country = new();
    private readonly List<string> applications = [];
    private readonly List<string> places = [];
    private readonly Dice dice;
    private string? heldTogether;
    private Moment at = Moment.From(new LocalDateTime(2026, 4, 20, 4, 0).InUtc().ToInstant());

    private FamilyStories(int seed) => dice = new Dice(seed);

    /// <summary>A story with what the country without actors answers.</summary>
    public static IReadOnlyList<(Said Said, Answer Answer)> Tell(int seed, int length)
    {
        var story = new FamilyStories(seed);
        var told = Beginning().Select(command => (new Said(story.at, command), story.country.Execute(command, story.at))).ToList();
        while (told.Count < length)
        {
            story.at = new Moment(story.at.UnixMilliseconds + story.dice.Pick(0, 0, 0, 0, 0, 0, 0, Minute, 5 * Minute, 11 * Minute, 3 * Hour, Day, Day));
            var command = story.Next();
            told.Add((new Said(story.at, command), story.Execute(command)));
        }

        return told;
    }

    private static IEnumerable<Command> Beginning()
    {
        foreach (var locality in Localities)
        {
            yield return new SetRules(locality, new RulesDraft { TimeZone = "Asia/Almaty", PriorityWorkingDays = 0, LapsesPerDay = 3, ReferralsPerMonth = 9, ValidMonths = 1 });
            yield return new RegisterKindergarten($"{locality}-kg", locality, Kind.General);
        }
    }

    private Answer Execute(Command command)
    {
        var answer = country.Execute(command, at);
        switch (command, answer)
        {
            case (Submit submit, Standing):
                applications.Add(submit.Application);
                break;
            case (FreePlace free, PlaceFreed):
                places.Add(free.Place);
                break;
            case (ReserveBatch batch, PlacesReserved):
                heldTogether = dice.Pick(batch.Applications[0], batch.Applications[^1]);
                break;
        }

        return answer;
    }

    private Command Next()
    {
        var application = heldTogether;
        heldTogether = null;
        return application is null
            ? Any()
            : dice.Below(10) switch
            {
                < 5 => new Confirm(application),
                < 7 => new Drop(application),
                _ => Any(),
            };
    }

    private Command Any() => dice.Below(100) switch
    {
        < 18 => Filing(),
        < 38 => new FreePlace(dice.Chance(95) ? $"p{places.Count}" : Any(places), $"{dice.Pick<string>(Localities)}-kg", Queue: null, dice.Pick(3, 4)),
        < 56 => Together(),
        < 62 => new Reserve(Application(Status.Waiting), Any(places), Kindergarten: null),
        < 66 => new Reserve(Application(Status.Waiting), Place: null, $"{dice.Pick<string>(Localities)}-kg"),
        < 75 => new Confirm(Holding()),
        < 80 => new Drop(Holding()),
        < 91 => new Enrol(Application(Status.Referred)),
        91 => new Refuse(Application(Status.Referred)),
        92 => new Cancel(Application(Status.Referred)),
        93 => new Leave(Application(Status.Archived)),
        94 => new RevokePlace(Any(places)),
        95 => new Withdraw(Application(Status.Waiting)),
        < 99 => new CleanUp(dice.Pick<string>(Localities)),
        _ => new Prolong(Application(Status.Waiting)),
    };

    private Submit Filing()
    {
        var (family, (twin, born)) = (dice.Below(Families), Twins[dice.Below(Twins.Length)]);
        return new Submit(
            $"{dice.Pick<string>(Localities)}/general/{born.Year}",
            dice.Chance(95) ? $"a{applications.Count}" : Any(applications),
            $"{twin} {family}",
            born,
            $"parent {family}",
            Category.General,
            Submitted: null,
            UnderReview: false);
    }

    // Mostly those of one family who wait in one locality.
    private ReserveBatch Together()
    {
        var (family, locality) = (dice.Below(Families), dice.Pick<string>(Localities));
        var waiting = applications.Where(name => QueueOf(name) is var queue && queue.Key.Locality == locality && IsOf(queue, name, family)).ToList();
        var members = waiting.Count > 1 && dice.Chance(95) ? waiting : [Any(applications), Any(applications)];
        if (dice.Chance(50))
        {
            members.Reverse();
        }

        return new ReserveBatch(members, $"{locality}-kg");
    }

    private static bool IsOf(Queue queue, string name, int family) =>
        queue.Find(name)!.Status == Status.Waiting && queue.ChildOf(name)!.EndsWith($" {family}", StringComparison.Ordinal);

    private Queue QueueOf(string application) => country.QueueOfApplication(application, at)!;

    private string Holding() => Application(state => state is { Status: Status.Waiting, Place: not null });

    private string Application(Status preferred) => Application(state => state.Status == preferred);

    private string Application(Func<ApplicationState, bool> preferred)
    {
        var suitable = applications.Where(name => preferred(QueueOf(name).Find(name)!)).ToList();
        return suitable.Count > 0 && dice.Chance(80) ? suitable[dice.Below(suitable.Count)] : Any(applications);
    }

    private string Any(List<string> names) => names.Count > 0 && dice.Chance(98) ? names[dice.Below(names.Count)] : "nobody";
}
