using System.Diagnostics;
using EOrda.Actors;
using EOrda.Actors.Audit;
using EOrda.Actors.Queries;
using EOrda.Actors.Sqlite;
using EOrda.Queues;
using EOrda.Queues.Applications;
using EOrda.Queues.Names;
using EOrda.Queues.Rules;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging.Abstractions;
using NodaTime;

namespace EOrda.Peers;

/// <summary>
/// Durable reservations through the node, as a caller sees them: every claim names its own application and place and is answered when it is on disk.
/// </summary>
internal static class ClaimsBenchmark
{
    private const int Kindergartens = 46;
    private const int LoadersAtOnce = 4_000;
    private const int FirstCohort = 2020;
    private const int Cohorts = 4;

    // One to get the program compiled, one at full rate and three at half of it: between single passes there is too much chance.
    private const int PassesAtHalf = 3;
    private const int Passes = 2 + PassesAtHalf;

    /// <summary>
    /// Fills queues with as many applications as places, then has callers claim them all: a fifth while the program is still being compiled, a fifth that
    /// counts, and three fifths at half the rate of that or at a given one. Each pass begins with a collected heap and pays for the collections it makes.
    /// </summary>
    public static async Task<double> RunAsync(int claims, int queues, int callers, int? rate, string? under)
    {
        var directory = Path.Combine(under ?? Path.GetTempPath(), $"eorda-claims-{Environment.ProcessId}-{queues}");
        try
        {
            return await RunInAsync(directory, claims, queues, callers, rate);
        }
        finally
        {
            if (Directory.Exists(directory))
            {
                Directory.Delete(directory, recursive: true);
            }
        }
    }

    private static async Task<double> RunInAsync(string directory, int claims, int queues, int callers, int? given)
    {
        var clock = new MorningClock();
        var keys = Enumerable.Range(0, queues).Select(i => new QueueKey($"town{i / Cohorts}", Kind.General, $"{FirstCohort + i % Cohorts}")).ToArray();
        await using (var node = await StartAsync(directory, clock))
        {
            var loading = Stopwatch.StartNew();
            await LoadAsync(node, keys, Passes * claims);
            Console.WriteLine($"claims: {queues} queue(s), {Passes * claims:N0} applications and places filed and freed in {loading.Elapsed.TotalSeconds:N1} s ({2L * Passes * claims / loading.Elapsed.TotalSeconds:N0} joint turns a second)");
        }

        double rate;
        clock.Open();
        await using (var node = await StartAsync(directory, clock))
        {
            rate = await RunOnAsync(node, keys, claims, callers, given);
        }

        await RecoverAsync(directory, clock, keys);
        return rate;
    }

    private static Task<Node> StartAsync(string directory, TimeProvider clock) =>
        Node.Start(SqliteJournal.Open(directory), new NodeOptions(), clock, NullLoggerFactory.Instance);

    private static async Task<double> RunOnAsync(Node node, QueueKey[] keys, int claims, int callers, int? given)
    {
        var releasing = Stopwatch.StartNew();
        await Task.WhenAll(keys.Select(key => node.Query(key, new SizeQuery()).AsTask()));
        Console.WriteLine($"claims: the morning after, all queues recovered and their places released in {releasing.Elapsed.TotalSeconds:N2} s");

        Console.WriteLine($"claims: {callers} callers, to begin with: {await ClaimAtOnceAsync(node, keys, 0, claims, callers)}");
        var full = await ClaimAtOnceAsync(node, keys, claims, claims, callers);
        Console.WriteLine($"claims: {callers} callers: {full}");
        var rate = given ?? full.Rate / 2;
        var halves = new List<Figures>();
        for (var pass = 2; pass < Passes; pass++)
        {
            halves.Add(await ClaimAtRateAsync(node, keys, pass * claims, claims, rate));
            Console.WriteLine($"claims: at {rate:N0} a second: {halves[^1]}");
        }

        Console.WriteLine($"claims: at {rate:N0} a second: 99% of answers within {halves.Select(half => half.P99).Order().ElementAt(PassesAtHalf / 2):N1} ms, the middle of {PassesAtHalf} passes");
        return full.Rate;
    }

    /// <summary>How long it takes until every queue is there again: from the snapshots of the stop, and from the records alone.</summary>
    private static async Task RecoverAsync(string directory, MorningClock clock, QueueKey[] keys)
    {
        var watch = Stopwatch.StartNew();
        await using (var node = await StartAsync(directory, clock))
        {
            await Task.WhenAll(keys.Select(key => node.Query(key, new SizeQuery()).AsTask()));
            Console.WriteLine($"claims: all queues recovered from snapshots in {watch.Elapsed.TotalSeconds:N2} s");
        }

        DeleteSnapshots(directory);
        watch.Restart();
        await using (var node = await StartAsync(directory, clock))
        {
            await Task.WhenAll(keys.Select(key => node.Query(key, new SizeQuery()).AsTask()));
            var records = node.Journal.Heads().Where(head => keys.Any(key => head.Entity == $"queue/{key}")).Sum(head => head.LastSequence);
            Console.WriteLine($"claims: all queues recovered from their {records:N0} records in {watch.Elapsed.TotalSeconds:N2} s, {records / watch.Elapsed.TotalSeconds:N0} a second");
        }

        watch.Restart();
        using var journal = SqliteJournal.OpenReadOnly(directory);
        var report = JournalAudit.Run(journal);
        Console.WriteLine($"claims: {report.Records:N0} records rebuilt and checked in {watch.Elapsed.TotalSeconds:N1} s");
    }

    private static void DeleteSnapshots(string directory)
    {
        using var connection = new SqliteConnection($"Data Source={Path.Combine(directory, "journal.db")};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = "DELETE FROM snapshot";
        command.ExecuteNonQuery();
    }

    private static async Task LoadAsync(Node node, QueueKey[] queues, int each)
    {
        foreach (var town in queues.Select(queue => queue.Locality).Distinct())
        {
            await node.Ask(new SetRules(town, new RulesDraft { TimeZone = "Asia/Almaty", PriorityWorkingDays = 0 }), Key());
            for (var i = 0; i < Kindergartens; i++)
            {
                await node.Ask(new RegisterKindergarten($"{town}-{i}", town, Kind.General), Key());
            }
        }

        await ForEachAsync(each, LoadersAtOnce, async i =>
        {
            var queue = queues[i % queues.Length];
            await node.Ask(new Submit($"{queue}", $"A{i}", $"c{i}", new LocalDate(queue.Year, 3, 1), $"p{i}", Category.General, null, false), Key());
            await node.Ask(new FreePlace($"S{i}", $"{queue.Locality}-{i % Kindergartens}", $"{queue}", null), Key());
        });
    }

    /// <summary>Every caller claims again as soon as it is answered.</summary>
    private static async Task<Figures> ClaimAtOnceAsync(Node node, QueueKey[] queues, int first, int count, int callers)
    {
        GC.Collect();
        var claims = new Claims(number => Ask(node, queues, number), first, count);
        await Task.WhenAll(Enumerable.Range(0, callers).Select(_ => Task.Run(claims.ClaimOnAsync)));
        return claims.Figures();
    }

    /// <summary>Claims come at a rate whatever the answers do; the time of an answer counts from when its claim was meant to be sent.</summary>
    private static async Task<Figures> ClaimAtRateAsync(Node node, QueueKey[] queues, int first, int count, double rate)
    {
        GC.Collect();
        var claims = new Claims(number => Ask(node, queues, number), first, count);
        await claims.ClaimAtRateAsync(rate);
        return claims.Figures();
    }

    // The place that has the application's number.
    private static ValueTask<Answer> Ask(Node node, QueueKey[] queues, int number) =>
        node.Ask(new Reserve($"A{number}", $"S{number}", null), Key(), queues[number % queues.Length]);

    private static async Task ForEachAsync(int count, int atOnce, Func<int, ValueTask> body)
    {
        var next = -1;
        await Task.WhenAll(Enumerable.Range(0, atOnce).Select(_ => Task.Run(async () =>
        {
            for (int i; (i = Interlocked.Increment(ref next)) < count;)
            {
                await body(i);
            }
        })));
    }

    internal static CommandKey Key() => new(new UInt128((ulong)Random.Shared.NextInt64(), (ulong)Random.Shared.NextInt64()));
}
