using EOrda.Actors.Country;
using EOrda.Actors.Hosting;
using EOrda.Actors.Telemetry;
using EOrda.Queues.Time;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace EOrda.Actors.Persistence.Tests.Nodes;

/// <summary>A node is ready while its database takes pages, it is a member of its cluster, and it knows the rules in force.</summary>
public sealed class Ready
{
    [Fact]
    public void What_is_missing_is_measured_part_by_part()
    {
        var time = new FakeTimeProvider();
        var (copy, health) = (new LocalitiesCopy(), new DatabaseHealth(TimeSpan.FromSeconds(1), time));
        using var metrics = new ActorsMetrics(new DoorLoad(() => 0, () => 0, () => 0, () => 0));
        var readiness = new Readiness(copy, health, metrics, time, NullLogger.Instance);
        Assert.Equal((false, "cluster shards"), Now());
        copy.Publish(LocalitiesView.Nothing with { Until = Moment.From(time.GetUtcNow().AddSeconds(60)) });
        Assert.Equal((false, "cluster"), Now());
        readiness.IsMember = () => true;
        Assert.Equal((true, ""), Now());
        health.Failed();
        Assert.Equal((false, "journal"), Now());
        time.Advance(TimeSpan.FromSeconds(2));
        Assert.Equal((true, ""), Now());
        time.Advance(TimeSpan.FromSeconds(60));
        Assert.Equal((false, "shards"), Now());

        (bool, string) Now()
        {
            readiness.Look();
            return (readiness.IsReady, string.Join(' ', metrics.Missing.Where(part => part.Value == 1).Select(part => part.Tags[0].Value)));
        }
    }
}
