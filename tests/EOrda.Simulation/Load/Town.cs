using EOrda.Queues;
using EOrda.Queues.Applications;
using EOrda.Queues.Names;
using EOrda.Queues.Rules;
using EOrda.Queues.Time;
using EOrda.Simulation.Worlds;
using NodaTime;

namespace EOrda.Simulation.Load;

/// <summary>An application as the families know it.</summary>
internal sealed class Filed(string name, QueueKey queue, string child, LocalDate born, string applicant)
{
    public string Name { get; } = name;

    public QueueKey Queue { get; } = queue;

    public string Child { get; } = child;

    public LocalDate Born { get; } = born;

    public string Applicant { get; } = applicant;

    /// <summary>What the family was last told, in a word: what to try next, which may be refused.</summary>
    public string Heard { get; set; } = "waiting";
}

/// <summary>A place as its kindergarten knows it.</summary>
internal sealed record Freed(string Name, string Kindergarten, QueueKey Queue);

/// <summary>The invented cities: their rules, queues and kindergartens, and who has filed and freed what so far.</summary>
internal sealed class Town
{
    private static readonly string[] Cities = ["almaty", "semey"];

    private readonly Dice dice;
    private int people;
    private int names;

    public Town(int seed)
    {
        dice = new Dice(seed, 6);
        foreach (var city in Cities)
        {
            Queues.AddRange(new[] { "2020", "2021", "2022", "2023" }.Select(year => new QueueKey(city, Kind.General, year)));
            Kindergartens.Add(($"{city}-1", city, Kind.General));
            Kindergartens.Add(($"{city}-2", city, Kind.General));
        }

        Queues.Add(new QueueKey(Cities[0], Kind.Special, "2021"));
        Queues.Add(new QueueKey(Cities[0], Kind.Sanatorium, "lungs"));
        Kindergartens.Add(("special-1", Cities[0], Kind.Special));
        Kindergartens.Add(("lungs-1", Cities[0], Kind.Sanatorium));
        Hot = Queues[1];
        Younger = Queues[2];
        CancelHours = dice.Of([1, 2, 24]);
    }

    /// <summary>The instant at which everything begins: a Monday afternoon.</summary>
    public static Moment Begins { get; } = Moment.From(Instant.FromUtc(2026, 10, 12, 10, 30));

    /// <summary>All queues that there may be.</summary>
    public List<QueueKey> Queues { get; } = [];

    /// <summary>For how many hours a referral can be cancelled, in both cities.</summary>
    public int CancelHours { get; }

    /// <summary>The queue in which most wait.</summary>
    public QueueKey Hot { get; }

    /// <summary>The queue of the year behind it, which siblings of a year's turn wait in.</summary>
    public QueueKey Younger { get; }

    public List<(string Name, string City, Kind Kind)> Kindergartens { get; } = [];

    public List<Filed> Applications { get; } = [];

    public List<Freed> Places { get; } = [];

    /// <summary>Pairs of applications that may reserve together.</summary>
    public List<(Filed First, Filed Second)> Twins { get; } = [];

    /// <summary>The rules of each city: some of the periods so short that everything comes about in a few days.</summary>
    public IEnumerable<SetRules> Rules() => Cities.Select(city => new SetRules(city, new RulesDraft
    {
        TimeZone = city == Cities[0] ? "Asia/Almaty" : "Asia/Qyzylorda",
        Ratio = dice.Chance(0.5) ? [1, dice.Between(1, 4)] : null,
        Lead = dice.Chance(0.3) ? "general" : null,
        Carry = dice.Chance(0.4),
        ReservationMinutes = dice.Of([1, 5, 10]),
        PriorityWorkingDays = dice.Between(0, 2),
        WindowFactor = dice.Of([1m, 1.5m, 3m, 10m]),
        ReferralWorkingDays = dice.Between(0, 1),
        CancelHours = CancelHours,
        ReturnMinutes = dice.Between(1, 20),
        StopListWorkingDays = dice.Between(0, 1),
        MissesAllowed = dice.Between(0, 1),
        ReferralsPerMonth = dice.Between(1, 3),
        LapsesPerDay = dice.Between(1, 3),
        ValidMonths = dice.Of([0, 12]),
    }));

    /// <summary>Amendments of rules that only commands look at.</summary>
    public IEnumerable<AmendRules> Amendments() => Cities.Where(_ => dice.Chance(0.3)).Select(city => new AmendRules(city, dice.Of<RulesDraft>(
    [
        new() { LapsesPerDay = dice.Between(1, 4) },
        new() { WindowFactor = dice.Of([0.5m, 2m, 5m]) },
        new() { ReferralsPerMonth = dice.Between(1, 4) },
    ])));

    /// <summary>A filing in a queue: a new child, now and then one that is known already.</summary>
    public Submit NewFiling(QueueKey queue, Moment? submitted = null)
    {
        var known = Applications.Count > 0 && dice.Chance(0.1) ? dice.Of(Applications) : null;
        var born = known is not null && dice.Chance(0.7) ? known.Born : BirthDate(queue);
        return Filing(queue, known?.Child ?? $"c{++people}", born, known?.Applicant ?? $"p{++people}", submitted);
    }

    /// <summary>A filing that cannot be refused.</summary>
    public Submit ProbeFiling(QueueKey queue) => new(
        queue.ToString(),
        $"a{++names}",
        $"c{++people}",
        new LocalDate(queue.Kind == Kind.Sanatorium ? 2022 : queue.Year, 12, 30),
        $"p{people}",
        Category.General,
        Submitted: null,
        UnderReview: false);

    /// <summary>Filings of one child in two queues at once, best of two cities.</summary>
    public (Submit First, Submit Second) TwoFilings()
    {
        var first = dice.Of(Queues.FindAll(queue => queue.Kind == Kind.General));
        var second = dice.Of(Queues.FindAll(queue => queue.Kind == Kind.General && queue.Cohort == first.Cohort));
        var filing = NewFiling(first);
        return (filing, Filing(second, filing.Child, filing.Born, filing.Applicant, submitted: null));
    }

    /// <summary>Filings of two children of one applicant, born at a year's turn in half of the cases.</summary>
    public (Submit First, Submit Second) TwinFilings()
    {
        var city = dice.Of(Cities);
        var apart = dice.Chance(0.5);
        var firstQueue = new QueueKey(city, Kind.General, "2021");
        var secondQueue = apart ? new QueueKey(city, Kind.General, "2022") : firstQueue;
        var applicant = $"p{++people}";
        return (
            Filing(firstQueue, $"c{++people}", new LocalDate(2021, 12, 20), applicant, submitted: null),
            Filing(secondQueue, $"c{++people}", apart ? new LocalDate(2022, 1, dice.Between(10, 22)) : new LocalDate(2021, 12, 20), applicant, submitted: null));
    }

    /// <summary>A report of a free place, by queue or by age.</summary>
    public FreePlace NewPlace(QueueKey queue)
    {
        var (name, _, kind) = dice.Of(Kindergartens.FindAll(one => one.City == queue.Locality && one.Kind == queue.Kind));
        var byAge = kind != Kind.Sanatorium && dice.Chance(0.3);
        var place = dice.Chance(0.02) && Places.Count > 0 ? dice.Of(Places).Name : $"s{++names}";
        return new FreePlace(place, name, byAge ? null : queue.ToString(), byAge ? 2026 - queue.Year : null);
    }

    /// <summary>Notes a filing that was answered with yes.</summary>
    public Filed Note(Submit filing, Standing standing)
    {
        if (!QueueKey.TryParse(filing.Queue, out var queue))
        {
            throw new ArgumentException($"'{filing.Queue}' is no queue.", nameof(filing));
        }

        var filed = new Filed(filing.Application, queue, filing.Child, filing.Born, filing.Applicant) { Heard = Words.Of(standing.Status) };
        Applications.Add(filed);
        return filed;
    }

    private Submit Filing(QueueKey queue, string child, LocalDate born, string applicant, Moment? submitted)
    {
        var category = dice.Weighted([(5, Category.General), (3, Category.FirstPriority), (1, Category.OutOfTurn)]);
        var application = dice.Chance(0.01) && Applications.Count > 0 ? dice.Of(Applications).Name : $"a{++names}";
        return new Submit(queue.ToString(), application, child, born, applicant, category, submitted, dice.Chance(0.1));
    }

    private LocalDate BirthDate(QueueKey queue)
    {
        var year = queue.Kind == Kind.Sanatorium ? 2022 : queue.Year;
        return year == 2020
            ? new LocalDate(2020, dice.Between(9, 12), dice.Between(1, 28))
            : new LocalDate(year, dice.Between(1, 12), dice.Between(1, 28));
    }
}
