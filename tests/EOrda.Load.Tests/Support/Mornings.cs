using EOrda.Queues;
using EOrda.Queues.Applications;
using EOrda.Queues.Rules;
using EOrda.Queues.Tests.Properties;
using NodaTime;

namespace EOrda.Load.Tests.Support;

/// <summary>
/// Random mornings of one queue in which many are kept from reserving: by a reservation, by having given one up, by a referral of that month. It begins on
/// Monday 1 June 2026 at 09:00 with twelve families and six places.
/// </summary>
internal sealed class Mornings
{
    public const string Queue = "almaty/general/2022";

    private const long Second = 1_000, Minute = 60 * Second, Hour = 60 * Minute;
    private const int Families = 12, Places = 6;

    private int filed;
    private int freed;

    /// <summary>What happens before the first step.</summary>
    public IEnumerable<Command> Beginning()
    {
        yield return new SetRules("almaty", new RulesDraft { TimeZone = "Asia/Almaty", LapsesPerDay = 1, ReferralsPerMonth = 1, Carry = true });
        yield return new RegisterKindergarten("kg", "almaty", EOrda.Queues.Names.Kind.General);
        for (var i = 0; i < Families; i++)
        {
            yield return File((Category)(i % 3));
        }

        for (var i = 0; i < Places; i++)
        {
            yield return Free();
        }
    }

    /// <summary>One step: how long passes before it, and what is asked then.</summary>
    /// <param name="dice">Chance.</param>
    /// <param name="now">The instant now, Unix milliseconds.</param>
    public (long Wait, Command Command) Next(Dice dice, long now)
    {
        var application = $"a{1 + dice.Below(filed)}";
        Command command = dice.Below(20) switch
        {
            < 9 => new Reserve(application, Place: null, "kg"),
            < 13 => new Drop(application),
            < 15 => new Confirm(application),
            15 => new Cancel(application),
            16 => File(dice.Pick(Category.OutOfTurn, Category.FirstPriority, Category.General)),
            17 => dice.Chance(70) ? Free() : new RevokePlace($"p{1 + dice.Below(freed)}"),
            18 => dice.Chance(50) ? new ChangeCategory(application, dice.Pick(Category.OutOfTurn, Category.FirstPriority, Category.General)) : new Withdraw(application),
            _ => new AmendRules("almaty", new RulesDraft { WindowFactor = dice.Pick(0.5m, 1m, 2m), LapsesPerDay = dice.Pick(1, 1, 2) }),
        };
        return (dice.Below(12) switch
        {
            < 7 => dice.Below(20) * Second,
            < 10 => dice.Below(30) * Minute,
            10 => Until(now, 7),
            _ => Until(now, 24),
        }, command);
    }

    // The next time of that hour in Almaty, or a second after it.
    private static long Until(long now, int hour)
    {
        var day = 24 * Hour;
        var local = (now + 5 * Hour) % day;
        return ((hour * Hour - local) % day + day) % day + Second;
    }

    private Submit File(Category category)
    {
        filed++;
        return new Submit(Queue, $"a{filed}", $"child {filed}", new LocalDate(2022, 3, 1), $"parent {filed}", category, Submitted: null, UnderReview: false);
    }

    private FreePlace Free() => new($"p{++freed}", "kg", Queue, Age: null);
}
