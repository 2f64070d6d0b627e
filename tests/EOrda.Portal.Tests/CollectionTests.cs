using EOrda.Actors;
using EOrda.Portal.Hosting;
using EOrda.Portal.Tests.Support;
using EOrda.Queues;
using EOrda.Queues.Rules;
using EOrda.Queues.Time;
using Xunit;

namespace EOrda.Portal.Tests;

/// <summary>When the portal collects its garbage of its own accord: in the last seconds before places become available.</summary>
public sealed class CollectionTests : IAsyncLifetime
{
    private readonly TestPortal portal = new();

    public Task InitializeAsync() => portal.InitializeAsync();

    public async Task DisposeAsync() => await portal.DisposeAsync();

    [Theory]
    [InlineData(-20_001, false)]
    [InlineData(-20_000, true)]
    [InlineData(-2_000, true)]
    [InlineData(-1_999, false)]
    [InlineData(0, false)]
    [InlineData(1, false)]
    public void It_is_time_shortly_before_a_release(long fromRelease, bool isTime)
    {
        var release = Release;
        var due = CollectionBeforeRelease.DueFor(Directory, new Moment(release.UnixMilliseconds + fromRelease), last: Moment.Beginning);
        Assert.Equal(isTime ? release : null, due);
    }

    [Fact]
    public void Once_for_each_release()
    {
        var release = Release;
        Assert.Null(CollectionBeforeRelease.DueFor(Directory, new Moment(release.UnixMilliseconds - 5_000), last: release));
        var next = new Moment(release.UnixMilliseconds + 24 * 3_600_000);
        Assert.Equal(next, CollectionBeforeRelease.DueFor(Directory, new Moment(next.UnixMilliseconds - 5_000), last: release));
    }

    [Theory]
    [InlineData("06:59", false)]
    [InlineData("06:58", true)]
    [InlineData("07:01", true)]
    public async Task Not_in_the_race_of_another_locality(string other, bool isTime)
    {
        var release = Release;
        await portal.Order(new SetRules("elsewhere", new RulesDraft { TimeZone = "Asia/Almaty", Release = other }));
        var due = CollectionBeforeRelease.DueFor(Directory, new Moment(release.UnixMilliseconds - 20_000), last: Moment.Beginning);
        Assert.Equal(isTime ? release : null, due);
    }

    // Answered at once by a node in this process.
    private CountryDirectory Directory => portal.Node.Directory().AsTask().Result;

    private Moment Release => Directory.Localities.Values.First()[^1].Rules.Schedule.NextRelease(Moment.From(portal.Clock.GetUtcNow()));
}
