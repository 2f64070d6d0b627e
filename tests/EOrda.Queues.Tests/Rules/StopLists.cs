namespace EOrda.Queues.Tests.Rules;

/// <summary>Rules, sections 4 and 8: the stop-list and the yearly clean-up.</summary>
public sealed class StopLists
{
    [Fact]
    public void The_clean_up_stop_lists_waiting_applications_whose_validity_is_over()
    {
        var town = Lapsed();
        Assert.Equal("stop-listed: A B", town.CleansUp());
        Assert.Equal("stop-listed until 2027-09-16 00:00 (not-prolonged)", town.State("A"));
        Assert.Equal("waiting 1", town.State("New"));
        Assert.Equal("stop-listed: ", town.CleansUp());
    }

    [Fact]
    public void One_not_prolonged_is_archived_at_its_end_and_one_prolonged_is_back_at_its_place()
    {
        var town = Lapsed();
        town.CleansUp();
        Assert.Equal("until 2028-09-03 00:00", town.At("2027-09-02 12:00").Prolongs("B"));
        town.At("2027-09-16 00:00");
        Assert.Equal("archived (not-prolonged)", town.State("A"));
        Assert.Equal("waiting 1", town.State("B"));
        Assert.Equal("stop-listed: ", town.At("2028-05-01 00:00").CleansUp());
    }

    [Fact]
    public void One_prolongation_does_not_count_for_a_later_stop_list()
    {
        var town = new Town(rules => rules.ValidMonths = 6).Filed("A");
        Assert.Equal("stop-listed: A", town.At("2026-12-02 12:00").CleansUp());
        town.Prolongs("A");
        Assert.Equal("waiting 1", town.At("2026-12-17 00:00").State("A"));
        Assert.Equal("stop-listed: A", town.At("2027-06-03 00:00").CleansUp());
        Assert.Equal("archived (not-prolonged)", town.At("2027-07-01 00:00").State("A"));
    }

    [Fact]
    public void One_with_a_reservation_under_review_or_referred_is_passed_over()
    {
        var town = new Town().Filed("Holding", "Referred").Freed("s1", "s2");
        town.Files("Review", review: true);
        town.At("2027-09-01 12:00").Refer("Referred", "s1").Reserves("Holding", "s2");
        Assert.Equal("stop-listed: ", town.CleansUp());
        Assert.Equal("stop-listed: Holding", town.At("2027-09-01 12:10").CleansUp());
    }

    [Fact]
    public void It_goes_over_all_queues_of_the_locality_in_registration_order_and_no_others()
    {
        var town = new Town().Beside("oral");
        Assert.Equal("unknown-locality", town.Do(new CleanUp("nowhere")));
        town.Files("A", queue: "almaty/general/2022");
        town.Files("B", queue: "almaty/special/2022");
        town.Files("C", queue: "oral/general/2022");
        town.Files("D", queue: "almaty/sanatorium/allergy");
        town.Files("E", queue: "almaty/general/2022");
        town.Files("F", queue: "almaty/special/2022");
        Assert.Equal("stop-listed: A B D E F", town.At("2027-07-01 12:00").CleansUp());
        Assert.Equal("waiting 1", town.State("C"));
    }

    [Fact]
    public void There_is_no_early_exit_but_withdrawing()
    {
        var town = Lapsed();
        town.CleansUp();
        town.Prolongs("A");
        Assert.Equal("stop-listed", town.Reserves("A", "s1"));
        Assert.Equal("stop-listed until 2027-09-16 00:00 (not-prolonged)", town.State("A"));
        Assert.Equal("done", town.Withdraws("A"));
        Assert.Equal("archived (withdrawn)", town.At("2027-09-16 00:00").State("A"));
    }

    [Fact]
    public void A_stop_list_after_an_expired_referral_extends_the_validity_by_its_calendar_days()
    {
        // Stop-listed from 16 to 30 June 2026: 14 days, so that the validity ends with 15 June 2027.
        var town = new Town().Filed("A").Freed("s1").At("2026-06-08 12:00").Refer("A", "s1").At("2026-06-30 00:00");
        Assert.Equal("stop-listed: ", town.At("2027-06-15 23:59:59.999").CleansUp());
        Assert.Equal("stop-listed: A", town.At("2027-06-16 00:00").CleansUp());
    }

    [Fact]
    public void Not_prolonged_is_looked_at_before_too_old()
    {
        var town = new Town(start: "2026-05-04 09:00");
        town.Files("A", queue: "almaty/general/2021", born: "2021-01-01");
        town.Files("B", queue: "almaty/general/2021", born: "2021-01-01");
        Assert.Equal("stop-listed: A B", town.At("2027-05-28 12:00").CleansUp());
        town.Prolongs("B");
        town.At("2027-06-12 00:00");
        Assert.Equal("archived (not-prolonged)", town.State("A"));
        Assert.Equal("archived (too-old)", town.State("B"));
    }

    [Fact]
    public void A_stop_list_of_no_days_is_over_by_the_next_command()
    {
        var town = new Town(rules => rules.StopListWorkingDays = 0).Filed("A").Freed("s1").At("2026-06-08 12:00").Refer("A", "s1");
        Assert.Equal("waiting 1", town.At("2026-06-16 00:00").State("A"));
    }

    /// <summary>1 September 2027, a Wednesday: A and B were filed on 1 June 2026, New a month ago.</summary>
    private static Town Lapsed() => new Town().Filed("A", "B").At("2027-08-01 12:00").Filed("New").At("2027-09-01 12:00");
}
