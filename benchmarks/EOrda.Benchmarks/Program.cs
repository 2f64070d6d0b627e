using BenchmarkDotNet.Running;
using EOrda.Benchmarks;

const string Usage = """
    memory [--applications N]              bytes per waiting application, everything in the rules counted
    replay-file FILE [--lines N]           writes a deterministic file for 'eorda replay'
    [BenchmarkDotNet's own arguments]      the benchmarks, for example: --filter '*' --job short
    """;

switch (args)
{
    case ["memory"]:
        MemoryMeasure.Run(1_000_000);
        return 0;
    case ["memory", "--applications", var count]:
        MemoryMeasure.Run(int.Parse(count));
        return 0;
    case ["replay-file", var file]:
        ReplayFile.Write(file, 1_000_000);
        return 0;
    case ["replay-file", var file, "--lines", var lines]:
        ReplayFile.Write(file, int.Parse(lines));
        return 0;
    case [] or ["memory" or "replay-file", ..]:
        Console.Error.WriteLine(Usage);
        return 2;
    default:
        BenchmarkSwitcher.FromAssembly(typeof(Crowd).Assembly).Run(args);
        return 0;
}
