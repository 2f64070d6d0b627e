using System.Diagnostics;

namespace EOrda.Simulation;

/// <summary>Runs seeds one after another until one fails, and tells what happened.</summary>
internal static class SeedRuns
{
    /// <summary>Runs the seeds asked for: one, a range, or from 1 on for so many minutes.</summary>
    /// <returns>The exit code: 0 when nothing was found, 1 when something was, 2 when what is asked for is not understood.</returns>
    public static int Run(TextWriter output, Simulated simulated, int? seed, string? seeds, double? minutes, string? mutant)
    {
        if (mutant is not null && !simulated.Mutants.Any(one => one.Name == mutant))
        {
            output.WriteLine($"There is no mutant '{mutant}'; there are {string.Join(", ", simulated.Mutants.Select(one => one.Name))}.");
            return 2;
        }

        if (Range(seed, seeds) is not var (first, last))
        {
            output.WriteLine($"'{seeds}' is no range of seeds: write A..B.");
            return 2;
        }

        var watch = Stopwatch.StartNew();
        var passed = TimeSpan.Zero;
        var run = 0;
        for (var next = first; next <= last && (minutes is null || watch.Elapsed.TotalMinutes < minutes); next++, run++)
        {
            var began = watch.Elapsed;
            var outcome = simulated.Run(next, mutant);
            passed += outcome.Passed;
            output.WriteLine(
                $"seed {next}: {outcome.Hash}, {outcome.Passed.TotalHours:F0} h in {(watch.Elapsed - began).TotalSeconds:F1} s, {outcome.Steps} steps, "
                + $"{outcome.Decisions} decisions and {outcome.Sights} looks as the model has them; {Told(outcome.Faults)}");
            if (outcome.Failure is { } failure)
            {
                outcome.LastEvents.ToList().ForEach(output.WriteLine);
                output.WriteLine($"seed {next} FAILED, check '{failure.Check}': {failure.Message}");
                output.WriteLine($"again: --seed {next}{(mutant is null ? "" : $" --mutant {mutant}")}");
                return 1;
            }
        }

        output.WriteLine($"{run} seeds passed: {passed.TotalHours:F0} hours of the city in {watch.Elapsed.TotalSeconds:F0} s");
        return 0;
    }

    private static string Told(IReadOnlyDictionary<string, int> faults) =>
        faults.Count == 0 ? "no faults" : string.Join(", ", faults.Select(fault => $"{fault.Key} {fault.Value}"));

    private static (int First, int Last)? Range(int? seed, string? seeds)
    {
        if (seed is { } one)
        {
            return (one, one);
        }

        if (seeds is null)
        {
            return (1, int.MaxValue - 1);
        }

        return seeds.Split("..") is [var from, var to] && int.TryParse(from, out var first) && int.TryParse(to, out var last) ? (first, last) : null;
    }
}
