using System.Diagnostics;
using EOrda.Simulation.Mutants;

namespace EOrda.Simulation.Tests;

/// <summary>The same seed does the same again, bit for bit.</summary>
public sealed class Repetition
{
    private const int SeedWithManyFaults = 4;

    [Fact]
    public void In_another_process_too()
    {
        var first = Output(SeedWithManyFaults);
        Assert.Contains("crash", first, StringComparison.Ordinal);
        Assert.Equal(first, Output(SeedWithManyFaults));
    }

    [Fact]
    public void And_fails_the_same_way()
    {
        var mutant = AllMutants.List.First(one => one.Name == "answer-before-sync");
        var (first, second) = (SeedRun.Run(mutant.Seed, mutant.Make()), SeedRun.Run(mutant.Seed, mutant.Make()));
        Assert.NotNull(first.Failure);
        Assert.Equal(first.Failure, second.Failure);
        Assert.Equal(first.Hash, second.Hash);
        Assert.Equal(first.LastEvents, second.LastEvents);
    }

    [Fact]
    public void Another_seed_does_not() => Assert.NotEqual(SeedRun.Run(5).Hash, SeedRun.Run(6).Hash);

    // The hash and what was done, without how long it took.
    private static string Output(int seed)
    {
        var start = new ProcessStartInfo("dotnet", [typeof(SeedRun).Assembly.Location, "--seed", $"{seed}"]) { RedirectStandardOutput = true, UseShellExecute = false };
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync();
        Assert.True(process.WaitForExit(TimeSpan.FromMinutes(5)), $"seed {seed}");
        var line = output.GetAwaiter().GetResult().Split('\n')[0].TrimEnd();
        Assert.Equal(0, process.ExitCode);
        return line.Split(" s, ") is [var before, var after] ? before[..before.IndexOf(',')] + after : line;
    }
}
