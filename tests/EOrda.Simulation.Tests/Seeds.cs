using EOrda.Simulation.Checks;

namespace EOrda.Simulation.Tests;

/// <summary>The promises hold in days of a city, with and without faults. More seeds: `dotnet run --project tests/EOrda.Simulation -c Release`.</summary>
public sealed class Seeds
{
    private const int First = 1;
    private const int Last = 8;

    [Fact]
    public void Every_check_holds_in_each()
    {
        var decisions = 0;
        var kindsOfFaults = new HashSet<string>();
        for (var seed = First; seed <= Last; seed++)
        {
            var outcome = SeedRun.Run(seed);
            Assert.True(outcome.Failure is null, $"--seed {seed}: {outcome.Failure}\n{string.Join('\n', outcome.LastEvents)}");
            decisions += outcome.Decisions;
            kindsOfFaults.UnionWith(outcome.Faults.Keys);
        }

        Assert.True(decisions > 3_000, $"only {decisions} decisions were compared");
        Assert.True(kindsOfFaults.Count > 15, $"only these faults happened: {string.Join(", ", kindsOfFaults)}");
    }

    [Fact]
    public void A_key_changed_by_a_mutant_is_still_its_callers()
    {
        var key = Keys.Of(UInt128.MaxValue);
        Assert.NotEqual(key, Keys.Changed(key, 3));
        Assert.Equal(key, Keys.Original(Keys.Changed(key, 3)));
    }
}
