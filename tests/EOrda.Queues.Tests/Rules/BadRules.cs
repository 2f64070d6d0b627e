using EOrda.Queues.Rules;
using NodaTime;

namespace EOrda.Queues.Tests.Rules;

/// <summary>docs/replay.md, "Rules parameters and defaults": what is out of range is bad-rules, and the fault names the parameter.</summary>
public sealed class BadRules
{
    [Theory]
    [MemberData(nameof(Faults))]
    public void A_fault_names_its_parameter(string name, Action<RulesDraft> change)
    {
        var draft = new RulesDraft { TimeZone = "Asia/Almaty" };
        change(draft);
        Assert.False(draft.TryBuild(out _, out var fault));
        Assert.StartsWith($"{name}: ", fault, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_number_refuses_a_negative_a_fraction_and_one_beyond_all_bounds()
    {
        var numbers = typeof(RulesDraft).GetProperties().Where(property => property.PropertyType == typeof(decimal?)).ToList();
        Assert.Equal(13, numbers.Count);
        foreach (var property in numbers)
        {
            foreach (var value in new[] { -1m, -0.0001m, 0.0001m, decimal.MaxValue, decimal.MinValue, 2_147_483_648m })
            {
                var draft = new RulesDraft { TimeZone = "Asia/Almaty" };
                property.SetValue(draft, value);
                Assert.False(draft.TryBuild(out _, out var fault), $"{property.Name} {value}");
                Assert.StartsWith(property.Name, fault, StringComparison.OrdinalIgnoreCase);
            }
        }
    }

    [Fact]
    public void Nothing_given_makes_the_defaults()
    {
        Assert.True(new RulesDraft { TimeZone = "Asia/Almaty" }.TryBuild(out var rules, out var fault));
        Assert.Equal("", fault);
        Assert.Equal((1, 3, Lead.FirstPriority, false), (rules.FirstPriorityShare, rules.GeneralShare, rules.Lead, rules.Carry));
        Assert.Equal((new LocalTime(18, 0), new LocalTime(7, 0), new LocalTime(6, 30)), (rules.Handover, rules.Release, rules.FreezeFrom));
        Assert.Equal((10, 3, 1000, 5), (rules.ReservationMinutes, rules.PriorityWorkingDays, rules.WindowFactorThousandths, rules.ReferralWorkingDays));
        Assert.Equal((24, 10, 30, 10, 1), (rules.CancelHours, rules.ReturnMinutes, rules.ExtensionMaxDays, rules.StopListWorkingDays, rules.MissesAllowed));
        Assert.Equal((2, 3, 6, 12), (rules.ReferralsPerMonth, rules.LapsesPerDay, rules.AgeLimit, rules.ValidMonths));
        Assert.Empty(rules.Holidays);
        Assert.Empty(rules.Workdays);
    }

    [Fact]
    public void What_is_given_is_taken()
    {
        var draft = new RulesDraft
        {
            TimeZone = "Asia/Oral",
            Ratio = [1, 5],
            Lead = "general",
            Carry = true,
            WindowFactor = 1.500m,
            ReservationMinutes = 0,
            Holidays = ["2026-06-12", "2026-06-11", "2026-06-12"],
        };
        Assert.True(draft.TryBuild(out var rules, out _));
        Assert.Equal((1, 5, Lead.General, true, 1500, 0), (rules.FirstPriorityShare, rules.GeneralShare, rules.Lead, rules.Carry, rules.WindowFactorThousandths, rules.ReservationMinutes));
        Assert.Equal([new LocalDate(2026, 6, 11), new LocalDate(2026, 6, 12)], rules.Holidays);
    }

    [Fact]
    public void Rules_are_equal_when_each_of_their_numbers_is()
    {
        var draft = () => new RulesDraft { TimeZone = "Asia/Oral", Holidays = ["2026-06-12"] };
        Assert.True(draft().TryBuild(out var one, out _));
        Assert.True(draft().TryBuild(out var other, out _));
        Assert.Equal(one, other);
        Assert.Equal(one.GetHashCode(), other.GetHashCode());
        foreach (var property in typeof(LocalityRules).GetProperties().Where(property => property.SetMethod is not null))
        {
            var changed = one with { };
            property.SetValue(changed, property.GetValue(one) switch
            {
                int number => number + 1,
                bool flag => !flag,
                LocalTime time => time.PlusMinutes(1),
                string text => $"{text}!",
                Lead => (object)Lead.General,
                IReadOnlyList<LocalDate> dates => (LocalDate[])[.. dates, new LocalDate(2026, 1, 1)],
                var value => throw new InvalidOperationException($"No other value for {property.Name}: {value}."),
            });
            Assert.False(one.Equals(changed), property.Name);
        }
    }

    public static TheoryData<string, Action<RulesDraft>> Faults() => new()
    {
        { "timeZone", rules => rules.TimeZone = null },
        { "timeZone", rules => rules.TimeZone = "Asia/Nowhere" },
        { "timeZone", rules => rules.TimeZone = "asia/almaty" },
        { "timeZone", rules => rules.TimeZone = "UTC+05:00" },
        { "lead", rules => rules.Lead = "out-of-turn" },
        { "ratio", rules => rules.Ratio = [] },
        { "ratio", rules => rules.Ratio = [1] },
        { "ratio", rules => rules.Ratio = [1, 2, 3] },
        { "ratio", rules => rules.Ratio = [0, 3] },
        { "ratio", rules => rules.Ratio = [1, 0] },
        { "ratio", rules => rules.Ratio = [1, 2.5m] },
        { "referralsPerMonth", rules => rules.ReferralsPerMonth = 0 },
        { "lapsesPerDay", rules => rules.LapsesPerDay = 0 },
        { "carry", rules => (rules.Ratio, rules.Carry) = ([2, 3], true) },
        { "handover", rules => rules.Handover = "25:00" },
        { "handover", rules => rules.Handover = "24:00" },
        { "release", rules => rules.Release = "7:00" },
        { "release", rules => rules.Release = "07:00:00" },
        { "freezeFrom", rules => rules.FreezeFrom = "06.30" },
        { "freezeFrom", rules => rules.FreezeFrom = "" },
        { "freezeFrom", rules => rules.FreezeFrom = "07:00" },
        { "freezeFrom", rules => rules.FreezeFrom = "23:00" },
        { "release", rules => rules.Release = "18:00" },
        { "release", rules => rules.Handover = "06:45" },
        { "windowFactor", rules => rules.WindowFactor = 0.0001m },
        { "holidays", rules => rules.Holidays = ["2026-02-29"] },
        { "holidays", rules => rules.Holidays = ["2026-6-1"] },
        { "workdays", rules => rules.Workdays = ["tomorrow"] },
        { "holidays", rules => (rules.Holidays, rules.Workdays) = (["2026-06-12"], ["2026-06-13", "2026-06-12"]) },
        { "holidays", rules => rules.Holidays = [.. Enumerable.Repeat("2026-06-12", 10_001)] },
    };
}
