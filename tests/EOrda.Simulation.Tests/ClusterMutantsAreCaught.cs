using EOrda.Simulation.Cluster;
using EOrda.Simulation.Cluster.Mutants;

namespace EOrda.Simulation.Tests;

/// <summary>
/// The checks find each deliberate bug of the cluster: with the seed that found it before, or, when the nodes have changed since and do other things on that
/// seed, with one of the next. `--cluster --mutants` makes the table anew.
/// </summary>
public sealed class ClusterMutantsAreCaught
{
    private const int MostSeeds = 40;

    public static TheoryData<string> Names => [.. AllClusterMutants.List.Select(mutant => mutant.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void Each_of_them(string name)
    {
        var mutant = AllClusterMutants.List.First(one => one.Name == name);
        Assert.Contains(Enumerable.Range(mutant.Seed, MostSeeds), seed => ClusterRun.Run(seed, mutant.Make()).Failure is not null);
    }
}
