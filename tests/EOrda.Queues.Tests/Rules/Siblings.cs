using EOrda.Queues.Applications;

namespace EOrda.Queues.Tests.Rules;

/// <summary>Rules, section 9: twins, in one queue and across two.</summary>
public sealed class Siblings
{
    private const string Older = "almaty/general/2021";

    [Fact]
    public void Siblings_reserve_as_many_places_of_one_kindergarten_or_none()
    {
        var town = Twins().Freed("s1").At("2026-06-08 12:00");
        Assert.Equal("no-place", town.ReserveTogether("kg", "T1", "T2"));
        town.Freed("s2", "s3").At("2026-06-15 12:00");
        Assert.Equal("s1 s2 until 2026-06-15 12:10", town.ReserveTogether("kg", "T2", "T1"));
        Assert.Equal("reserved until 2026-06-15 12:10", town.Place("s1"));
        Assert.Equal("reserved until 2026-06-15 12:10", town.Place("s2"));
    }

    [Theory]
    [InlineData("T1")]
    [InlineData("T2")]
    public void Confirming_one_confirms_all_in_the_order_of_the_reservation(string confirmed)
    {
        var town = Held();
        Assert.Equal("T1 until 2026-06-16 00:00, T2 until 2026-06-16 00:00", town.Confirms(confirmed));
        Assert.Equal("referred until 2026-06-16 00:00", town.State("T1"));
        Assert.Equal("referred until 2026-06-16 00:00", town.State("T2"));
    }

    [Fact]
    public void From_then_on_each_referral_lives_alone()
    {
        var town = Held();
        town.Confirms("T1");
        town.Cancels("T1");
        Assert.Equal("enrolled", town.Enrols("T2"));
        Assert.Equal("returning until 2026-06-08 12:10", town.State("T1"));
        Assert.Equal("returning from 2026-06-09 07:00", town.Place("s1"));
    }

    [Fact]
    public void Dropping_one_drops_all_and_counts_a_lapse_for_each()
    {
        var town = Held(rules => rules.LapsesPerDay = 1);
        Assert.Equal("place from 2026-06-09 07:00", town.Drops("T2"));
        Assert.Equal("returning from 2026-06-09 07:00", town.Place("s1"));
        Assert.Equal("returning from 2026-06-09 07:00", town.Place("s2"));
        Assert.Equal("lapse-limit", town.ReservesAt("T1", "kg"));
        Assert.Equal("lapse-limit", town.ReservesAt("T2", "kg"));
    }

    [Fact]
    public void A_lapse_is_the_lapse_of_each()
    {
        var town = Held(rules => rules.LapsesPerDay = 1).At("2026-06-08 12:10");
        Assert.Equal("no-reservation", town.Confirms("T1"));
        Assert.Equal("lapse-limit", town.ReservesAt("T1", "kg"));
        Assert.Equal("lapse-limit", town.ReservesAt("T2", "kg"));
    }

    [Fact]
    public void One_whose_place_is_revoked_leaves_the_batch_and_the_other_keeps_its_reservation()
    {
        var town = Held();
        town.Revokes("s1");
        Assert.Equal("no-reservation", town.Confirms("T1"));
        Assert.Equal("s3 until 2026-06-08 12:10", town.ReservesAt("T1", "kg"));
        Assert.Equal("T2 until 2026-06-16 00:00", town.Confirms("T2"));
        Assert.Equal("reserved until 2026-06-08 12:10", town.Place("s3"));
        Assert.Equal("T1 until 2026-06-16 00:00", town.Confirms("T1"));
    }

    [Fact]
    public void One_that_withdraws_leaves_the_batch_and_the_other_keeps_its_reservation()
    {
        var town = Held();
        town.Withdraws("T2");
        Assert.Equal("returning from 2026-06-09 07:00", town.Place("s2"));
        Assert.Equal("place from 2026-06-09 07:00", town.Drops("T1"));
    }

    [Fact]
    public void One_that_joins_another_batch_later_is_of_that_batch()
    {
        var town = Held();
        town.Drops("T1");
        Assert.Equal("s3 until 2026-06-08 12:10", town.ReserveTogether("kg", "T2"));
        Assert.Equal("s4 until 2026-06-08 12:10", town.ReservesAt("T1", "kg"));
        Assert.Equal("T2 until 2026-06-16 00:00", town.Confirms("T2"));
        Assert.Equal("reserved until 2026-06-08 12:10", town.Place("s4"));
    }

    [Fact]
    public void A_category_changed_while_holding_keeps_one_in_the_batch()
    {
        var town = Held();
        town.Changes("T2", Category.OutOfTurn);
        Assert.Equal("T1 until 2026-06-16 00:00, T2 until 2026-06-16 00:00", town.Confirms("T1"));
        Assert.Equal("unverified", town.Enrols("T2"));
        Assert.Equal("enrolled", town.Enrols("T1"));
    }

    [Fact]
    public void In_priority_access_one_in_the_window_brings_the_others_in()
    {
        var town = new Town();
        town.Files("T1", applicant: "p");
        town.Filed("A", "B", "C").Files("T2", applicant: "p");
        town.Freed("s1", "s2").At("2026-06-02 07:00");
        Assert.Equal("outside-window", town.Reserves("T2", "s1"));
        Assert.Equal("s1 s2 until 2026-06-02 07:10", town.ReserveTogether("kg", "T2", "T1"));
    }

    [Fact]
    public void Outside_the_window_all_need_open_places()
    {
        var town = new Town().Filed("A", "B");
        town.Files("T1", applicant: "p");
        town.Files("T2", applicant: "p");
        town.Freed("open1").At("2026-06-09 09:00").Freed("priority1", "priority2").At("2026-06-10 07:00");
        Assert.Equal("outside-window", town.ReserveTogether("kg", "T1", "T2"));
        town.Reserves("A", "priority1");
        Assert.Equal("outside-window", town.ReserveTogether("kg", "T1", "T2"));
        town.At("2026-06-13 07:00");
        Assert.Equal("open1 priority1 until 2026-06-13 07:10", town.ReserveTogether("kg", "T1", "T2"));
    }

    [Fact]
    public void In_the_window_priority_places_are_given_before_open_ones()
    {
        var town = Twins().Freed("open1", "open2").At("2026-06-09 09:00").Freed("priority1").At("2026-06-10 07:00");
        Assert.Equal("priority1 open1 until 2026-06-10 07:10", town.ReserveTogether("kg", "T1", "T2"));
    }

    [Fact]
    public void Siblings_in_two_cohorts_both_get_a_place_or_neither_does()
    {
        var town = AcrossYears().Freed("young1");
        town.At("2026-06-08 12:00");
        Assert.Equal("no-place", town.ReserveTogether("kg", "Dec", "Jan"));
        Assert.Equal("available open", town.Place("young1"));
        town.Frees("old1", "kg", Older);
        town.Frees("old2", "kg2", Older);
        town.At("2026-06-15 12:00");
        Assert.Equal("no-place", town.ReserveTogether("kg2", "Dec", "Jan"));
        Assert.Equal("old1 young1 until 2026-06-15 12:10", town.ReserveTogether("kg", "Dec", "Jan"));
        Assert.Equal("Dec until 2026-06-23 00:00, Jan until 2026-06-23 00:00", town.Confirms("Jan"));
    }

    [Fact]
    public void Across_two_queues_one_window_is_enough()
    {
        var town = AcrossYears().Filed("A", "B");
        town.Files("Before", queue: Older, submitted: "2026-05-01 00:00");
        town.Freed("young1").Frees("old1", "kg", Older);
        town.At("2026-06-02 07:00");
        Assert.Equal("outside-window", town.Reserves("Dec", "old1"));
        Assert.Equal("young1 old1 until 2026-06-02 07:10", town.ReserveTogether("kg", "Jan", "Dec"));
    }

    [Fact]
    public void Across_two_queues_a_drop_is_the_drop_of_both()
    {
        var town = AcrossYears().Freed("young1");
        town.Frees("old1", "kg", Older);
        town.At("2026-06-08 12:00").ReserveTogether("kg", "Dec", "Jan");
        Assert.Equal("place from 2026-06-09 07:00", town.Drops("Jan"));
        Assert.Equal("returning from 2026-06-09 07:00", town.Place("old1", Older));
        Assert.Equal("returning from 2026-06-09 07:00", town.Place("young1"));
    }

    [Fact]
    public void Across_two_queues_a_refused_batch_leaves_no_trace()
    {
        var town = AcrossYears().Freed("young1", "young2");
        town.Frees("old1", "kg", Older);
        town.At("2026-06-08 12:00").Reserves("Dec", "old1");
        Assert.Equal("already-holding", town.ReserveTogether("kg", "Jan", "Dec"));
        Assert.Equal("available open", town.Place("young1"));
        Assert.Equal("no-reservation", town.Drops("Jan"));
    }

    [Theory]
    [InlineData("2022-01-31", "2022-02-28", "s1 s2 until 2026-06-08 12:10")]
    [InlineData("2022-01-31", "2022-03-01", "not-siblings")]
    [InlineData("2022-03-15", "2022-04-15", "s1 s2 until 2026-06-08 12:10")]
    [InlineData("2022-04-16", "2022-03-15", "not-siblings")]
    public void Siblings_are_born_at_most_a_month_apart(string born, string other, string answer)
    {
        var town = new Town();
        town.Files("T1", born: born, applicant: "p");
        town.Files("T2", born: other, applicant: "p");
        Assert.Equal(answer, town.Freed("s1", "s2").At("2026-06-08 12:00").ReserveTogether("kg", "T1", "T2"));
    }

    [Fact]
    public void Siblings_have_one_applicant_locality_and_kind_and_are_named_once()
    {
        var town = Twins().Beside("oral").Filed("A").Freed("s1", "s2", "s3");
        town.Files("Special", queue: "almaty/special/2022", applicant: "p");
        town.Files("Oral", queue: "oral/general/2022", applicant: "p");
        town.At("2026-06-08 12:00");
        Assert.Equal("not-siblings", town.ReserveTogether("kg", "T1", "A"));
        Assert.Equal("not-siblings", town.ReserveTogether("kg", "T1", "Special"));
        Assert.Equal("not-siblings", town.ReserveTogether("kg", "T1", "Oral"));
        Assert.Equal("not-siblings", town.ReserveTogether("kg", "T1", "T2", "T1"));
    }

    [Fact]
    public void Reasons_are_named_in_their_order()
    {
        var town = Twins(rules => (rules.LapsesPerDay, rules.ReferralsPerMonth) = (1, 1)).Filed("A").Freed("s1", "s2", "s3", "s4");
        town.Files("Review", applicant: "p", review: true);
        town.At("2026-06-08 06:30");
        Assert.Equal("unknown-application", town.ReserveTogether("nowhere", "Review", "Z"));
        Assert.Equal("under-review", town.ReserveTogether("nowhere", "T1", "A", "Review"));
        Assert.Equal("not-siblings", town.ReserveTogether("nowhere", "T1", "A"));
        Assert.Equal("frozen", town.ReserveTogether("nowhere", "T1", "T2"));
        Assert.Equal("unknown-kindergarten", town.At("2026-06-08 07:00").ReserveTogether("nowhere", "T1", "T2"));
        town.Refer("T1", "s1").Cancels("T1");
        town.At("2026-06-08 07:10").Reserves("T2", "s2");
        Assert.Equal("already-holding", town.ReserveTogether("kg2", "T1", "T2"));
        town.Drops("T2");
        Assert.Equal("referral-limit", town.ReserveTogether("kg2", "T2", "T1"));
        town.Amends(rules => rules.ReferralsPerMonth = 2);
        Assert.Equal("lapse-limit", town.ReserveTogether("kg2", "T1", "T2"));
        town.Amends(rules => rules.LapsesPerDay = 2);
        Assert.Equal("no-place", town.ReserveTogether("kg2", "T1", "T2"));
        Assert.Equal("s3 s4 until 2026-06-08 07:20", town.ReserveTogether("kg", "T1", "T2"));
    }

    /// <summary>T1 and T2 of one applicant, in one queue.</summary>
    private static Town Twins(Action<EOrda.Queues.Rules.RulesDraft>? rules = null)
    {
        var town = new Town(rules);
        town.Files("T1", applicant: "p");
        town.Files("T2", applicant: "p");
        return town;
    }

    /// <summary>T1 and T2 hold s1 and s2 until 12:10 on 8 June; s3 and s4 are open.</summary>
    private static Town Held(Action<EOrda.Queues.Rules.RulesDraft>? rules = null)
    {
        var town = Twins(rules).Freed("s1", "s2", "s3", "s4").At("2026-06-08 12:00");
        Assert.Equal("s1 s2 until 2026-06-08 12:10", town.ReserveTogether("kg", "T1", "T2"));
        return town;
    }

    /// <summary>Twins born on both sides of the new year.</summary>
    private static Town AcrossYears()
    {
        var town = new Town();
        town.Files("Dec", queue: Older, born: "2021-12-31", applicant: "p");
        town.Files("Jan", born: "2022-01-01", applicant: "p");
        return town;
    }
}
