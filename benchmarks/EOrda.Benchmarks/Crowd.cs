using EOrda.Queues;
using EOrda.Queues.Applications;
using EOrda.Queues.Names;
using EOrda.Queues.Rules;
using EOrda.Queues.Time;
using NodaTime;

namespace EOrda.Benchmarks;

/// <summary>Queues with many waiting, filed one every few seconds, with identifiers as long as real ones. The same on every run.</summary>
internal static class Crowd
{
    /// <summary>The first filing.</summary>
    public static readonly Moment Start = Moment.From(new LocalDateTime(2024, 1, 1, 9, 0).InUtc().ToInstant());

    /// <summary>Long after the last filing, 08:00 in Almaty.</summary>
    public static readonly Moment Morning = Moment.From(new LocalDateTime(2026, 6, 10, 3, 0).InUtc().ToInstant());

    private static readonly LocalDate Born = new(2022, 3, 1);

    /// <summary>14 characters.</summary>
    public static string Application(int number) => $"A26-{number:D10}";

    /// <summary>12 digits, as an identification number has.</summary>
    public static string Child(int number) => $"220301{number:D6}";

    /// <summary>12 digits.</summary>
    public static string Applicant(int number) => $"900115{number:D6}";

    /// <summary>One in twenty out of turn, one in five first-priority.</summary>
    public static Category CategoryOf(int number) => (number % 20) switch { 0 => Category.OutOfTurn, < 5 => Category.FirstPriority, _ => Category.General };

    /// <summary>The default rules of a town in Almaty's zone, changed as told.</summary>
    public static LocalityRules Rules(Action<RulesDraft>? change = null)
    {
        var draft = new RulesDraft { TimeZone = "Asia/Almaty" };
        change?.Invoke(draft);
        return draft.TryBuild(out var rules, out var fault) ? rules : throw new InvalidOperationException(fault);
    }

    /// <summary>A queue in which so many wait.</summary>
    public static Queue Queue(int waiting, LocalityRules rules)
    {
        var queue = new Queue(new QueueKey("almaty", Kind.General, "2022"));
        queue.Happen(new RulesAdopted(rules), Start, happened: null);
        for (var i = 0; i < waiting; i++)
        {
            queue.Happen(Filed(i), Start.PlusMinutes(i), happened: null);
        }

        return queue;
    }

    /// <summary>Frees so many places at one kindergarten; they are in priority access from <see cref="Morning"/> on.</summary>
    public static void Free(Queue queue, int places)
    {
        for (var i = 0; i < places; i++)
        {
            queue.Happen(new PlaceReported(Place(i), "kg-17", Morning.PlusHours(-14), Morning.PlusHours(-1), new CommandKey((ulong)i + 1)), Morning.PlusHours(-20), happened: null);
        }

        queue.Settle(Morning, happened: null);
    }

    public static string Place(int number) => $"kg-17/{number:D6}";

    private static ApplicationSubmitted Filed(int number) => new(
        Application(number), Child(number), Applicant(number), Born, CategoryOf(number), new Moment(Start.UnixMilliseconds + number * 1_000L), UnderReview: false, new LocalDate(2027, 1, 1), new CommandKey((ulong)number + 1));
}

/// <summary>Numbers that look random and are the same on every run.</summary>
internal static class Scatter
{
    /// <summary>A number below the bound for each index.</summary>
    public static int Below(int bound, int index)
    {
        var mixed = (ulong)index * 0x9E3779B97F4A7C15;
        mixed = (mixed ^ (mixed >> 30)) * 0xBF58476D1CE4E5B9;
        mixed = (mixed ^ (mixed >> 27)) * 0x94D049BB133111EB;
        return (int)((mixed ^ (mixed >> 31)) % (ulong)bound);
    }
}
