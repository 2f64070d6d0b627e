using EOrda.Simulation.Mutants;

namespace EOrda.Simulation.Tests;

/// <summary>The checks find each deliberate bug with the seed that the table names; `--mutants` makes the table anew.</summary>
public sealed class MutantsAreCaught
{
    public static TheoryData<string> Names => [.. AllMutants.List.Select(mutant => mutant.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void Each_of_them(string name)
    {
        var mutant = AllMutants.List.First(one => one.Name == name);
        Assert.NotNull(SeedRun.Run(mutant.Seed, mutant.Make()).Failure);
    }
}
