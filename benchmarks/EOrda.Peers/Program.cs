using EOrda.Actors.Persistence;
using EOrda.Peers;
using EOrda.Peers.Akka;

const string Usage = """
    journal  [--seconds N] [--under DIRECTORY]         how fast the journal makes records durable (the directory, else the temporary one, should be on a disk)
    claims   [--claims N] [--queues N] [--callers N] [--rate N] [--under DIRECTORY]   how fast the node hands out places durably
    akka     [--claims N] [--queues N] [--callers N] [--under DIRECTORY]   the same through the actors on Akka
    compare  [--claims N] [--callers N] [--rate N] [--seconds N]   claims and postgres in one run, and how many times faster (run it with benchmarks/postgres.sh)
    postgres [--seconds N] [--queues N] [--places N]   how fast PostgreSQL hands out places, of 1 queue and of 100 (run it with benchmarks/postgres.sh)
    """;

var options = new Dictionary<string, string>(StringComparer.Ordinal);
for (var index = 1; index + 1 < args.Length; index += 2)
    options[args[index]] = args[index + 1];
var time = TimeSpan.FromSeconds(Number("--seconds", 3));

switch (args.FirstOrDefault())
{
    case "journal":
        JournalBenchmark.Run(time, options.GetValueOrDefault("--under"));
        return 0;
    case "claims":
        foreach (var queues in options.ContainsKey("--queues") ? [Number("--queues", 1)] : new[] { 1, 100 })
            await ClaimsBenchmark.RunAsync(Number("--claims", 200_000), queues, Number("--callers", 8_000), Rate(), options.GetValueOrDefault("--under"));
        return 0;
    case "akka":
        foreach (var queues in options.ContainsKey("--queues") ? [Number("--queues", 1)] : new[] { 1, 100 })
        {
            var directory = Directory.CreateDirectory(Path.Combine(options.GetValueOrDefault("--under") ?? Path.GetTempPath(), $"eorda-akka-{Environment.ProcessId}-{queues}"));
            await AkkaClaims.RunAsync(Database.Sqlite(directory.FullName), Number("--claims", 200_000), queues, Number("--callers", 8_000));
            directory.Delete(recursive: true);
        }

        return 0;
    case "compare":
        foreach (var queues in new[] { 1, 100 })
        {
            var node = await ClaimsBenchmark.RunAsync(Number("--claims", 200_000), queues, Number("--callers", 8_000), Rate(), options.GetValueOrDefault("--under"));
            var postgres = await PostgresBenchmark.RunAsync(time, queues, Number("--places", 150_000));
            Console.WriteLine($"compare: {queues} queue(s): {node:N0} against {postgres:N0} durable claims a second: {node / postgres:N0} times");
        }

        return 0;
    case "postgres":
        foreach (var queues in options.ContainsKey("--queues") ? [Number("--queues", 1)] : new[] { 1, 100 })
            await PostgresBenchmark.RunAsync(time, queues, Number("--places", 150_000));
        return 0;
    default:
        Console.Error.WriteLine(Usage);
        return 2;
}

int? Rate() => options.ContainsKey("--rate") ? Number("--rate", 0) : null;

int Number(string name, int otherwise) => options.TryGetValue(name, out var text) ? int.Parse(text) : otherwise;
