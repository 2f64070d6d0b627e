using EOrda.Actors.Live;

namespace EOrda.Actors.Persistence.Tests.Watching;

/// <summary>The numbers of updates grow over all instances of a queue's actor.</summary>
public sealed class Numbers
{
    // As far as a browser's script counts exactly.
    private const long MostInABrowser = 1L << 53;

    [Theory]
    [InlineData(1)]
    [InlineData(2_000_000_000)]
    [InlineData(8_000_000_000)]
    public void All_numbers_of_an_incarnation_are_before_those_of_a_later_one_and_fit_a_browser(long record)
    {
        var last = LiveNumbers.First(record) + LiveNumbers.PerIncarnation - 1;
        Assert.True(LiveNumbers.IsLast(last));
        Assert.False(LiveNumbers.IsLast(last - 1));
        Assert.Equal(last + 1, LiveNumbers.First(record + 1));
        Assert.True(last < MostInABrowser);
    }
}
