using EOrda.Simulation.Mutants;

namespace EOrda.Simulation.Tests;

/// <summary>
/// The checks find each deliberate bug: with the seed that found it before, or, when the node has changed since and does other things on that seed, with one of
/// the next. `--mutants` makes the table anew.
/// </summary>
public sealed class MutantsAreCaught
{
    private const int MostSeeds = 60;

    public static TheoryData<string> Names => [.. AllMutants.List.Select(mutant => mutant.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void Each_of_them(string name)
    {
        var mutant = AllMutants.List.First(one => one.Name == name);
        Assert.Contains(Enumerable.Range(mutant.Seed, MostSeeds), seed => SeedRun.Run(seed, mutant.Make()).Failure is not null);
    }
}
