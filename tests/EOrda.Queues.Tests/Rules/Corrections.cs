using EOrda.Queues.Applications;

namespace EOrda.Queues.Tests.Rules;

/// <summary>Rules, section 4: an application passes to the other legal representative; a birth date registered wrongly is corrected.</summary>
public sealed class Corrections
{
    [Fact]
    public void Both_need_an_active_application()
    {
        var town = new Town().Filed("A");
        Assert.Equal("unknown-application", town.Transfers("Z", "p"));
        Assert.Equal("unknown-application", town.Corrects("Z", "2022-03-02"));
        town.Withdraws("A");
        Assert.Equal("not-active", town.Transfers("A", "p"));
        Assert.Equal("not-active", town.Corrects("A", "2022-03-02"));
    }

    [Fact]
    public void A_transferred_application_keeps_its_place_and_is_a_sibling_of_the_new_applicants_others()
    {
        var town = new Town().Filed("A", "B").Freed("s1", "s2").At("2026-06-08 12:00");
        Assert.Equal("not-siblings", town.ReserveTogether("kg", "A", "B"));
        Assert.Equal("done", town.Transfers("B", "parent of A"));
        Assert.Equal("A B", town.Order());
        Assert.Equal("s1 s2 until 2026-06-08 12:10", town.ReserveTogether("kg", "A", "B"));
        Assert.Equal("done", town.Transfers("B", "parent of B"));
        Assert.Equal("A until 2026-06-16 00:00, B until 2026-06-16 00:00", town.Confirms("A"));
    }

    [Fact]
    public void A_transferred_application_is_no_longer_a_sibling_of_the_former_applicants_others()
    {
        var town = new Town();
        town.Files("A", applicant: "p");
        town.Files("B", applicant: "p");
        town.Freed("s1", "s2").At("2026-06-08 12:00").Transfers("B", "q");
        Assert.Equal("not-siblings", town.ReserveTogether("kg", "A", "B"));
    }

    [Theory]
    [InlineData("2022-12-31", "waiting 1")]
    [InlineData("2022-01-01", "waiting 1")]
    [InlineData("2021-12-31", "wrong-cohort")]
    [InlineData("2026-06-01", "wrong-cohort")]
    [InlineData("2026-06-02", "not-born")]
    public void A_corrected_birth_date_is_of_the_same_year_and_not_to_come(string born, string answer) =>
        Assert.Equal(answer, new Town().Filed("A", "B").Corrects("A", born));

    [Fact]
    public void In_a_sanatorium_queue_it_may_be_of_any_year()
    {
        var town = new Town();
        town.Files("A", queue: "almaty/sanatorium/allergy", born: "2022-03-01");
        Assert.Equal("waiting 1", town.Corrects("A", "2024-05-05"));
    }

    [Fact]
    public void A_corrected_birth_date_says_who_are_siblings()
    {
        var town = new Town();
        town.Files("A", applicant: "p", born: "2022-03-01");
        town.Files("B", applicant: "p", born: "2022-05-01");
        town.Freed("s1", "s2").At("2026-06-08 12:00");
        Assert.Equal("not-siblings", town.ReserveTogether("kg", "A", "B"));
        town.Corrects("B", "2022-03-31");
        Assert.Equal("s1 s2 until 2026-06-08 12:10", town.ReserveTogether("kg", "A", "B"));
    }

    [Theory]
    [InlineData("2022-06-01", "2022-06-02", "2028-06-01", "2029-06-01")]
    [InlineData("2022-06-02", "2022-06-01", "2029-06-01", "2028-06-01")]
    public void The_first_of_June_follows_from_the_new_date(string born, string corrected, string former, string leaves)
    {
        var town = new Town();
        town.Files("A", born: born);
        Assert.Equal("waiting 1", town.Corrects("A", corrected));
        var (earlier, later) = string.CompareOrdinal(former, leaves) < 0 ? (former, leaves) : (leaves, former);
        Assert.Equal(earlier == leaves ? "archived (too-old)" : "waiting 1", town.At($"{earlier} 00:00").State("A"));
        Assert.Equal("archived (too-old)", town.At($"{later} 00:00").State("A"));
    }

    [Fact]
    public void A_child_whose_first_of_June_is_past_leaves_at_once_and_its_place_returns_without_a_lapse()
    {
        var town = new Town(start: "2028-05-29 09:00").Freed("s1");
        town.Files("A", born: "2022-06-02");
        town.Files("B", born: "2022-06-05");
        town.At("2028-06-01 12:00").Reserves("A", "s1");
        Assert.Equal("archived", town.Corrects("A", "2022-05-31"));
        Assert.Equal("archived (too-old)", town.State("A"));
        Assert.StartsWith("returning", town.Place("s1"), StringComparison.Ordinal);
        Assert.Equal("B", town.Order());
    }

    [Fact]
    public void One_under_review_leaves_at_once_and_one_away_when_it_would_come_back()
    {
        var town = new Town(start: "2028-05-29 09:00").Freed("s1");
        town.Files("Review", born: "2022-06-02", review: true);
        town.Files("A", born: "2022-06-02");
        town.At("2028-06-01 12:00").Refer("A", "s1");
        Assert.Equal("archived", town.Corrects("Review", "2022-05-31"));
        Assert.Equal("referred", town.Corrects("A", "2022-05-31"));
        town.Cancels("A");
        Assert.Equal("returning until 2028-06-01 12:10", town.State("A"));
        Assert.Equal("archived (too-old)", town.At("2028-06-01 12:10").State("A"));
    }

    [Fact]
    public void The_category_and_the_instant_stay()
    {
        var town = new Town();
        town.Files("A");
        town.Files("F", Category.FirstPriority);
        town.Corrects("F", "2022-03-02");
        town.Transfers("F", "q");
        Assert.Equal("F A", town.Order());
    }
}
