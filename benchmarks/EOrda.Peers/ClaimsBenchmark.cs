using System.Diagnostics;
using EOrda.Actors;
using EOrda.Actors.Audit;
using EOrda.Actors.Sqlite;
using EOrda.Queues;
using EOrda.Queues.Applications;
using EOrda.Queues.Names;
using EOrda.Queues.Rules;
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

    /// <summary>Fills queues with as many applications as places, then has callers claim them all; then the same load at half the rate.</summary>
    public static async Task<double> RunAsync(int claims, int queues, int callers, string? under)
    {
        var directory = Path.Combine(under ?? Path.GetTempPath(), $"eorda-claims-{Environment.ProcessId}-{queues}");
        try
        {
            return await RunInAsync(directory, claims, queues, callers);
        }
        finally
        {
            if (Directory.Exists(directory))
            {
                Directory.Delete(directory, recursive: true);
            }
        }
    }

    private static async Task<double> RunInAsync(string directory, int claims, int queues, int callers)
    {
        var clock = new MorningClock();
        var keys = Enumerable.Range(0, queues).Select(i => new QueueKey($"town{i / 10}", Kind.General, $"{2020 + i % 10}")).ToArray();
        double rate;
        await using (var node = await StartAsync(directory, clock))
        {
            rate = await RunOnAsync(node, clock, keys, claims, callers);
        }

        await RecoverAsync(directory, clock, keys);
        return rate;
    }

    private static Task<Node> StartAsync(string directory, TimeProvider clock) =>
        Node.Start(SqliteJournal.Open(directory), new NodeOptions(), clock, NullLoggerFactory.Instance);

    private static async Task<double> RunOnAsync(Node node, MorningClock clock, QueueKey[] keys, int claims, int callers)
    {
        var queues = keys.Length;
        var loading = Stopwatch.StartNew();
        await LoadAsync(node, keys, 2 * claims);
        Console.WriteLine($"claims: {queues} queue(s), {2 * claims:N0} applications and places filed and freed in {loading.Elapsed.TotalSeconds:N1} s ({4L * claims / loading.Elapsed.TotalSeconds:N0} joint turns a second)");
        clock.Open();
        var releasing = Stopwatch.StartNew();
        await Task.WhenAll(keys.Select(key => node.Look(key, (queue, _) => queue.WaitingCount).AsTask()));
        Console.WriteLine($"claims: all places released at 07:00 in {releasing.Elapsed.TotalSeconds:N2} s");

        var full = await ClaimAsync(node, keys, 0, claims, callers, rate: null);
        Console.WriteLine($"claims: {callers} callers: {full}");
        var half = await ClaimAsync(node, keys, claims, claims, callers, full.Rate / 2);
        Console.WriteLine($"claims: at half that load: {half}");
        return full.Rate;
    }

    /// <summary>How long it takes until every queue is there again: from the snapshots of the stop, and from the records alone.</summary>
    private static async Task RecoverAsync(string directory, MorningClock clock, QueueKey[] keys)
    {
        var watch = Stopwatch.StartNew();
        await using (var node = await StartAsync(directory, clock))
        {
            await Task.WhenAll(keys.Select(key => node.Look(key, (queue, _) => queue.WaitingCount).AsTask()));
            Console.WriteLine($"claims: all queues recovered from snapshots in {watch.Elapsed.TotalSeconds:N2} s");
        }

        watch.Restart();
        using var journal = SqliteJournal.OpenReadOnly(directory);
        var report = JournalAudit.Run(journal);
        Console.WriteLine($"claims: {report.Records:N0} records rebuilt and checked in {watch.Elapsed.TotalSeconds:N1} s");
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

    private static async Task<Figures> ClaimAsync(Node node, QueueKey[] queues, int first, int count, int callers, double? rate)
    {
        var latencies = new long[count];
        var refused = 0;
        var started = Stopwatch.GetTimestamp();
        await ForEachAsync(count, callers, async i =>
        {
            var intended = started;
            if (rate is { } perSecond)
            {
                intended = started + (long)(i / perSecond * Stopwatch.Frequency);
                while (Stopwatch.GetTimestamp() < intended)
                {
                    await Task.Delay(1);
                }
            }
            else
            {
                intended = Stopwatch.GetTimestamp();
            }

            var number = first + i;
            var answer = await node.Ask(new Reserve($"A{number}", $"S{number}", null), Key(), queues[number % queues.Length]);
            latencies[i] = Stopwatch.GetTimestamp() - intended;
            if (answer is not PlacesReserved)
            {
                Interlocked.Increment(ref refused);
            }
        });
        var seconds = Stopwatch.GetElapsedTime(started).TotalSeconds;
        Array.Sort(latencies);
        return new Figures(count / seconds, Milliseconds(latencies, 0.5), Milliseconds(latencies, 0.99), Milliseconds(latencies, 1), refused);
    }

    private static double Milliseconds(long[] sorted, double share) =>
        sorted[Math.Min(sorted.Length - 1, (int)(sorted.Length * share))] * 1000.0 / Stopwatch.Frequency;

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

    private static CommandKey Key() => new(new UInt128((ulong)Random.Shared.NextInt64(), (ulong)Random.Shared.NextInt64()));

    private sealed record Figures(double Rate, double Median, double P99, double Longest, int Refused)
    {
        public override string ToString() =>
            $"{Rate:N0} durable claims a second, p50 {Median:N1} ms, p99 {P99:N1} ms, longest {Longest:N0} ms, {Refused} refused";
    }

    /// <summary>Stands on the noon before until the morning is opened, then runs from 07:00.</summary>
    private sealed class MorningClock : TimeProvider
    {
        private static readonly DateTimeOffset Noon = new(2024, 6, 11, 12, 0, 0, TimeSpan.FromHours(5));
        private static readonly DateTimeOffset Seven = new(2024, 6, 12, 7, 0, 0, TimeSpan.FromHours(5));
        private long opened;

        public void Open() => opened = GetTimestamp();

        public override DateTimeOffset GetUtcNow() => opened == 0 ? Noon : Seven + GetElapsedTime(opened);
    }
}
