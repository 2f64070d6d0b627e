using EOrda.Actors.Persistence;
using EOrda.Peers;
using EOrda.Peers.Akka;

const string Usage = """
    journal  [--seconds N] [--under DIRECTORY]         how fast the journal makes records durable (the directory, else the temporary one, should be on a disk)
    claims   [--claims N] [--queues N] [--callers N] [--rate N] [--under DIRECTORY]   how fast the node hands out places durably
    akka     [--claims N] [--queues N] [--callers N] [--on postgres]   the same through the actors on Akka (on postgres: run it with benchmarks/postgres.sh)
    pairs    [--claims N] [--callers N] [--pairs N] [--on postgres]   claims and akka in turn, and the ratio of their rates
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
            await OnAkkaAsync(queues);
        return 0;
    case "pairs":
        foreach (var queues in new[] { 1, 100 })
        {
            var ratios = new List<double>();
            for (var pair = 0; pair < Number("--pairs", 3); pair++)
            {
                var node = await ClaimsBenchmark.RunAsync(Number("--claims", 200_000), queues, Number("--callers", 8_000), Rate(), options.GetValueOrDefault("--under"));
                ratios.Add(await OnAkkaAsync(queues) / node);
            }

            ratios.Sort();
            Console.WriteLine($"pairs: {queues} queue(s): akka has {string.Join(", ", ratios.Select(ratio => $"{ratio:N2}"))} of the node's claims a second");
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

async Task<double> OnAkkaAsync(int queues)
{
    if (options.GetValueOrDefault("--on") == "postgres")
        return await AkkaClaims.RunAsync(await PostgresBenchmark.EmptyDatabaseAsync(), Number("--claims", 200_000), queues, Number("--callers", 8_000));
    var directory = Directory.CreateTempSubdirectory("eorda-akka-");
    try
    {
        return await AkkaClaims.RunAsync(Database.Sqlite(directory.FullName), Number("--claims", 200_000), queues, Number("--callers", 8_000));
    }
    finally
    {
        directory.Delete(recursive: true);
    }
}

int? Rate() => options.ContainsKey("--rate") ? Number("--rate", 0) : null;

int Number(string name, int otherwise) => options.TryGetValue(name, out var text) ? int.Parse(text) : otherwise;
