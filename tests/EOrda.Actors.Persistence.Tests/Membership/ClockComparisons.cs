using EOrda.Actors.Membership;

namespace EOrda.Actors.Persistence.Tests.Membership;

/// <summary>Whose clock is wrong, and when that matters.</summary>
public sealed class ClockComparisons
{
    [Fact]
    public void A_node_that_is_alone_believes_its_clock() => Assert.Equal(default, ClockComparison.Of([], isOldest: false));

    [Theory]
    [InlineData(90, false)]
    [InlineData(-90, false)]
    [InlineData(101, true)]
    [InlineData(-101, true)]
    public void More_than_a_tenth_of_a_second_apart_is_an_alarm(int ahead, bool isAlarm)
    {
        var compared = ClockComparison.Of([Reading(ahead), Reading(0)], isOldest: true);
        Assert.Equal(isAlarm, compared.IsAlarm);
        Assert.False(compared.IsOff);
    }

    [Fact]
    public void Of_three_the_one_that_is_off_the_other_two_knows_it()
    {
        Assert.Equal(TimeSpan.FromSeconds(-2), ClockComparison.Of([Reading(2_000), Reading(2_100)], isOldest: true).Off);
        Assert.True(ClockComparison.Of([Reading(2_000), Reading(2_100)], isOldest: true).IsOff);
        Assert.True(ClockComparison.Of([Reading(-2_000), Reading(-2_100)], isOldest: false).IsOff);
        Assert.False(ClockComparison.Of([Reading(2_000), Reading(10)], isOldest: false).IsOff);
    }

    [Fact]
    public void Of_two_the_older_one_is_believed()
    {
        Assert.False(ClockComparison.Of([Reading(1_500)], isOldest: true).IsOff);
        Assert.True(ClockComparison.Of([Reading(1_500)], isOldest: false).IsOff);
        Assert.True(ClockComparison.Of([Reading(1_500)], isOldest: true).IsAlarm);
    }

    [Fact]
    public void Of_four_in_two_pairs_none_is_off_by_itself() =>
        Assert.False(ClockComparison.Of([Reading(5), Reading(3_000), Reading(3_000)], isOldest: false).IsOff);

    [Fact]
    public void A_question_that_took_long_proves_little()
    {
        var slow = new ClockReading(TimeSpan.FromMilliseconds(1_300), TimeSpan.FromMilliseconds(900));
        Assert.Equal(TimeSpan.FromMilliseconds(400), slow.Certain);
        Assert.False(ClockComparison.Of([slow], isOldest: false).IsOff);
    }

    private static ClockReading Reading(int ahead) => new(TimeSpan.FromMilliseconds(ahead), TimeSpan.Zero);
}
