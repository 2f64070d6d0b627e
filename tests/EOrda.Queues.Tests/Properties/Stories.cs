using EOrda.Queues.Applications;
using EOrda.Queues.Country;
using EOrda.Queues.Names;
using EOrda.Queues.Rules;
using EOrda.Queues.Time;
using NodaTime;

namespace EOrda.Queues.Tests.Properties;

/// <summary>A command and its instant.</summary>
internal sealed record Said(Moment At, Command Command);

/// <summary>
/// Random commands over two localities, some fifty children and some places, on time that passes in small steps and in leaps to the boundaries of the day.
/// The story follows a country of its own, so that it knows whom it can send where; what is named mostly exists.
/// </summary>
internal sealed class Stories
{
    private const int Children = 49;
    private const long Minute = 60_000, Hour = 60 * Minute, Day = 24 * Hour;

    private static readonly string[] Localities = ["almaty", "oral"];

    // Births so close that some are siblings, on both sides of a new year, and so early that the first leave for age within the story.
    private static readonly LocalDate[] Births =
        [new(2020, 5, 30), new(2020, 12, 31), new(2021, 1, 10), new(2021, 1, 10), new(2021, 1, 10), new(2021, 1, 31), new(2021, 2, 28)];

    private static readonly string[] Kindergartens = ["kg", "kg2", "kg-special", "kg-san", "oral-kg", "nowhere"];

    private readonly WholeCountry country = new();
    private readonly List<string> applications = [];
    private readonly List<string> places = [];
    private Moment at = Moment.From(new LocalDateTime(2026, 4, 20, 9, 0).InUtc().ToInstant());

    /// <summary>The story that the steps tell, after its beginning.</summary>
    public static IReadOnlyList<Said> Tell(int[] steps)
    {
        var story = new Stories();
        var said = new List<Said>();
        foreach (var command in Beginning(new Dice(steps.Length)))
        {
            said.Add(story.Say(command));
        }

        foreach (var step in steps)
        {
            var dice = new Dice(step);
            story.Wait(dice);
            foreach (var (wait, command) in story.Scene(dice))
            {
                story.at = new Moment(story.at.UnixMilliseconds + wait);
                said.Add(story.Say(command));
            }
        }

        return said;
    }

    private Said Say(Command command)
    {
        switch (command, country.Execute(command, at))
        {
            case (Submit submit, Standing):
                applications.Add(submit.Application);
                break;
            case (FreePlace free, PlaceFreed):
                places.Add(free.Place);
                break;
        }

        return new Said(at, command);
    }

    private static IEnumerable<Command> Beginning(Dice dice)
    {
        yield return new SetRules("almaty", new RulesDraft
        {
            TimeZone = "Asia/Almaty",
            Carry = dice.Chance(50),
            WindowFactor = 0.5m,
            ReferralsPerMonth = 2,
            LapsesPerDay = 1,
            ValidMonths = 3,
            PriorityWorkingDays = 2,
            ReferralWorkingDays = dice.Pick(0, 1, 5),
        });
        yield return new SetRules("oral", new RulesDraft { TimeZone = "Africa/Cairo", Lead = "general", WindowFactor = 9, ReferralWorkingDays = 0, StopListWorkingDays = 2 });
        yield return new RegisterKindergarten("kg", "almaty", Kind.General);
        yield return new RegisterKindergarten("kg2", "almaty", Kind.General);
        yield return new RegisterKindergarten("kg-special", "almaty", Kind.Special);
        yield return new RegisterKindergarten("kg-san", "almaty", Kind.Sanatorium);
        yield return new RegisterKindergarten("oral-kg", "oral", Kind.General);
    }

    private void Wait(Dice dice) => at = new Moment(at.UnixMilliseconds + dice.Below(1000) switch
    {
        < 600 => 0,
        < 700 => dice.Below(3),
        < 800 => dice.Below(11) * Minute,

        // To 07:00, 06:30 or midnight in Almaty, or a millisecond to either side.
        < 940 => Day - (at.UnixMilliseconds + dice.Pick(-2 * Hour, -2 * Hour, -2 * Hour, -90 * Minute, 5 * Hour) + Day) % Day + dice.Pick(-1, 0, 0, 1),
        < 985 => dice.Below(24) * Hour,
        < 999 => dice.Below(4) * Day,
        _ => dice.Below(60) * Day,
    });

    private string Application(Dice dice, Status preferred = Status.Waiting)
    {
        var suitable = applications.Where(name => country.QueueOfApplication(name, at)!.Find(name)!.Status == preferred).ToList();
        return suitable.Count > 0 && dice.Chance(60) ? suitable[dice.Below(suitable.Count)] : Any(applications, dice);
    }

    private static string Any(List<string> names, Dice dice) => names.Count > 0 && dice.Chance(98) ? names[dice.Below(names.Count)] : "nobody";

    /// <summary>One command, or the whole way of one application from its reservation on; each after a wait.</summary>
    private List<(long Wait, Command Command)> Scene(Dice dice)
    {
        var application = Application(dice);
        var place = Any(places, dice);
        return dice.Below(100) switch
        {
            < 22 => [(0, Filing(dice, dice.Chance(98) ? $"a{applications.Count}" : application))],
            < 32 => [(0, Freeing(dice, dice.Chance(92) ? $"s{places.Count}" : place))],
            < 46 => [(0, new Reserve(application, place, Kindergarten: null))],
            < 51 => [(0, new Reserve(application, Place: null, Kindergarten(dice)))],
            < 56 => [(0, Together(dice, application)), (dice.Below(11) * Minute, new Confirm(application))],
            < 80 => Way(dice, application),
            < 83 => [(0, new Reserve(application, Place: null, "kg")), (0, new Drop(application))],
            83 => [(0, new Leave(Application(dice, Status.Archived)))],
            84 => [(0, new RevokePlace(place))],
            85 => [(0, new Review(Application(dice, Status.Review), dice.Chance(60)))],
            < 90 => AfterReferral(dice, Application(dice, Status.Referred)),
            < 92 => [(0, new ChangeCategory(application, dice.Pick(Category.OutOfTurn, Category.FirstPriority, Category.General)))],
            92 => [(0, new Prolong(application))],
            93 => [(0, dice.Chance(50) ? new Transfer(application, $"parent{dice.Below(Children) / 4}") : new Correct(application, Birth(dice)))],
            < 95 => [(0, new Withdraw(application))],
            < 97 => [(0, new CleanUp(dice.Pick<string>(Localities)))],
            _ => [(0, new AmendRules(dice.Pick<string>(Localities), Amendment(dice)))],
        };
    }

    private static List<(long Wait, Command Command)> Way(Dice dice, string application) =>
    [
        (0, new Reserve(application, Place: null, Kindergarten(dice))),
        (dice.Below(3) * 3 * Minute, new Confirm(application)),
        .. AfterReferral(dice, application),
    ];

    private static List<(long Wait, Command Command)> AfterReferral(Dice dice, string application)
    {
        var commands = new List<(long, Command)>();
        for (var left = dice.Below(5); left > 0; left--)
        {
            commands.Add((dice.Pick(0, 0, 0, 0, 0, Hour, Day, 5 * Day), dice.Below(7) switch
            {
                0 => new Cancel(application),
                1 or 2 => new Extend(application, dice.Pick(-1, 0, 1, 2, 30, 31)),
                3 => new Verify(application, dice.Chance(60)),
                4 => new Refuse(application),
                _ => new Enrol(application),
            }));
            commands.Add((0, new Reserve(application, Place: null, "kg")));
        }

        return commands;
    }

    private ReserveBatch Together(Dice dice, string application)
    {
        var others = Enumerable.Range(0, dice.Below(3)).Select(_ => Application(dice)).ToList();
        return new ReserveBatch([application, .. others], Kindergarten(dice));
    }

    private static string Kindergarten(Dice dice) => dice.Chance(60) ? "kg" : dice.Pick<string>(Kindergartens);

    private static Submit Filing(Dice dice, string application)
    {
        var child = dice.Below(Children);
        var born = Births[child % Births.Length];
        var queue = dice.Below(10) switch
        {
            0 => $"almaty/special/{born.Year}",
            1 => "almaty/sanatorium/allergy",
            2 => $"oral/general/{born.Year}",
            3 => dice.Chance(80) ? "almaty/general/2020" : dice.Pick("almaty", "almaty/odd/2021"),
            _ => $"almaty/general/{born.Year}",
        };
        var submitted = dice.Chance(30) ? new Moment(Moment.From(new LocalDateTime(2026, 4, 1, 0, 0).InUtc().ToInstant()).UnixMilliseconds + dice.Below(5)) : (Moment?)null;
        return new Submit(queue, application, $"child{child}", born, $"parent{child / 4}", dice.Pick(Category.OutOfTurn, Category.FirstPriority, Category.General, Category.General), submitted, dice.Chance(15));
    }

    private static LocalDate Birth(Dice dice) => Births[dice.Below(Births.Length)].PlusDays(dice.Pick(-1, 0, 1, 200, 1_000, 3_000));

    private static FreePlace Freeing(Dice dice, string place)
    {
        var kindergarten = Kindergarten(dice);
        var queue = kindergarten switch
        {
            "kg-special" => $"almaty/special/{2020 + dice.Below(2)}",
            "kg-san" => "almaty/sanatorium/allergy",
            "oral-kg" => $"oral/general/{2020 + dice.Below(2)}",
            _ => $"almaty/general/{(dice.Chance(80) ? 2021 : 2020)}",
        };
        return dice.Chance(15) ? new FreePlace(place, kindergarten, Queue: null, 4 + dice.Below(2)) : new FreePlace(place, kindergarten, queue, Age: null);
    }

    private static RulesDraft Amendment(Dice dice) => dice.Below(7) switch
    {
        0 => new RulesDraft { ReservationMinutes = dice.Below(12) },
        1 => new RulesDraft { PriorityWorkingDays = dice.Below(4) },
        2 => new RulesDraft { FreezeFrom = "06:00", Release = dice.Pick("07:00", "08:00") },
        3 => new RulesDraft { StopListWorkingDays = dice.Below(4) },
        4 => new RulesDraft { Carry = true },
        5 => new RulesDraft { ReferralsPerMonth = 1 + dice.Below(3), LapsesPerDay = 1 + dice.Below(3) },
        _ => new RulesDraft { MissesAllowed = dice.Below(3), ReturnMinutes = dice.Below(12) },
    };
}
