using EOrda.Queues.Applications;

namespace EOrda.Queues.Tests.Rules;

/// <summary>Rules, section 4: filing, review, age and validity.</summary>
public sealed class Filings
{
    [Theory]
    [InlineData("almaty/general", "bad-queue")]
    [InlineData("almaty/general/2022/", "bad-queue")]
    [InlineData("", "bad-queue")]
    [InlineData("nowhere/general/2022", "unknown-locality")]
    [InlineData("nowhere/odd/22", "unknown-locality")]
    [InlineData("almaty/odd/2022", "bad-queue")]
    [InlineData("almaty/General/2022", "bad-queue")]
    [InlineData("almaty/general/22", "bad-queue")]
    [InlineData("almaty/general/２０２２", "bad-queue")]
    [InlineData("almaty/special/allergy", "bad-queue")]
    [InlineData("almaty/sanatorium/", "bad-queue")]
    [InlineData("almaty/sanatorium/a_b", "bad-queue")]
    [InlineData("almaty/general/2021", "wrong-cohort")]
    [InlineData("almaty/special/2023", "wrong-cohort")]
    [InlineData("almaty/special/2022", "waiting 1")]
    [InlineData("almaty/sanatorium/tb-2", "waiting 1")]
    public void The_queue_must_be_there_and_suit_the_child(string queue, string answer) =>
        Assert.Equal(answer, new Town().Files("A", queue: queue, born: "2022-05-05"));

    [Theory]
    [InlineData("2020-06-01", "too-old")]
    [InlineData("2020-06-02", "waiting 1")]
    [InlineData("2026-06-01", "waiting 1")]
    [InlineData("2026-06-02", "not-born")]
    public void A_child_must_be_born_and_under_six_on_the_local_date(string born, string answer) =>
        Assert.Equal(answer, new Town(start: "2026-06-01 00:00").Files("A", queue: $"almaty/general/{born[..4]}", born: born));

    [Theory]
    [InlineData("2026-02-28 23:59:59.999", "waiting 1")]
    [InlineData("2026-03-01 00:00", "too-old")]
    public void One_born_on_29_February_is_six_on_1_March(string at, string answer) =>
        Assert.Equal(answer, new Town(start: "2026-01-05 09:00").At(at).Files("A", queue: "almaty/general/2020", born: "2020-02-29"));

    [Fact]
    public void Faults_are_named_in_their_order()
    {
        var town = new Town().Filed("A");
        Assert.Equal("duplicate-application", town.Files("A", queue: "almaty/general/2021", child: "child of A", born: "2010-01-01"));
        Assert.Equal("too-old", town.Files("B", queue: "almaty/general/2021", child: "child of A", born: "2010-01-01"));
        Assert.Equal("wrong-cohort", town.Files("B", queue: "almaty/general/2021", child: "child of A", born: "2022-01-01"));
        Assert.Equal("already-queued", town.Files("B", child: "child of A"));
    }

    [Fact]
    public void A_child_has_one_active_application_a_kind_in_the_whole_country()
    {
        var town = new Town().Beside("oral").Filed("A");
        Assert.Equal("already-queued", town.Files("B", child: "child of A", queue: "oral/general/2022"));
        Assert.Equal("already-queued", town.Files("B", child: "child of A", queue: "almaty/general/2021", born: "2021-03-01"));
        Assert.Equal("waiting 1", town.Files("C", child: "child of A", queue: "almaty/special/2022"));
        Assert.Equal("waiting 1", town.Files("D", child: "child of A", queue: "almaty/sanatorium/allergy"));
        Assert.Equal("already-queued", town.Files("E", child: "child of A", queue: "oral/sanatorium/sleep"));
        town.Withdraws("A");
        Assert.Equal("waiting 1", town.Files("F", child: "child of A", queue: "oral/general/2022"));
    }

    [Fact]
    public void Each_active_state_keeps_the_child_from_filing_again()
    {
        var town = new Town().Filed("A").Freed("s1");
        Assert.Equal("review", town.Files("R", child: "reviewed", review: true));
        Assert.Equal("already-queued", town.Files("R2", child: "reviewed"));
        town.At("2026-06-02 07:00").Refer("A", "s1");
        Assert.Equal("already-queued", town.Files("A2", child: "child of A"));
        town.Cancels("A");
        Assert.Equal("already-queued", town.Files("A2", child: "child of A"));
        town.At("2026-06-03 07:00").Refer("A", "s1");
        Assert.Equal("stop-listed until 2026-06-25 00:00 (referral-expired)", town.At("2026-06-11 00:00").State("A"));
        Assert.Equal("already-queued", town.Files("A2", child: "child of A"));
    }

    [Fact]
    public void A_refused_filing_registers_nothing()
    {
        var town = new Town();
        Assert.Equal("wrong-cohort", town.Files("A", queue: "almaty/general/2021", born: "2022-01-01"));
        Assert.Equal("unknown-application", town.State("A"));
        Assert.Equal("waiting 1", town.Files("A"));
    }

    [Fact]
    public void Under_review_an_application_has_no_position_and_approved_it_takes_its_original_instant()
    {
        var town = new Town();
        Assert.Equal("review", town.Files("A", Category.OutOfTurn, review: true));
        town.Filed("B");
        Assert.Equal("review", town.State("A"));
        Assert.Equal("under-review", town.Reserves("A", "s1"));
        Assert.Equal("waiting 1", town.Reviews("A", approve: true));
        Assert.Equal("not-under-review", town.Reviews("A", approve: true));
        Assert.Equal("unknown-application", town.Reviews("Z", approve: true));
    }

    [Fact]
    public void A_refused_benefit_waits_as_general_with_its_original_instant()
    {
        var town = new Town();
        town.Files("A", Category.OutOfTurn, review: true);
        town.Filed("B");
        town.Changes("A", Category.FirstPriority);
        Assert.Equal("waiting 1", town.Reviews("A", approve: false));
        Assert.Equal(new CategoryCounts(0, 0, 2), town.QueueNamed().Counts);
    }

    [Theory]
    [InlineData("almaty/special/2022")]
    [InlineData("almaty/sanatorium/allergy")]
    public void A_refused_entitlement_is_archived(string queue)
    {
        var town = new Town();
        town.Files("A", queue: queue, review: true);
        Assert.Equal("archived", town.Reviews("A", approve: false));
        Assert.Equal("archived (refused)", town.State("A"));
        Assert.Equal("waiting 1", town.Files("B", queue: queue, child: "child of A"));
    }

    [Fact]
    public void A_category_set_while_away_counts_when_it_is_back()
    {
        var town = new Town().Filed("B", "A").Freed("s1").At("2026-06-04 07:00");
        town.Files("R", review: true);
        Assert.Equal("review", town.Changes("R", Category.FirstPriority));
        town.At("2026-06-05 07:00").Refer("A", "s1");
        Assert.Equal("referred", town.Changes("A", Category.OutOfTurn));
        Assert.Equal("waiting 1", town.Refuses("A"));
        Assert.Equal("waiting 2", town.Reviews("R", approve: true));
        Assert.Equal("A R B", town.Order());
    }

    [Fact]
    public void An_archived_application_is_not_active()
    {
        var town = new Town().Filed("A");
        town.Withdraws("A");
        Assert.Equal("archived (withdrawn)", town.State("A"));
        Assert.Equal("not-active", town.Changes("A", Category.General));
        Assert.Equal("not-active", town.Prolongs("A"));
        Assert.Equal("not-active", town.Withdraws("A"));
        Assert.Equal("archived", town.Reserves("A", "s1"));
    }

    [Theory]
    [InlineData("2020-03-01", "2026-06-01 00:00")]
    [InlineData("2020-06-01", "2026-06-01 00:00")]
    [InlineData("2020-06-02", "2027-06-01 00:00")]
    [InlineData("2020-12-31", "2027-06-01 00:00")]
    [InlineData("2020-02-29", "2026-06-01 00:00")]
    public void A_waiting_child_leaves_on_the_first_1_June_on_or_after_its_sixth_birthday(string born, string leaves)
    {
        var town = new Town(start: "2025-09-01 09:00");
        town.Files("A", queue: "almaty/general/2020", born: born);
        town.Files("R", queue: "almaty/general/2020", born: born, review: true);
        var last = town.Read(leaves).UnixMilliseconds - 1;
        town.At($"{new Time.Moment(last)}");
        Assert.Equal("waiting 1", town.State("A"));
        Assert.Equal("review", town.State("R"));
        town.At(leaves);
        Assert.Equal("archived (too-old)", town.State("A"));
        Assert.Equal("archived (too-old)", town.State("R"));
    }

    [Fact]
    public void One_that_leaves_for_age_with_a_reservation_gives_the_place_back()
    {
        var town = new Town(start: "2026-05-30 09:00");
        town.Files("A", queue: "almaty/general/2020", born: "2020-06-01");
        town.Frees("s1", queue: "almaty/general/2020");
        town.At("2026-05-31 23:55").Reserves("A", "s1");
        Assert.Equal("archived (too-old)", town.At("2026-06-01 00:00").State("A"));
        Assert.Equal("returning from 2026-06-02 07:00", town.Place("s1", "almaty/general/2020"));
    }

    [Fact]
    public void A_state_that_outlasts_1_June_is_left_when_it_ends()
    {
        var town = new Town(start: "2026-05-25 09:00");
        foreach (var name in new[] { "Cancelled", "Refused", "Revoked", "Denied", "Expired", "Used" })
        {
            town.Files(name, name == "Denied" ? Category.OutOfTurn : Category.General, "almaty/general/2020", born: "2020-06-01");
            town.Frees(name, queue: "almaty/general/2020");
        }

        town.At("2026-05-31 23:00");
        foreach (var name in new[] { "Cancelled", "Refused", "Revoked", "Denied", "Expired", "Used" })
        {
            town.Refer(name, name);
        }

        Assert.Equal("back 2026-06-01 00:05, place from 2026-06-01 07:00", town.At("2026-05-31 23:55").Cancels("Cancelled"));
        Assert.Equal("returning until 2026-06-01 00:05", town.At("2026-06-01 00:00").State("Cancelled"));
        Assert.Equal("archived (too-old)", town.At("2026-06-01 00:05").State("Cancelled"));
        Assert.Equal("archived", town.Refuses("Refused"));
        Assert.Equal("archived (too-old)", town.State("Refused"));
        Assert.Equal("done", town.Revokes("Revoked"));
        Assert.Equal("archived (too-old)", town.State("Revoked"));
        Assert.Equal("archived", town.Verifies("Denied", approve: false));
        Assert.Equal("archived (too-old)", town.State("Denied"));
        Assert.Equal("enrolled", town.Enrols("Used"));
        Assert.Equal("stop-listed until 2026-06-20 00:00 (referral-expired)", town.At("2026-06-06 00:00").State("Expired"));
        Assert.Equal("archived (too-old)", town.At("2026-06-20 00:00").State("Expired"));
    }

    [Fact]
    public void Validity_runs_from_the_filing_or_the_latest_prolongation()
    {
        var town = new Town();
        town.Files("Imported", submitted: "2020-01-01 00:00");
        town.Filed("Kept", "Prolonged");
        Assert.Equal("until 2027-06-02 00:00", town.Prolongs("Kept"));
        Assert.Equal("until 2027-08-01 00:00", town.At("2026-07-31 23:59").Prolongs("Prolonged"));
        Assert.Equal("stop-listed: ", town.At("2027-06-01 23:59:59.999").CleansUp());
        Assert.Equal("stop-listed: Imported Kept", town.At("2027-06-02 00:00").CleansUp());
        Assert.Equal("unknown-application", town.Prolongs("Nobody"));
    }

    [Fact]
    public void Months_of_validity_clamp_to_the_months_end()
    {
        var town = new Town(rules => rules.ValidMonths = 6, start: "2026-08-31 09:00").Filed("A");
        Assert.Equal("until 2027-03-01 00:00", town.Prolongs("A"));
    }
}
