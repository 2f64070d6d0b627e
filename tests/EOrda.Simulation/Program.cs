var verbose = args.Length > 2;
for (var s = int.Parse(args[0]); s <= int.Parse(args[1]); s++)
{
    var watch = System.Diagnostics.Stopwatch.StartNew();
    var outcome = EOrda.Simulation.SeedRun.Run(s);
    Console.WriteLine($"{s}: {outcome.Hash} {watch.ElapsedMilliseconds} ms steps {outcome.Steps} decisions {outcome.Decisions} sights {outcome.Sights} {outcome.Passed} {string.Join(' ', outcome.Faults.Select(f => $"{f.Key}:{f.Value}"))}");
    if (outcome.Failure is not null)
    {
        if (verbose) foreach (var e in outcome.LastEvents) Console.WriteLine("   " + e);
        Console.WriteLine("   " + outcome.Failure.ToString()[..Math.Min(700, outcome.Failure.ToString().Length)]);
    }
}
