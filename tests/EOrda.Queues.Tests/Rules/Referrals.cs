using EOrda.Queues.Applications;
using EOrda.Queues.Names;

namespace EOrda.Queues.Tests.Rules;

/// <summary>Rules, section 7: referrals.</summary>
public sealed class Referrals
{
    [Theory]
    [InlineData("2026-06-08 12:00", "A until 2026-06-16 00:00")]
    [InlineData("2026-06-12 12:00", "A until 2026-06-20 00:00")]
    [InlineData("2026-06-13 12:00", "A until 2026-06-20 00:00")]
    [InlineData("2026-06-10 23:59:59.999", "A until 2026-06-18 00:00")]
    [InlineData("2026-06-11 00:00", "A until 2026-06-19 00:00")]
    public void A_referral_is_valid_to_the_end_of_the_fifth_working_day_after_its_issue(string at, string answer)
    {
        var town = new Town().Filed("A").Freed("s1").At(at);
        town.Reserves("A", "s1");
        Assert.Equal(answer, town.Confirms("A"));
        Assert.Equal($"referred{answer[1..]}", town.State("A"));
        Assert.Equal($"referred{answer[1..]}", town.Place("s1"));
    }

    [Fact]
    public void A_referral_tells_until_when_it_can_be_cancelled_and_whether_the_benefit_is_verified()
    {
        var town = new Town(rules => rules.CancelHours = 12).Freed("s1").At("2026-06-08 12:00");
        Assert.StartsWith("waiting", town.Files("A", Category.OutOfTurn), StringComparison.Ordinal);
        Assert.Null(ReferralOf("A"));
        town.Refer("A", "s1");
        Assert.Equal(new ReferralState(town.Now.PlusHours(12), Verified: false), ReferralOf("A"));
        town.Verifies("A", approve: true);
        Assert.True(ReferralOf("A")!.Verified);
        Assert.Equal("too-late", town.At("2026-06-09 00:00").Cancels("A"));
        Assert.Null(ReferralOf("B"));

        ReferralState? ReferralOf(string application) => QueueKey.TryParse(Town.Main, out var queue) ? town.Country.QueueOf(queue).ReferralOf(application) : null;
    }

    [Fact]
    public void Nothing_is_confirmed_in_the_freeze()
    {
        // Only an amended freeze finds a reservation alive.
        var town = new Town().Filed("A").Freed("s1").At("2026-06-08 12:00");
        town.Reserves("A", "s1");
        town.Amends(rules => (rules.FreezeFrom, rules.Release) = ("12:05", "12:06"));
        Assert.Equal("frozen", town.At("2026-06-08 12:05").Confirms("A"));
        Assert.Equal("A until 2026-06-16 00:00", town.At("2026-06-08 12:06").Confirms("A"));
    }

    [Fact]
    public void Two_referrals_in_the_trailing_month_are_the_limit()
    {
        var town = new Town().Filed("A").Freed("s1", "s2", "s3").At("2026-06-08 12:00");
        town.Refer("A", "s1").Cancels("A");
        town.At("2026-06-10 12:00").Refer("A", "s2").Cancels("A");
        Assert.Equal("referral-limit", town.At("2026-07-07 23:00").Reserves("A", "s3"));
        Assert.Equal("s3 until 2026-07-08 00:10", town.At("2026-07-08 00:00").Reserves("A", "s3"));
    }

    [Theory]
    [InlineData("2026-03-30 12:00", "referral-limit")]
    [InlineData("2026-03-31 12:00", "referral-limit")]
    [InlineData("2026-04-01 12:00", "s2 until 2026-04-01 12:10")]
    public void A_month_back_clamps_to_the_months_end(string at, string answer)
    {
        // Issued on 1 March: 30 and 31 March less a month are 28 February, 1 April less a month is 1 March.
        var town = new Town(rules => rules.ReferralsPerMonth = 1, start: "2026-02-02 09:00").Filed("A").Freed("s1", "s2");
        town.At("2026-03-01 12:00").Refer("A", "s1").Cancels("A");
        Assert.Equal(answer, town.At(at).Reserves("A", "s2"));
    }

    [Theory]
    [InlineData("2026-03-27 23:59", "referral-limit")]
    [InlineData("2026-03-28 00:00", "s2 until 2026-03-28 00:10")]
    public void One_of_28_February_is_forgotten_on_28_March(string at, string answer)
    {
        var town = new Town(rules => rules.ReferralsPerMonth = 1, start: "2026-02-02 09:00").Filed("A").Freed("s1", "s2");
        town.At("2026-02-28 12:00").Refer("A", "s1").Cancels("A");
        Assert.Equal(answer, town.At(at).Reserves("A", "s2"));
    }

    [Fact]
    public void Those_undone_by_a_revoked_place_or_a_kindergartens_refusal_do_not_count()
    {
        var town = new Town(rules => rules.ReferralsPerMonth = 1).Filed("A").Freed("s1", "s2", "s3").At("2026-06-08 12:00");
        town.Refer("A", "s1").Revokes("s1");
        town.Refer("A", "s2").Refuses("A");
        Assert.Equal("s3 until 2026-06-08 12:10", town.Reserves("A", "s3"));
    }

    [Fact]
    public void Denied_cancelled_and_expired_ones_count()
    {
        var town = new Town(rules => rules.ReferralsPerMonth = 1).Freed("s1", "s2", "s3", "s4");
        town.Files("Denied", Category.OutOfTurn);
        town.Filed("Cancelled", "Expired").At("2026-06-08 12:00").Refer("Denied", "s1").Refer("Cancelled", "s2").Refer("Expired", "s3");
        town.Verifies("Denied", approve: false);
        town.Cancels("Cancelled");
        Assert.Equal("referral-limit", town.At("2026-06-30 00:00").Reserves("Denied", "s4"));
        Assert.Equal("referral-limit", town.Reserves("Cancelled", "s4"));
        Assert.Equal("referral-limit", town.Reserves("Expired", "s4"));
    }

    [Fact]
    public void Revoking_a_place_after_its_referral_ended_leaves_the_referral_counted()
    {
        var town = new Town(rules => rules.ReferralsPerMonth = 1).Filed("A").Freed("s1", "s2").At("2026-06-08 12:00");
        town.Refer("A", "s1").Cancels("A");
        town.Revokes("s1");
        Assert.Equal("referral-limit", town.At("2026-06-08 13:00").Reserves("A", "s2"));
    }

    [Fact]
    public void The_monthly_limit_is_the_childs_over_its_applications()
    {
        var town = new Town(rules => rules.ReferralsPerMonth = 1).Filed("A").Freed("s1", "s2").At("2026-06-08 12:00");
        town.Refer("A", "s1").Cancels("A");
        town.Withdraws("A");
        town.Files("A2", child: "child of A");
        Assert.Equal("referral-limit", town.Reserves("A2", "s2"));
    }

    [Fact]
    public void It_may_be_extended_once_on_its_last_valid_date()
    {
        var town = Referred();
        Assert.Equal("not-last-day", town.At("2026-06-14 23:59:59.999").Extends("A", 1));
        town.At("2026-06-15 00:00");
        Assert.Equal("bad-length", town.Extends("A", 0));
        Assert.Equal("bad-length", town.Extends("A", -1));
        Assert.Equal("bad-length", town.Extends("A", 31));
        Assert.Equal("until 2026-07-16 00:00", town.Extends("A", 30));
        Assert.Equal("already-extended", town.Extends("A", 1));
        Assert.Equal("referred until 2026-07-16 00:00", town.At("2026-07-15 23:59:59.999").State("A"));
        Assert.Equal("already-extended", town.Extends("A", 1));
        Assert.Equal("stop-listed until 2026-07-30 00:00 (referral-expired)", town.At("2026-07-16 00:00").State("A"));
    }

    [Fact]
    public void At_the_end_of_its_last_date_it_can_no_longer_be_extended()
    {
        var town = Referred();
        Assert.Equal("until 2026-06-17 00:00", town.At("2026-06-15 23:59:59.999").Extends("A", 1));
        var late = Referred();
        Assert.Equal("no-referral", late.At("2026-06-16 00:00").Extends("A", 1));
    }

    [Fact]
    public void It_may_be_cancelled_within_24_hours()
    {
        var town = Referred();
        Assert.Equal("back 2026-06-09 12:09:59.999, place from 2026-06-10 07:00", town.At("2026-06-09 11:59:59.999").Cancels("A"));
        Assert.Equal("returning until 2026-06-09 12:09:59.999", town.State("A"));
        Assert.Equal("no-referral", town.Cancels("A"));
        Assert.Equal("returning", town.Reserves("A", "s1"));
        Assert.Equal("returning until 2026-06-09 12:09:59.999", town.At("2026-06-09 12:09:59.998").State("A"));
        Assert.Equal("waiting 1", town.At("2026-06-09 12:09:59.999").State("A"));
        Assert.Equal("A B", town.Order());

        var late = Referred();
        Assert.Equal("too-late", late.At("2026-06-09 12:00").Cancels("A"));
    }

    [Fact]
    public void A_returning_application_may_be_withdrawn_and_does_not_come_back()
    {
        var town = Referred();
        town.Cancels("A");
        Assert.Equal("done", town.Withdraws("A"));
        Assert.Equal("archived (withdrawn)", town.At("2026-06-08 13:00").State("A"));
    }

    [Fact]
    public void A_referred_one_may_not_be_withdrawn() => Assert.Equal("referred", Referred().Withdraws("A"));

    [Fact]
    public void Each_command_on_a_referral_needs_one()
    {
        var town = new Town().Filed("A");
        foreach (var (name, reason) in new[] { ("A", "no-referral"), ("Z", "unknown-application") })
        {
            Assert.Equal(reason, town.Cancels(name));
            Assert.Equal(reason, town.Extends(name, 1));
            Assert.Equal(reason, town.Verifies(name, approve: true));
            Assert.Equal(reason, town.Enrols(name));
            Assert.Equal(reason, town.Refuses(name));
        }
    }

    [Fact]
    public void An_out_of_turn_one_is_unverified_until_staff_confirm_it()
    {
        var town = Referred(Category.OutOfTurn);
        Assert.Equal("unverified", town.Enrols("A"));
        Assert.Equal("referred", town.Verifies("A", approve: true));
        Assert.Equal("not-unverified", town.Verifies("A", approve: true));
        Assert.Equal("enrolled", town.Enrols("A"));
    }

    [Fact]
    public void A_denied_one_is_at_once_back_as_general()
    {
        var town = Referred(Category.OutOfTurn);
        Assert.Equal("waiting 1", town.Verifies("A", approve: false));
        Assert.Equal(new CategoryCounts(0, 0, 2), town.QueueNamed().Counts);
        Assert.Equal("returning from 2026-06-09 07:00", town.Place("s1"));
    }

    [Fact]
    public void Denied_sets_general_even_over_a_newer_category()
    {
        var town = Referred(Category.OutOfTurn);
        town.Changes("A", Category.FirstPriority);
        town.Verifies("A", approve: false);
        Assert.Equal(new CategoryCounts(0, 0, 2), town.QueueNamed().Counts);
    }

    [Fact]
    public void Whether_it_must_be_verified_is_fixed_at_the_issue()
    {
        var town = Referred(Category.OutOfTurn);
        town.Changes("A", Category.General);
        Assert.Equal("unverified", town.Enrols("A"));
        var other = Referred(Category.General);
        other.Changes("A", Category.OutOfTurn);
        Assert.Equal("not-unverified", other.Verifies("A", approve: true));
        Assert.Equal("enrolled", other.Enrols("A"));
    }

    [Fact]
    public void In_special_queues_nothing_is_unverified()
    {
        var town = new Town();
        town.Files("A", Category.OutOfTurn, "almaty/special/2022");
        town.Frees("s1", "kg-special", "almaty/special/2022");
        town.At("2026-06-02 07:00").Refer("A", "s1");
        Assert.Equal("not-unverified", town.Verifies("A", approve: true));
        Assert.Equal("enrolled", town.Enrols("A"));
    }

    [Fact]
    public void An_unverified_one_expires_as_any_other_and_the_benefit_is_lost()
    {
        var town = Referred(Category.OutOfTurn);
        Assert.Equal("stop-listed until 2026-06-30 00:00 (referral-expired)", town.At("2026-06-16 00:00").State("A"));
        Assert.Equal("waiting 1", town.At("2026-06-30 00:00").State("A"));
        Assert.Equal(new CategoryCounts(0, 0, 2), town.QueueNamed().Counts);
    }

    [Fact]
    public void A_verified_one_that_expires_keeps_the_benefit()
    {
        var town = Referred(Category.OutOfTurn);
        town.Verifies("A", approve: true);
        Assert.Equal("waiting 1", town.At("2026-06-30 00:00").State("A"));
        Assert.Equal(new CategoryCounts(1, 0, 1), town.QueueNamed().Counts);
    }

    [Fact]
    public void Refused_by_the_kindergarten_it_is_back_at_once_without_penalty()
    {
        var town = Referred();
        Assert.Equal("waiting 1", town.Refuses("A"));
        Assert.Equal("returning from 2026-06-09 07:00", town.Place("s1"));
        Assert.Equal("available open", town.At("2026-06-09 07:00").Place("s1"));
    }

    [Fact]
    public void Expired_it_goes_to_the_stop_list_and_is_back_at_its_place_after_ten_working_days()
    {
        var town = Referred();
        Assert.Equal("referred until 2026-06-16 00:00", town.At("2026-06-15 23:59:59.999").State("A"));
        Assert.Equal("stop-listed until 2026-06-30 00:00 (referral-expired)", town.At("2026-06-16 00:00").State("A"));
        Assert.Equal("returning from 2026-06-16 07:00", town.Place("s1"));
        Assert.Equal("stop-listed", town.At("2026-06-16 07:00").Reserves("A", "s1"));
        Assert.Equal("stop-listed until 2026-06-30 00:00 (referral-expired)", town.At("2026-06-29 23:59:59.999").State("A"));
        Assert.Equal("waiting 1", town.At("2026-06-30 00:00").State("A"));
    }

    [Fact]
    public void The_second_miss_in_its_life_removes_it()
    {
        var town = Referred();
        town.At("2026-06-30 07:00").Refer("A", "s1");
        Assert.Equal("archived (missed-twice)", town.At("2026-07-08 00:00").State("A"));
        Assert.Equal("returning from 2026-07-08 07:00", town.Place("s1"));
    }

    [Theory]
    [InlineData(0, "archived (missed-twice)")]
    [InlineData(1, "stop-listed until 2026-06-30 00:00 (referral-expired)")]
    public void How_many_misses_are_allowed_is_a_rule(int allowed, string state)
    {
        var town = Referred(rules: rules => rules.MissesAllowed = allowed);
        Assert.Equal(state, town.At("2026-06-16 00:00").State("A"));
    }

    [Fact]
    public void A_withdrawn_and_newly_filed_application_has_missed_nothing()
    {
        var town = Referred();
        town.At("2026-06-16 00:00").Withdraws("A");
        town.Files("A2", child: "child of A");
        town.At("2026-06-17 07:00").Refer("A2", "s1");
        Assert.StartsWith("stop-listed", town.At("2026-06-25 00:00").State("A2"), StringComparison.Ordinal);
    }

    [Fact]
    public void A_revoked_place_annuls_it_without_penalty()
    {
        var town = Referred();
        Assert.Equal("done", town.Revokes("s1"));
        Assert.Equal("waiting 1", town.State("A"));
        Assert.Equal("waiting 1", town.At("2026-07-30 00:00").State("A"));
    }

    [Fact]
    public void Used_the_place_is_enrolled_and_the_application_archived()
    {
        var town = Referred();
        Assert.Equal("enrolled", town.Enrols("A"));
        Assert.Equal("archived (enrolled)", town.State("A"));
        Assert.Equal("enrolled", town.Place("s1"));
        Assert.Equal("no-referral", town.Enrols("A"));
        Assert.Equal("enrolled", town.At("2026-07-30 00:00").Place("s1"));
    }

    [Fact]
    public void At_the_end_of_its_validity_it_can_no_longer_be_used()
    {
        Assert.Equal("enrolled", Referred().At("2026-06-15 23:59:59.999").Enrols("A"));
        Assert.Equal("no-referral", Referred().At("2026-06-16 00:00").Enrols("A"));
    }

    [Fact]
    public void A_child_that_leaves_frees_its_place_anew()
    {
        var town = Referred();
        Assert.Equal("not-enrolled", town.Leaves("A"));
        Assert.Equal("unknown-application", town.Leaves("Z"));
        town.Enrols("A");
        Assert.Equal("s1 from 2026-06-10 07:00", town.At("2026-06-08 18:00").Leaves("A"));
        Assert.Equal("not-enrolled", town.Leaves("A"));
        Assert.Equal("archived (enrolled)", town.State("A"));
        Assert.Equal("reported from 2026-06-10 07:00", town.Place("s1"));
        Assert.Equal("available priority until 2026-06-13 07:00", town.At("2026-06-10 07:00").Place("s1"));
    }

    [Fact]
    public void A_child_enrolled_anew_leaves_the_place_it_held_in_the_same_kind()
    {
        var town = new Town().Beside("oral").Filed("A").Freed("s1");
        town.Frees("o1", "oral-kg", "oral/general/2022");
        town.Frees("x1", "kg-special", "almaty/special/2022");
        town.At("2026-06-08 12:00").Refer("A", "s1").Enrols("A");
        Assert.Equal("waiting 1", town.Files("B", child: "child of A", queue: "oral/general/2022"));
        Assert.Equal("waiting 1", town.Files("S", child: "child of A", queue: "almaty/special/2022"));
        Assert.Equal("enrolled", town.Refer("S", "x1").Enrols("S"));
        Assert.Equal("enrolled, left s1", town.Refer("B", "o1").Enrols("B"));
        Assert.Equal("reported from 2026-06-09 07:00", town.Place("s1"));
        Assert.Equal("enrolled", town.Place("o1", "oral/general/2022"));
        Assert.Equal("enrolled", town.Place("x1", "almaty/special/2022"));
        Assert.Equal("not-enrolled", town.Leaves("A"));
    }

    [Fact]
    public void A_child_that_left_before_leaves_nothing_when_it_is_enrolled_anew()
    {
        var town = Referred();
        town.Freed("s2").Enrols("A");
        town.Leaves("A");
        town.Files("A2", child: "child of A");
        Assert.Equal("enrolled", town.At("2026-06-15 12:00").Refer("A2", "s2").Enrols("A2"));
    }

    [Fact]
    public void A_refused_enrolment_leaves_the_former_place_alone()
    {
        var town = Referred();
        town.Freed("s2").Enrols("A");
        town.Files("A2", Category.OutOfTurn, child: "child of A");
        Assert.Equal("unverified", town.At("2026-06-15 12:00").Refer("A2", "s2").Enrols("A2"));
        Assert.Equal("enrolled", town.Place("s1"));
    }

    /// <summary>A was referred to s1 on Monday, 8 June 2026, at 12:00, valid until 16 June 00:00. B waits.</summary>
    private static Town Referred(Category category = Category.General, Action<EOrda.Queues.Rules.RulesDraft>? rules = null)
    {
        var town = new Town(rules);
        town.Files("A", category);
        return town.Filed("B").Freed("s1").At("2026-06-08 12:00").Refer("A", "s1");
    }
}
