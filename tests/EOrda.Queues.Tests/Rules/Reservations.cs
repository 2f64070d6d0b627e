using EOrda.Queues.Applications;

namespace EOrda.Queues.Tests.Rules;

/// <summary>Rules, section 6: reservations.</summary>
public sealed class Reservations
{
    [Theory]
    [InlineData("2026-06-10 06:19:59.999", "s1 until 2026-06-10 06:29:59.999")]
    [InlineData("2026-06-10 06:20", "s1 until 2026-06-10 06:30")]
    [InlineData("2026-06-10 06:25", "s1 until 2026-06-10 06:30")]
    [InlineData("2026-06-10 23:55", "s1 until 2026-06-11 00:05")]
    public void A_reservation_lasts_ten_minutes_but_never_into_the_freeze(string at, string answer) =>
        Assert.Equal(answer, Holding(at, out _));

    [Fact]
    public void At_exactly_ten_minutes_it_has_lapsed()
    {
        Holding("2026-06-10 12:00", out var town);
        Assert.Equal("reserved until 2026-06-10 12:10", town.At("2026-06-10 12:09:59.999").Place("s1"));
        Assert.Equal("already-holding", town.Reserves("A", "s1"));
        Assert.Equal("no-reservation", town.At("2026-06-10 12:10").Confirms("A"));
        Assert.Equal("returning from 2026-06-11 07:00", town.Place("s1"));
        Assert.Equal("waiting 1", town.State("A"));
    }

    [Fact]
    public void A_millisecond_before_it_can_be_confirmed()
    {
        Holding("2026-06-10 12:00", out var town);
        Assert.Equal("A until 2026-06-18 00:00", town.At("2026-06-10 12:09:59.999").Confirms("A"));
    }

    [Fact]
    public void One_cut_by_the_freeze_lapses_at_it_and_its_place_is_back_a_day_later()
    {
        Holding("2026-06-10 06:25", out var town);
        Assert.Equal("no-reservation", town.At("2026-06-10 06:30").Confirms("A"));
        Assert.Equal("returning from 2026-06-11 07:00", town.Place("s1"));
    }

    [Fact]
    public void A_lapse_at_midnight_is_of_the_new_date()
    {
        Holding("2026-06-10 23:50", out var town);
        Assert.Equal("returning from 2026-06-12 07:00", town.At("2026-06-11 00:00").Place("s1"));
    }

    [Fact]
    public void A_dropped_place_is_back_in_priority_access_if_that_reaches_so_far_and_else_in_open_access()
    {
        var town = new Town().Filed("A").Freed("s1").At("2026-06-03 12:00");
        town.Reserves("A", "s1");
        Assert.Equal("place from 2026-06-04 07:00", town.Drops("A"));
        Assert.Equal("available priority until 2026-06-05 07:00", town.At("2026-06-04 07:00").Place("s1"));
        town.Reserves("A", "s1");
        town.Drops("A");
        Assert.Equal("available open", town.At("2026-06-05 07:00").Place("s1"));
    }

    [Fact]
    public void Only_the_holder_confirms_or_drops()
    {
        Holding("2026-06-10 12:00", out var town);
        Assert.Equal("no-reservation", town.Confirms("B"));
        Assert.Equal("no-reservation", town.Drops("B"));
        Assert.Equal("unknown-application", town.Confirms("Z"));
        Assert.Equal("unknown-application", town.Drops("Z"));
    }

    [Fact]
    public void Three_lapsed_or_dropped_reservations_a_day_are_the_limit_of_a_child_in_a_queue()
    {
        var town = new Town().Filed("A", "B").Freed("s1", "s2", "s3", "s4").At("2026-06-08 12:00");
        town.Reserves("A", "s1");
        town.Drops("A");
        town.Reserves("A", "s2");
        town.At("2026-06-08 12:30").Reserves("A", "s3");
        town.Drops("A");
        Assert.Equal("lapse-limit", town.Reserves("A", "s4"));
        Assert.Equal("lapse-limit", town.At("2026-06-08 23:59:59.999").ReservesAt("A", "kg"));
        Assert.Equal("s4 until 2026-06-09 00:10", town.At("2026-06-09 00:00").Reserves("A", "s4"));
    }

    [Fact]
    public void The_lapse_limit_is_the_childs_over_its_applications_and_the_queues()
    {
        var town = new Town(rules => rules.LapsesPerDay = 1).Filed("A").Freed("s1", "s2");
        town.Frees("s3", queue: "almaty/general/2021");
        town.At("2026-06-08 12:00").Reserves("A", "s1");
        town.Drops("A");
        town.Withdraws("A");
        town.Files("A2", child: "child of A");
        Assert.Equal("lapse-limit", town.Reserves("A2", "s2"));
        town.Withdraws("A2");
        town.Files("A3", child: "child of A", queue: "almaty/general/2021", born: "2021-01-01");
        Assert.Equal("s3 until 2026-06-08 12:10", town.Reserves("A3", "s3"));
    }

    [Fact]
    public void Leaving_the_queue_while_holding_counts_no_lapse()
    {
        var town = new Town(rules => rules.LapsesPerDay = 1).Filed("A").Freed("s1", "s2").At("2026-06-08 12:00");
        town.Reserves("A", "s1");
        Assert.Equal("done", town.Withdraws("A"));
        Assert.Equal("returning from 2026-06-09 07:00", town.Place("s1"));
        town.Files("A2", child: "child of A");
        Assert.Equal("s2 until 2026-06-08 12:10", town.Reserves("A2", "s2"));
    }

    [Fact]
    public void A_category_changed_while_holding_keeps_the_reservation()
    {
        var town = new Town().Filed("A", "B").Freed("s1").At("2026-06-08 12:00");
        town.Reserves("B", "s1");
        Assert.Equal("waiting 1", town.Changes("B", Category.FirstPriority));
        Assert.Equal("already-holding", town.ReservesAt("B", "kg"));
        Assert.Equal("B until 2026-06-16 00:00", town.Confirms("B"));
    }

    [Fact]
    public void By_kindergarten_the_first_registered_place_that_one_may_take_is_given()
    {
        var town = new Town().Filed("A", "B").Freed("open1", "open2").At("2026-06-09 09:00").Freed("priority1", "priority2");
        town.At("2026-06-10 07:00");
        Assert.Equal("priority1 until 2026-06-10 07:10", town.ReservesAt("A", "kg"));
        Assert.Equal("priority2 until 2026-06-10 07:10", town.ReservesAt("B", "kg"));
        town.Filed("C");
        Assert.Equal("open1 until 2026-06-10 07:10", town.ReservesAt("C", "kg"));
    }

    [Fact]
    public void By_kindergarten_one_outside_the_window_takes_open_places_only()
    {
        var town = new Town().Filed("A", "B", "C").Freed("open").At("2026-06-09 09:00").Freed("priority").At("2026-06-10 07:00");
        Assert.Equal("open until 2026-06-10 07:10", town.ReservesAt("B", "kg"));
        Assert.Equal("outside-window", town.ReservesAt("C", "kg"));
        Assert.Equal("priority until 2026-06-10 07:10", town.ReservesAt("A", "kg"));
        Assert.Equal("no-place", town.ReservesAt("C", "kg"));
    }

    [Fact]
    public void Reasons_are_named_in_their_order()
    {
        var town = new Town(rules => (rules.LapsesPerDay, rules.ReferralsPerMonth) = (1, 1)).Beside("oral").Filed("A").Freed("s1", "s2", "s3");
        town.At("2026-06-02 07:00").Refer("A", "s3").Cancels("A");
        town.Files("Other", queue: "almaty/general/2021");
        Assert.Equal("unknown-application", town.At("2026-06-03 06:30").Reserves("Z", "nowhere"));
        Assert.Equal("frozen", town.Reserves("A", "nowhere"));
        Assert.Equal("frozen", town.ReservesAt("A", "nowhere"));
        town.At("2026-06-03 07:00");
        Assert.Equal("unknown-place", town.Reserves("A", "nowhere"));
        Assert.Equal("unknown-kindergarten", town.ReservesAt("A", "nowhere"));
        Assert.Equal("wrong-queue", town.Reserves("Other", "s1"));
        Assert.Equal("referral-limit", town.Reserves("A", "s1"));
        Assert.Equal("referral-limit", town.ReservesAt("A", "oral-kg"));
        town.Amends(rules => rules.ReferralsPerMonth = 2);
        town.Reserves("A", "s1");
        Assert.Equal("already-holding", town.Reserves("A", "s1"));
        Assert.Equal("already-holding", town.ReservesAt("A", "kg2"));
        town.Drops("A");
        Assert.Equal("lapse-limit", town.Reserves("A", "s1"));
        town.Amends(rules => rules.LapsesPerDay = 2);
        Assert.Equal("no-place", town.ReservesAt("A", "kg2"));
        Assert.Equal("no-place", town.ReservesAt("A", "oral-kg"));
        Assert.Equal("no-place", town.ReservesAt("A", "kg-special"));
    }

    [Fact]
    public void A_reservation_of_no_minutes_has_lapsed_by_the_next_command()
    {
        var town = new Town(rules => rules.ReservationMinutes = 0).Filed("A").Freed("s1").At("2026-06-02 12:00");
        Assert.Equal("s1 until 2026-06-02 12:00", town.Reserves("A", "s1"));
        Assert.Equal("no-reservation", town.Confirms("A"));
        Assert.Equal("returning from 2026-06-03 07:00", town.Place("s1"));
    }

    /// <summary>A has reserved s1 in open access at an instant after 5 June 2026; B waits too.</summary>
    private static string Holding(string at, out Town town)
    {
        town = new Town().Filed("A", "B").Freed("s1").At(at);
        return town.Reserves("A", "s1");
    }
}
