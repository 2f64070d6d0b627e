using EOrda.Simulation.Cluster;

namespace EOrda.Simulation.Tests;

/// <summary>
/// The promises hold in days of a city on a cluster of Akka nodes, with and without faults. More seeds:
/// `dotnet run --project tests/EOrda.Simulation -c Release -- --cluster`.
/// </summary>
public sealed class ClusterSeeds
{
    private const int First = 1;
    private const int Last = 6;

    [Fact]
    public void Every_check_holds_in_each()
    {
        var (decisions, looks) = (0, 0);
        var kindsOfFaults = new HashSet<string>();
        for (var seed = First; seed <= Last; seed++)
        {
            var outcome = ClusterRun.Run(seed);
            Assert.True(outcome.Failure is null, $"--cluster --seed {seed}: {outcome.Failure}\n{string.Join('\n', outcome.LastEvents)}");
            decisions += outcome.Decisions;
            looks += outcome.Sights;
            kindsOfFaults.UnionWith(outcome.Faults.Keys);
        }

        Assert.True(decisions > 3_000, $"only {decisions} decisions were compared");
        Assert.True(looks > 500, $"only {looks} looks were compared");
        Assert.True(kindsOfFaults.Count > 15, $"only these faults happened: {string.Join(", ", kindsOfFaults)}");
    }

    [Theory]
    [InlineData(6)]
    [InlineData(8)]
    [InlineData(12)]
    public void The_same_seed_does_the_same_again(int seed)
    {
        var (first, second) = (ClusterRun.Run(seed), ClusterRun.Run(seed));
        Assert.Equal(first.Hash, second.Hash);
        Assert.Equal(first.LastEvents, second.LastEvents);
        Assert.Equal(first.Steps, second.Steps);
    }
}
