using EOrda.Queues.Applications;

namespace EOrda.Queues.Tests.Rules;

/// <summary>Rules, section 3: every change of a position has a cause that can be told.</summary>
public sealed class PositionChanges
{
    [Fact]
    public void Filing_is_ones_own_beginning()
    {
        var town = new Town().Filed("A", "B");
        Assert.Equal(["own Filed ->2"], town.Why("B"));
        Assert.Empty(town.QueueNamed().Explain("nobody"));
    }

    [Fact]
    public void Each_cause_of_a_better_or_worse_position_is_told()
    {
        var town = new Town(rules => rules.ValidMonths = 2).Freed("s1", "s2").Filed("Withdrawn", "Stopped", "Referred");
        town.At("2026-07-15 09:00").Filed("Me");
        town.At("2026-07-16 09:00").Withdraws("Withdrawn");
        town.At("2026-07-17 09:00").Refer("Referred", "s1").Cancels("Referred");
        Assert.Equal("stop-listed: Stopped Referred", town.At("2026-08-05 09:00").CleansUp());
        town.Prolongs("Stopped");
        town.At("2026-08-20 09:00").Files("Newcomer", Category.OutOfTurn);
        town.Files("Reviewed", Category.FirstPriority, review: true);
        town.Reviews("Reviewed", approve: true);
        Assert.Equal(
            ["Reviewed 3>4", "Filed 2>3", "StopListEnd 1>2", "StopList 2>1", "StopList 3>2", "Return 2>3", "Referral 3>2", "Withdrawal 4>3", "own Filed ->4"],
            town.Why("Me"));
    }

    [Fact]
    public void Leaving_for_age_is_told()
    {
        var town = new Town(start: "2026-05-04 09:00");
        town.Files("A", queue: "almaty/general/2020", born: "2020-06-01");
        town.Files("B", queue: "almaty/general/2020", born: "2020-06-02");
        Assert.Equal("waiting 1", town.At("2026-06-01 00:00").State("B"));
        Assert.Equal(["Age 2>1", "own Filed ->2"], town.Why("B"));
        Assert.Empty(town.Why("A"));
    }

    [Fact]
    public void Ones_own_category_and_anothers_are_told()
    {
        var town = new Town().Filed("A", "B", "C");
        town.Changes("C", Category.OutOfTurn);
        Assert.Equal(["own Category ->1", "own Category 3>-", "own Filed ->3"], town.Why("C"));
        Assert.Equal(["Category 1>2", "own Filed ->1"], town.Why("A"));
    }

    [Fact]
    public void With_carry_the_patterns_step_is_told()
    {
        var town = new Town(rules => (rules.Carry, rules.WindowFactor) = (true, 9)).Filed("G1", "G2").Freed("s1");
        town.Files("F1", Category.FirstPriority);
        town.Files("F2", Category.FirstPriority);
        town.At("2026-06-02 07:00").Refer("F1", "s1");
        Assert.Equal("G1 G2 F2", town.Order());
        Assert.Equal(["Pattern 1>3", "Referral 4>1", "own Filed ->4"], town.Why("F2"));
    }

    [Fact]
    public void One_that_left_and_came_back_tells_both()
    {
        var town = new Town().Filed("A", "B").Freed("s1").At("2026-06-08 12:00").Refer("B", "s1");
        Assert.Equal(["own Referral 2>-", "own Filed ->2"], town.Why("B"));
        town.Refuses("B");
        Assert.Equal(["own Return ->2", "own Referral 2>-", "own Filed ->2"], town.Why("B"));
    }

    [Fact]
    public void The_oldest_of_many_changes_give_way()
    {
        var town = new Town().Filed("A", "B");
        for (var i = 0; i < 2_100; i++)
        {
            town.Changes("A", i % 2 == 0 ? Category.OutOfTurn : Category.General);
        }

        var queue = town.QueueNamed();
        Assert.Equal(4_202, queue.LatestChange);
        Assert.Null(queue.ChangesFrom(1));
        Assert.Null(queue.ChangesFrom(106));
        Assert.Equal(4_096, queue.ChangesFrom(107)!.Count);
        Assert.Single(queue.ChangesFrom(4_202)!);
        Assert.Empty(queue.ChangesFrom(4_203)!);
        Assert.Equal(4_096, town.Why("A").Count);
    }
}
