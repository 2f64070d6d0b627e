namespace EOrda.Simulation;

/// <summary>Whether the checks find each deliberate bug, and with which seed.</summary>
internal static class MutantTable
{
    private const int MostSeeds = 60;

    /// <summary>Runs a mutant from seed 1 on until a check finds it.</summary>
    /// <returns>The seed that found it and what it found; null when none did.</returns>
    public static Outcome? Find(Simulated simulated, string mutant, int mostSeeds = MostSeeds)
    {
        for (var seed = 1; seed <= mostSeeds; seed++)
        {
            if (simulated.Run(seed, mutant) is { Failure: not null } found)
            {
                return found;
            }
        }

        return null;
    }

    /// <summary>Prints the table of docs/reliability.md.</summary>
    /// <returns>The exit code: 1 when a bug was not found.</returns>
    public static int Print(TextWriter output, Simulated simulated)
    {
        var missed = 0;
        output.WriteLine("| mutant | the bug | found after | by the check |");
        output.WriteLine("|---|---|---|---|");
        foreach (var (name, what) in simulated.Mutants)
        {
            var found = Find(simulated, name);
            missed += found is null ? 1 : 0;
            output.WriteLine($"| `{name}` | {what} | {(found is null ? $"not by {MostSeeds} seeds" : $"{found.Seed} {(found.Seed == 1 ? "seed" : "seeds")}")} | {found?.Failure!.Check ?? "–"} |");
        }

        return missed > 0 ? 1 : 0;
    }
}
