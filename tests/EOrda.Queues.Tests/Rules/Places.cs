namespace EOrda.Queues.Tests.Rules;

/// <summary>Rules, section 5: places, the daily schedule, the window and the freeze.</summary>
public sealed class Places
{
    [Fact]
    public void A_freed_place_is_reported_locked_in_priority_access_and_open_in_turn()
    {
        var town = new Town();
        Assert.Equal("almaty/general/2022 from 2026-06-02 07:00", town.At("2026-06-01 17:59:59.999").Frees("s1"));
        Assert.Equal("reported from 2026-06-02 07:00", town.Place("s1"));
        Assert.Equal("locked from 2026-06-02 07:00", town.At("2026-06-01 18:00").Place("s1"));
        Assert.Equal("locked from 2026-06-02 07:00", town.At("2026-06-02 06:59:59.999").Place("s1"));
        Assert.Equal("available priority until 2026-06-05 07:00", town.At("2026-06-02 07:00").Place("s1"));
        Assert.Equal("available priority until 2026-06-05 07:00", town.At("2026-06-05 06:59:59.999").Place("s1"));
        Assert.Equal("available open", town.At("2026-06-05 07:00").Place("s1"));
    }

    [Fact]
    public void A_report_at_exactly_the_handover_waits_for_the_next_days()
    {
        var town = new Town();
        Assert.Equal("almaty/general/2022 from 2026-06-03 07:00", town.At("2026-06-01 18:00").Frees("s1"));
        Assert.Equal("reported from 2026-06-03 07:00", town.At("2026-06-02 17:59:59.999").Place("s1"));
        Assert.Equal("locked from 2026-06-03 07:00", town.At("2026-06-02 18:00").Place("s1"));
    }

    [Theory]
    [InlineData("2026-06-07 12:00", "2026-06-08 07:00", "2026-06-11 07:00")]
    [InlineData("2026-06-04 12:00", "2026-06-05 07:00", "2026-06-10 07:00")]
    [InlineData("2026-06-05 12:00", "2026-06-06 07:00", "2026-06-11 07:00")]
    [InlineData("2026-06-09 12:00", "2026-06-10 07:00", "2026-06-13 07:00")]
    public void Priority_access_lasts_three_working_days_the_release_day_counting(string freed, string released, string open)
    {
        var town = new Town().At(freed).Freed("s1").At(released);
        Assert.Equal($"available priority until {open}", town.Place("s1"));
    }

    [Fact]
    public void Holidays_lengthen_priority_access_and_worked_Saturdays_shorten_it()
    {
        var holiday = new Town(rules => rules.Holidays = ["2026-06-11"]).At("2026-06-09 12:00").Freed("s1").At("2026-06-10 07:00");
        Assert.Equal("available priority until 2026-06-16 07:00", holiday.Place("s1"));
        var worked = new Town(rules => rules.Workdays = ["2026-06-13"]).At("2026-06-11 12:00").Freed("s1").At("2026-06-12 07:00");
        Assert.Equal("available priority until 2026-06-16 07:00", worked.Place("s1"));
    }

    [Fact]
    public void No_priority_days_skip_priority_access()
    {
        var town = new Town(rules => rules.PriorityWorkingDays = 0).Filed("A", "B").Freed("s1").At("2026-06-02 07:00");
        Assert.Equal("available open", town.Place("s1"));
        Assert.Equal("s1 until 2026-06-02 07:10", town.Reserves("B", "s1"));
    }

    [Theory]
    [InlineData("2026-05-31 12:00", 3, "almaty/general/2022")]
    [InlineData("2026-06-01 12:00", 3, "almaty/general/2023")]
    [InlineData("2026-09-01 12:00", 3, "almaty/general/2023")]
    [InlineData("2026-12-31 23:59", 0, "almaty/general/2026")]
    [InlineData("2027-01-01 00:00", 0, "almaty/general/2026")]
    [InlineData("2027-01-01 00:00", 10, "almaty/general/2016")]
    public void The_groups_age_names_the_cohort_by_the_school_year(string at, int age, string queue) =>
        Assert.StartsWith($"{queue} from", new Town(start: "2026-05-01 09:00").At(at).FreesForAge("s1", "kg", age), StringComparison.Ordinal);

    [Fact]
    public void Faults_of_freeing_are_named_in_their_order()
    {
        var town = new Town().Beside("oral").Freed("s1");
        Assert.Equal("unknown-kindergarten", town.Frees("s1", "nowhere", "bad"));
        Assert.Equal("duplicate-place", town.Frees("s1", "kg", "bad"));
        foreach (var queue in new[] { "bad", "nowhere/general/2022", "almaty/special/2022", "oral/general/2022", "almaty/general/x" })
        {
            Assert.Equal("bad-queue", town.Frees("s2", "kg", queue));
        }

        Assert.Equal("bad-queue", town.FreesForAge("s2", "kg-san", 3));
        Assert.Equal("almaty/sanatorium/allergy from 2026-06-02 07:00", town.Frees("s2", "kg-san", "almaty/sanatorium/allergy"));
    }

    [Fact]
    public void In_priority_access_as_many_as_there_are_places_may_take_one()
    {
        var town = new Town().Filed("A", "B", "C", "D").Freed("s1", "s2").At("2026-06-02 07:00");
        Assert.Equal("outside-window", town.Reserves("C", "s1"));
        Assert.Equal("s1 until 2026-06-02 07:10", town.Reserves("B", "s1"));

        // One place is left for the first of those that hold none.
        Assert.Equal("outside-window", town.Reserves("C", "s2"));
        Assert.Equal("s2 until 2026-06-02 07:10", town.Reserves("A", "s2"));
    }

    [Fact]
    public void Those_that_hold_a_reservation_are_left_out_of_the_rank()
    {
        var town = new Town().Filed("A", "B", "C", "D").Freed("s1", "s2", "s3").At("2026-06-02 07:00");
        town.Reserves("A", "s1");
        Assert.Equal("outside-window", town.Reserves("D", "s2"));
        Assert.Equal("s2 until 2026-06-02 07:10", town.Reserves("C", "s2"));
        Assert.Equal("outside-window", town.Reserves("D", "s3"));
        Assert.Equal("s3 until 2026-06-02 07:10", town.Reserves("B", "s3"));
    }

    [Theory]
    [InlineData(1, 2)]
    [InlineData(1.5, 3)]
    [InlineData(0.5, 1)]
    [InlineData(0.501, 2)]
    [InlineData(0.001, 1)]
    [InlineData(2, 4)]
    public void The_windows_size_is_the_factor_times_the_places_rounded_up(double factor, int last)
    {
        var town = new Town(rules => rules.WindowFactor = (decimal)factor).Filed("A1", "A2", "A3", "A4", "A5").Freed("s1", "s2").At("2026-06-02 07:00");
        Assert.Equal("outside-window", town.Reserves($"A{last + 1}", "s1"));
        Assert.Equal("s1 until 2026-06-02 07:10", town.Reserves($"A{last}", "s1"));
    }

    [Fact]
    public void A_factor_of_nothing_lets_nobody_in_before_open_access()
    {
        var town = new Town(rules => rules.WindowFactor = 0).Filed("A").Freed("s1").At("2026-06-02 07:00");
        Assert.Equal("outside-window", town.Reserves("A", "s1"));
        Assert.Equal("s1 until 2026-06-05 07:10", town.At("2026-06-05 07:00").Reserves("A", "s1"));
    }

    [Fact]
    public void Places_in_open_access_do_not_widen_the_window()
    {
        var town = new Town().Filed("A", "B").Freed("s1").At("2026-06-02 09:00").Freed("s2").At("2026-06-05 07:00");
        Assert.Equal("available open", town.Place("s1"));
        Assert.Equal("available priority until 2026-06-06 07:00", town.Place("s2"));
        Assert.Equal("outside-window", town.Reserves("B", "s2"));
        Assert.Equal("s1 until 2026-06-05 07:10", town.Reserves("B", "s1"));
    }

    [Theory]
    [InlineData("2026-06-10 06:29:59.999", "s1 until 2026-06-10 06:30")]
    [InlineData("2026-06-10 06:30", "frozen")]
    [InlineData("2026-06-10 06:59:59.999", "frozen")]
    [InlineData("2026-06-10 07:00", "s1 until 2026-06-10 07:10")]
    public void In_the_freeze_nothing_is_reserved(string at, string answer) =>
        Assert.Equal(answer, new Town().Filed("A").Freed("s1").At(at).Reserves("A", "s1"));

    [Fact]
    public void A_place_may_be_revoked_in_any_state_before_enrolment_and_its_name_stays_taken()
    {
        var town = new Town().Filed("A", "B", "C", "D", "E").Freed("reported");
        Assert.Equal("unknown-place", town.Revokes("nowhere"));
        Revoke("reported");
        town.Freed("locked", "available", "reserved", "referred", "returning", "enrolled").At("2026-06-01 18:00");
        Revoke("locked");
        town.At("2026-06-02 07:00");
        Revoke("available");
        town.Reserves("A", "reserved");
        town.Refer("B", "referred").Refer("C", "enrolled");
        town.Reserves("D", "returning");
        town.Drops("D");
        Assert.Equal("returning from 2026-06-03 07:00", town.Place("returning"));
        Revoke("returning");
        Revoke("reserved");
        Revoke("referred");
        Assert.Equal("A B D E", town.Order());
        town.Enrols("C");
        Assert.Equal("enrolled", town.Revokes("enrolled"));

        // None of the instants that were due for them changes them any more.
        town.At("2026-07-01 00:00");
        foreach (var place in new[] { "reported", "locked", "available", "reserved", "referred", "returning" })
        {
            Assert.Equal("revoked", town.Place(place));
        }

        void Revoke(string place)
        {
            Assert.Equal("done", town.Revokes(place));
            Assert.Equal("revoked", town.Place(place));
            Assert.Equal("revoked", town.Revokes(place));
            Assert.Equal("duplicate-place", town.Frees(place));
        }
    }

    [Fact]
    public void One_whose_reserved_place_is_revoked_waits_on_without_a_lapse()
    {
        var town = new Town(rules => rules.LapsesPerDay = 1).Filed("A").Freed("s1", "s2").At("2026-06-02 07:00");
        town.Reserves("A", "s1");
        town.Revokes("s1");
        Assert.Equal("revoked", town.Reserves("A", "s1"));
        Assert.Equal("s2 until 2026-06-02 07:10", town.Reserves("A", "s2"));
    }

    [Fact]
    public void The_reasons_of_a_named_place_are_those_of_its_state()
    {
        var town = new Town().Filed("A", "B", "C", "D").Freed("s1", "s2", "s3", "s4").At("2026-06-02 07:00").Freed("later");
        town.Reserves("A", "s1");
        town.Refer("B", "s2").Refer("C", "s3");
        town.Enrols("C");
        Assert.Equal("place-locked", town.Reserves("D", "later"));
        Assert.Equal("place-taken", town.Reserves("D", "s1"));
        Assert.Equal("place-taken", town.Reserves("D", "s2"));
        Assert.Equal("place-taken", town.Reserves("D", "s3"));
        town.Drops("A");
        Assert.Equal("place-locked", town.Reserves("D", "s1"));
        Assert.Equal("place-locked", town.At("2026-06-02 18:00").Reserves("D", "later"));
    }
}
