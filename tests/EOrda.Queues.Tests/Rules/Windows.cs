using EOrda.Queues.Applications;
using EOrda.Queues.Time;

namespace EOrda.Queues.Tests.Rules;

/// <summary>Rules, section 5: how many may take a place in priority access, who stands in the way, and what each is told. s1, s2 … are released on 2 June.</summary>
public sealed class Windows
{
    [Fact]
    public void A_place_dropped_or_lapsed_counts_for_the_window_until_its_local_date_ends()
    {
        var town = new Town().Filed("A", "B", "C").Freed("s1", "s2").At("2026-06-02 07:00");
        town.Reserves("A", "s1");
        Assert.Equal("rank 1 of 1", town.Window("B"));
        town.Drops("A");
        Assert.Equal("rank 1 of 2", town.Window("A"));
        Assert.Equal("rank 2 of 2", town.Window("B"));
        town.Reserves("A", "s2");
        Assert.Equal("rank 1 of 2", town.At("2026-06-02 07:10").Window("A"));
        Assert.Equal("rank 3 of 2", town.Window("C"));
        Assert.Equal("rank 3 of 2", town.At("2026-06-02 23:59:59.999").Window("C"));
        Assert.Equal("rank 3 of 0", town.At("2026-06-03 00:00").Window("C"));
        Assert.Equal("rank 3 of 2", town.At("2026-06-03 07:00").Window("C"));
    }

    [Fact]
    public void One_that_reserves_and_drops_takes_nobodys_right_away()
    {
        var town = new Town().Filed("A", "B").Freed("s1", "s2", "s3").At("2026-06-02 07:00");
        town.Reserves("A", "s1");
        town.Drops("A");
        town.Reserves("A", "s2");
        town.Drops("A");
        Assert.Equal("s3 until 2026-06-02 07:10", town.Reserves("B", "s3"));
    }

    [Theory]
    [InlineData("2026-06-02 23:00", "rank 2 of 2")]
    [InlineData("2026-06-03 00:00", "rank 2 of 1")]
    public void The_place_of_a_referral_cancelled_on_the_date_of_its_issue_counts(string cancelled, string window)
    {
        var town = new Town().Filed("A", "B").Freed("s1", "s2").At("2026-06-02 22:00").Refer("A", "s1");
        town.At(cancelled).Cancels("A");
        Assert.Equal(window, town.At($"{cancelled[..14]}10").Window("B"));
    }

    [Fact]
    public void Places_given_back_otherwise_do_not_count()
    {
        var town = new Town().Filed("A", "B", "C").Freed("s1", "s2", "s3").At("2026-06-02 07:00");
        town.Files("D", Category.OutOfTurn);
        town.Reserves("A", "s1");
        town.Withdraws("A");
        town.Refer("B", "s2").Refuses("B");
        town.Refer("D", "s3").Verifies("D", approve: false);
        Assert.Equal("rank 1 of 0", town.Window("B"));
    }

    [Fact]
    public void A_place_reserved_in_open_access_and_given_up_does_not_count()
    {
        var town = new Town().Filed("A").Freed("s1").At("2026-06-05 07:00");
        town.Reserves("A", "s1");
        town.Drops("A");
        Assert.Equal("rank 1 of 0", town.Window("A"));
    }

    [Fact]
    public void A_place_given_up_and_revoked_does_not_count()
    {
        var town = new Town().Filed("A", "B").Freed("s1", "s2").At("2026-06-02 07:00");
        town.Reserves("A", "s1");
        town.Drops("A");
        town.Revokes("s1");
        Assert.Equal("rank 2 of 1", town.Window("B"));
    }

    [Fact]
    public void The_factor_is_applied_to_all_places_that_count()
    {
        var town = new Town(rules => rules.WindowFactor = 1.5m).Filed("A").Freed("s1", "s2").At("2026-06-02 07:00");
        town.Reserves("A", "s1");
        Assert.Equal("rank 1 of 2", town.Window("A"));
        town.Drops("A");
        Assert.Equal("rank 1 of 3", town.Window("A"));
    }

    [Fact]
    public void One_at_the_lapse_limit_stands_in_nobodys_way_until_the_date_ends()
    {
        var town = new Town(rules => rules.LapsesPerDay = 1).Filed("A", "B").Freed("s1", "s2").At("2026-06-02 07:00");
        town.Reserves("A", "s1");
        town.Drops("A");
        Assert.Equal("rank 1 of 2, lapse-limit until 2026-06-03 00:00", town.Window("A"));
        Assert.Equal("rank 1 of 2", town.Window("B"));
        Assert.Equal("rank 1 of 2", town.At("2026-06-02 23:59:59.999").Window("B"));
        Assert.Equal("rank 1 of 1", town.At("2026-06-03 00:00").Window("A"));
        Assert.Equal("rank 2 of 1", town.Window("B"));
    }

    [Fact]
    public void One_at_the_monthly_limit_keeps_no_place_empty()
    {
        var town = new Town(rules => rules.ReferralsPerMonth = 1).Filed("A", "B").Freed("s1").At("2026-06-02 07:00").Refer("A", "s1");
        town.Cancels("A");
        town.Freed("s2").At("2026-06-03 07:00").Revokes("s1");
        Assert.Equal("rank 1 of 1, referral-limit until 2026-07-02 00:00", town.Window("A"));
        Assert.Equal("referral-limit", town.Reserves("A", "s2"));
        Assert.Equal("s2 until 2026-06-03 07:10", town.Reserves("B", "s2"));
        Assert.Equal("rank 1 of 0", town.At("2026-07-01 23:59:59.999").Window("B"));
        Assert.Equal("rank 2 of 0", town.At("2026-07-02 00:00").Window("B"));
    }

    [Theory]
    [InlineData("2026-01-27", "2026-02-27")]
    [InlineData("2026-01-28", "2026-02-28")]
    [InlineData("2026-01-29", "2026-03-01")]
    [InlineData("2026-01-31", "2026-03-01")]
    [InlineData("2026-02-28", "2026-03-28")]
    [InlineData("2026-03-30", "2026-04-30")]
    [InlineData("2026-03-31", "2026-05-01")]
    [InlineData("2027-12-31", "2028-01-31")]
    [InlineData("2028-01-30", "2028-03-01")]
    [InlineData("2028-01-29", "2028-02-29")]
    public void A_referral_counts_until_a_month_less_than_the_date_is_its_date(string issued, string until)
    {
        var town = new Town(rules => rules.ReferralsPerMonth = 1, start: "2026-01-05 09:00").Filed("A", "B").Freed("s1", "s2").At($"{issued} 12:00").Refer("A", "s1");
        town.Cancels("A");
        Assert.Equal($"rank 1 of 0, referral-limit until {until} 00:00", town.At($"{issued} 12:10").Window("A"));
        var end = town.Read($"{until} 00:00");
        Assert.Equal("referral-limit", town.At(new Moment(end.UnixMilliseconds - 1).ToString()).Reserves("A", "s2"));
        Assert.Equal("rank 1 of 0", town.Window("B"));
        Assert.Equal("rank 2 of 0", town.At(end.ToString()).Window("B"));
        Assert.Equal($"s2 until {until} 00:10", town.Reserves("A", "s2"));
    }

    [Fact]
    public void Of_two_limits_the_one_that_ends_later_is_told()
    {
        var town = new Town(rules => (rules.LapsesPerDay, rules.ReferralsPerMonth) = (1, 2), start: "2026-01-05 09:00").Filed("A").Freed("s1", "s2", "s3", "s4").At("2026-01-31 12:00");
        town.Refer("A", "s1").Cancels("A");
        town.At("2026-01-31 12:10").Reserves("A", "s2");
        town.Drops("A");
        Assert.Equal("rank 1 of 0, lapse-limit until 2026-02-01 00:00", town.Window("A"));
        town.At("2026-02-01 12:00").Refer("A", "s3").Cancels("A");
        Assert.Equal("rank 1 of 0, referral-limit until 2026-03-01 00:00", town.At("2026-02-01 12:10").Window("A"));
        Assert.Equal("rank 1 of 0", town.At("2026-03-01 00:00").Window("A"));

        // Two referrals count, and a lapse of the last date on which they do: both limits end at once.
        town.Amends(rules => (rules.ReferralsPerMonth, rules.LapsesPerDay) = (1, 1));
        town.At("2026-03-01 12:00").Files("B");
        Assert.Equal("rank 2 of 0", town.Window("B"));
    }

    [Fact]
    public void A_limit_is_the_childs_over_all_its_applications_in_the_queue()
    {
        var town = new Town(rules => rules.LapsesPerDay = 1).Filed("A", "B").Freed("s1", "s2").At("2026-06-02 07:00");
        town.Reserves("A", "s1");
        town.Drops("A");
        town.Withdraws("A");
        town.Files("A2", Category.FirstPriority, child: "child of A");
        Assert.Equal("rank 1 of 2, lapse-limit until 2026-06-03 00:00", town.Window("A2"));
        Assert.Equal("rank 1 of 2", town.Window("B"));
        Assert.Equal("rank 2 of 1", town.At("2026-06-03 00:00").Window("B"));
    }

    [Fact]
    public void A_limit_stays_through_a_change_of_category_and_a_review()
    {
        var town = new Town(rules => rules.LapsesPerDay = 1).Filed("A", "B").Freed("s1", "s2").At("2026-06-02 07:00");
        town.Reserves("A", "s1");
        town.Drops("A");
        town.Changes("A", Category.OutOfTurn);
        Assert.Equal("rank 1 of 2", town.Window("B"));
        town.Withdraws("A");
        town.Files("A2", Category.OutOfTurn, child: "child of A", review: true);
        town.Reviews("A2", approve: true);
        Assert.Equal("rank 1 of 2, lapse-limit until 2026-06-03 00:00", town.Window("A2"));
        Assert.Equal("rank 1 of 2", town.Window("B"));
    }

    [Fact]
    public void An_amended_limit_begins_and_ends_at_once()
    {
        var town = new Town(rules => rules.LapsesPerDay = 2).Filed("A", "B").Freed("s1", "s2").At("2026-06-02 07:00");
        town.Reserves("A", "s1");
        town.Drops("A");
        Assert.Equal("rank 2 of 2", town.Window("B"));
        town.Amends(rules => rules.LapsesPerDay = 1);
        Assert.Equal("rank 1 of 2", town.Window("B"));
        town.Amends(rules => rules.LapsesPerDay = 3);
        Assert.Equal("rank 2 of 2", town.Window("B"));
    }

    [Fact]
    public void A_referral_undone_by_a_revoked_place_ends_the_limit()
    {
        var town = new Town(rules => rules.ReferralsPerMonth = 1).Filed("A", "B").Freed("s1", "s2").At("2026-06-02 07:00").Refer("A", "s1");
        town.Revokes("s1");
        Assert.Equal("rank 1 of 1", town.Window("A"));
        Assert.Equal("rank 2 of 1", town.Window("B"));
    }

    [Fact]
    public void One_that_holds_a_reservation_is_told_the_rank_it_would_have_without()
    {
        var town = new Town().Filed("A", "B", "C").Freed("s1", "s2").At("2026-06-02 07:00");
        town.Reserves("B", "s1");
        Assert.Equal("rank 2 of 1", town.Window("B"));
        Assert.Equal("rank 2 of 1", town.Window("C"));
    }

    [Fact]
    public void One_that_does_not_wait_has_no_rank()
    {
        var town = new Town().Freed("s1");
        town.Files("A", review: true);
        Assert.Equal("no rank", town.Window("A"));
        Assert.Equal("no rank", town.Window("nobody"));
        town.Reviews("A", approve: true);
        Assert.Equal("rank 1 of 0", town.Window("A"));
        Assert.Equal("no rank", town.At("2026-06-02 07:00").Refer("A", "s1").Window("A"));
    }

    [Fact]
    public void Each_lanes_last_slot_inside_tells_who_is_in_the_window()
    {
        var town = new Town(rules => rules.LapsesPerDay = 1).Filed("A", "B", "C").Freed("s1", "s2", "s3").At("2026-06-02 07:00");
        town.Files("F", Category.FirstPriority);
        town.Files("G", Category.FirstPriority);

        // F A B, then C, G.
        Assert.Equal(("-", "F", "B"), Lasts(town));
        town.Reserves("A", "s1");
        Assert.Equal(("-", "F", "B"), Lasts(town));
        town.Drops("A");
        Assert.Equal(("-", "F", "C"), Lasts(town));
        town.Files("H", Category.OutOfTurn);
        Assert.Equal(("H", "F", "B"), Lasts(town));
        Assert.Equal(("-", "-", "-"), Lasts(town.At("2026-06-05 07:00")));
    }

    [Fact]
    public void The_window_changes_by_the_clock_when_priority_ends_a_limit_ends_or_places_given_up_no_longer_count()
    {
        var town = new Town(rules => (rules.LapsesPerDay, rules.ReferralsPerMonth) = (1, 1)).Filed("A", "B").Freed("s1", "s2", "s3");
        Assert.Equal(Moment.Never, Changes());
        Assert.Equal("2026-06-05 07:00", town.At("2026-06-02 07:00").Local(Changes()));
        town.Refer("A", "s1");
        Assert.Equal("2026-06-05 07:00", town.Local(Changes()));
        town.Reserves("B", "s2");
        town.Drops("B");
        Assert.Equal("2026-06-03 00:00", town.Local(Changes()));
        Assert.Equal("2026-06-05 07:00", town.At("2026-06-03 00:00").Local(Changes()));
        Assert.Equal("2026-07-02 00:00", town.At("2026-06-05 07:00").Local(Changes()));
        Assert.Equal(Moment.Never, town.At("2026-07-02 00:00").QueueNamed().WindowChangesBy(town.Now));

        Moment Changes() => town.QueueNamed().WindowChangesBy(town.Now);
    }

    private static (string OutOfTurn, string FirstPriority, string General) Lasts(Town town)
    {
        return (Last(Category.OutOfTurn), Last(Category.FirstPriority), Last(Category.General));

        string Last(Category lane) => town.QueueNamed().LastInWindow(lane, town.Now) is { } slot ? town.QueueNamed().ApplicationNames[slot.Number] : "-";
    }
}
