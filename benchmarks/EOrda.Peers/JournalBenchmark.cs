using System.Diagnostics;
using System.Security.Cryptography;
using EOrda.Actors.Journal;
using EOrda.Actors.Sqlite;
using EOrda.Queues.Recording;

namespace EOrda.Peers;

/// <summary>How fast the journal makes records durable: commits of several sizes, one after the other, each synced to disk.</summary>
internal static class JournalBenchmark
{
    private const int RecordBytes = 100;

    public static void Run(TimeSpan time, string? under)
    {
        MeasureChain(time);
        Console.WriteLine($"journal: {RecordBytes}-byte records, one commit after the other, {time.TotalSeconds} s each");
        Console.WriteLine("records/commit  entities   commits/s    records/s     MB/s   p50 ms   p99 ms   max ms   read MB/s");
        foreach (var (records, entities) in new[] { (1, 1), (100, 1), (100, 100), (1_000, 1), (1_000, 100), (10_000, 1), (10_000, 100), (40_000, 1), (40_000, 100) })
            Measure(records, entities, time, under);
    }

    /// <summary>What it costs that each record carries a hash over its content and the hash of the record before it.</summary>
    private static void MeasureChain(TimeSpan time)
    {
        const int Records = 10_000;
        var page = new ByteWriter(1 << 20);
        page.Reserve(RecordFormat.HashBytes);
        var content = RandomNumberGenerator.GetBytes(RecordBytes);
        for (var i = 0; i < Records; i++)
        {
            var begun = RecordFormat.Begin(page);
            page.Bytes(content);
            RecordFormat.End(page, begun);
        }

        using var sha = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var hash = RecordFormat.FirstHash("queue/almaty/general/2022");
        var records = 0L;
        var watch = Stopwatch.StartNew();
        for (; watch.Elapsed < time; records += Records)
            RecordFormat.Chain(sha, page.Part(0, page.Length), hash);
        Console.WriteLine($"journal: the chain of hashes costs {watch.Elapsed.TotalNanoseconds / records:N0} ns a record ({records / watch.Elapsed.TotalSeconds:N0} records a second on one core)");
    }

    private static void Measure(int records, int entities, TimeSpan time, string? under)
    {
        var directory = Directory.CreateDirectory(Path.Combine(under ?? Path.GetTempPath(), $"eorda-journal-{Guid.NewGuid():N}"));
        try
        {
            using var journal = SqliteJournal.Open(directory.FullName);
            var count = records / entities;
            var body = RandomNumberGenerator.GetBytes(count * RecordBytes);
            var hash = RandomNumberGenerator.GetBytes(32);
            var pages = new JournalPage[entities];
            var latencies = new Latencies();
            var watch = Stopwatch.StartNew();
            for (var sequence = 1L; watch.Elapsed < time; sequence += count)
            {
                for (var entity = 0; entity < entities; entity++)
                    pages[entity] = new JournalPage($"queue/almaty/general/{entity}", sequence, count, body, hash);
                var startedAt = Stopwatch.GetTimestamp();
                journal.Write(pages);
                latencies.Add(startedAt);
            }

            var commits = latencies.Count / watch.Elapsed.TotalSeconds;
            Console.WriteLine(
                $"{records,14:N0} {entities,9:N0} {commits,11:N0} {commits * records,12:N0} {commits * records * RecordBytes / 1e6,8:N1} "
                + $"{latencies.Percentile(0.5),8:N2} {latencies.Percentile(0.99),8:N2} {latencies.Percentile(1),8:N1} {ReadBack(journal),11:N0}");
        }
        finally
        {
            directory.Delete(recursive: true);
        }
    }

    /// <summary>Millions of bytes a second when all entities are read from their first record on, one after the other.</summary>
    private static double ReadBack(SqliteJournal journal)
    {
        var startedAt = Stopwatch.GetTimestamp();
        var bytes = journal.Heads().Sum(head => journal.Read(head.Entity, 1).Sum(page => (long)page.Body.Length));
        return bytes / 1e6 / Stopwatch.GetElapsedTime(startedAt).TotalSeconds;
    }
}
