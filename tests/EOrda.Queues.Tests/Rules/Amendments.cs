using EOrda.Queues.Rules;

namespace EOrda.Queues.Tests.Rules;

/// <summary>Rules, section 10: amending from an instant on; what was already fixed keeps its instant.</summary>
public sealed class Amendments
{
    [Fact]
    public void A_reservations_end_is_fixed()
    {
        var town = Waiting().At("2026-06-08 12:00");
        town.Reserves("A", "s1");
        town.Amends(rules => (rules.ReservationMinutes, rules.FreezeFrom, rules.Release) = (1, "12:01", "12:02"));
        Assert.Equal("reserved until 2026-06-08 12:10", town.Place("s1"));
        Assert.Equal("A until 2026-06-16 00:00", town.At("2026-06-08 12:09:59.999").Confirms("A"));
    }

    [Fact]
    public void A_referrals_end_is_fixed_and_an_extension_goes_by_the_rules_then()
    {
        var town = Waiting().At("2026-06-08 12:00").Refer("A", "s1");
        town.Amends(rules => (rules.ReferralWorkingDays, rules.Holidays, rules.ExtensionMaxDays) = (1, ["2026-06-15"], 2));
        Assert.Equal("referred until 2026-06-16 00:00", town.State("A"));
        Assert.Equal("bad-length", town.At("2026-06-15 12:00").Extends("A", 3));
        Assert.Equal("until 2026-06-18 00:00", town.Extends("A", 2));
    }

    [Fact]
    public void A_stop_lists_end_is_fixed()
    {
        var town = Waiting().At("2026-06-08 12:00").Refer("A", "s1").At("2026-06-16 12:00");
        town.Amends(rules => (rules.StopListWorkingDays, rules.Workdays) = (1, ["2026-06-20", "2026-06-21"]));
        Assert.Equal("stop-listed until 2026-06-30 00:00 (referral-expired)", town.At("2026-06-29 23:59").State("A"));
        Assert.Equal("waiting 1", town.At("2026-06-30 00:00").State("A"));
    }

    [Fact]
    public void A_return_is_fixed()
    {
        var town = Waiting().At("2026-06-08 12:00").Refer("A", "s1");
        town.Cancels("A");
        town.Amends(rules => rules.ReturnMinutes = 1);
        Assert.Equal("returning until 2026-06-08 12:10", town.At("2026-06-08 12:09").State("A"));
    }

    [Fact]
    public void A_priority_periods_end_is_fixed_at_the_release()
    {
        var town = Waiting().At("2026-06-02 07:00");
        town.Amends(rules => (rules.PriorityWorkingDays, rules.Release) = (0, "08:00"));
        Assert.Equal("available priority until 2026-06-05 07:00", town.Place("s1"));
    }

    [Fact]
    public void An_availability_is_fixed_at_the_report_and_the_priority_periods_end_is_not()
    {
        var town = Waiting();
        town.Amends(rules => (rules.Release, rules.Handover, rules.PriorityWorkingDays) = ("08:00", "17:00", 1));
        Assert.Equal("reported from 2026-06-02 07:00", town.At("2026-06-01 17:59").Place("s1"));
        Assert.Equal("locked from 2026-06-02 07:00", town.At("2026-06-01 18:00").Place("s1"));
        Assert.Equal("available priority until 2026-06-03 08:00", town.At("2026-06-02 07:00").Place("s1"));
    }

    [Fact]
    public void A_given_back_places_availability_is_fixed()
    {
        var town = Waiting().At("2026-06-08 12:00");
        town.Reserves("A", "s1");
        Assert.Equal("place from 2026-06-09 07:00", town.Drops("A"));
        town.Amends(rules => rules.Release = "09:00");
        Assert.Equal("available open", town.At("2026-06-09 07:00").Place("s1"));
    }

    [Fact]
    public void An_applications_validity_is_fixed()
    {
        var town = Waiting();
        town.Amends(rules => rules.ValidMonths = 1);
        Assert.Equal("stop-listed: ", town.At("2027-06-01 12:00").CleansUp());
        Assert.Equal("until 2027-07-02 00:00", town.Prolongs("A"));
    }

    [Fact]
    public void What_is_due_at_the_amendments_instant_or_before_goes_by_the_old_rules()
    {
        // Nobody looks at the queue between the release and the amendment, nor at the amendment.
        var town = Waiting().At("2026-06-02 07:00");
        town.Amends(rules => rules.PriorityWorkingDays = 1);
        Assert.Equal("available priority until 2026-06-05 07:00", town.At("2026-06-03 12:00").Place("s1"));

        var later = Waiting().At("2026-06-02 06:59:59.999");
        later.Amends(rules => rules.PriorityWorkingDays = 1);
        Assert.Equal("available open", later.At("2026-06-03 12:00").Place("s1"));
    }

    [Fact]
    public void Several_amendments_are_adopted_one_after_another_each_from_its_instant()
    {
        var town = Waiting();
        town.Frees("s2");
        town.At("2026-06-01 12:00").Amends(rules => rules.PriorityWorkingDays = 0);
        town.At("2026-06-02 08:00").Amends(rules => rules.PriorityWorkingDays = 9);
        town.At("2026-06-03 08:00").Amends(rules => rules.WindowFactor = 0);
        Assert.Equal("available open", town.At("2026-06-04 12:00").Place("s1"));
        Assert.Equal(4, town.QueueNamed().RulesAdopted);
    }

    [Fact]
    public void The_window_and_the_limits_go_by_the_rules_of_the_moment()
    {
        var town = new Town().Filed("A", "B").Freed("s1").At("2026-06-02 07:00");
        Assert.Equal("outside-window", town.Reserves("B", "s1"));
        town.Amends(rules => rules.WindowFactor = 2);
        Assert.Equal("s1 until 2026-06-02 07:10", town.Reserves("B", "s1"));
        town.Confirms("B");
        town.Amends(rules => rules.CancelHours = 0);
        Assert.Equal("too-late", town.Cancels("B"));
    }

    [Fact]
    public void A_queue_that_begins_after_an_amendment_goes_by_it()
    {
        var town = new Town();
        town.Amends(rules => rules.Release = "09:00");
        Assert.Equal("almaty/general/2022 from 2026-06-02 09:00", town.Frees("s1"));
    }

    [Fact]
    public void An_amendment_replaces_the_list_of_holidays()
    {
        var town = new Town(rules => rules.Holidays = ["2026-06-03"]);
        town.Amends(rules => rules.Holidays = ["2026-06-04"]);
        town.Freed("s1").At("2026-06-02 07:00");
        Assert.Equal("available priority until 2026-06-06 07:00", town.Place("s1"));
    }

    [Theory]
    [MemberData(nameof(FixedForever))]
    public void Some_rules_may_not_be_amended_even_to_what_they_are(string name, Action<RulesDraft> change)
    {
        var town = new Town();
        Assert.Equal("bad-rules", town.Amends(change));
        var draft = new RulesDraft();
        change(draft);
        Assert.False(draft.TryAmend(town.QueueNamed().Rules, out _, out var fault));
        Assert.StartsWith(name, fault, StringComparison.Ordinal);
    }

    [Fact]
    public void An_amendment_is_judged_with_what_is_in_force()
    {
        var town = new Town(rules => rules.Workdays = ["2026-06-06"]);
        Assert.Equal("bad-rules", town.Amends(rules => rules.Release = "06:30"));
        Assert.Equal("bad-rules", town.Amends(rules => rules.Handover = "07:00"));
        Assert.Equal("bad-rules", town.Amends(rules => rules.Holidays = ["2026-06-06"]));
        Assert.Equal("done", town.Amends(rules => (rules.Holidays, rules.Workdays) = (["2026-06-06"], [])));
        Assert.Equal("done", town.Amends(_ => { }));
        Assert.Equal("unknown-locality", town.Do(new AmendRules("nowhere", new RulesDraft { Carry = true })));
        Assert.Equal("duplicate-locality", town.Do(new SetRules(Town.Name, new RulesDraft())));
    }

    public static TheoryData<string, Action<RulesDraft>> FixedForever() => new()
    {
        { "timeZone", rules => rules.TimeZone = "Asia/Almaty" },
        { "ratio", rules => rules.Ratio = [1, 3] },
        { "lead", rules => rules.Lead = "first-priority" },
        { "carry", rules => rules.Carry = false },
        { "ageLimit", rules => rules.AgeLimit = 6 },
    };

    private static Town Waiting() => new Town().Filed("A").Freed("s1");
}
