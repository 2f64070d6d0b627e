using System.Diagnostics;
using Akka.Actor;
using Akka.Hosting;
using EOrda.Actors;
using EOrda.Actors.Hosting;
using EOrda.Actors.Persistence;
using EOrda.Actors.Queues;
using EOrda.Actors.Routing;
using EOrda.Queues;
using EOrda.Queues.Names;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace EOrda.Peers.Akka;

/// <summary>The same claims as <see cref="ClaimsBenchmark"/> through the actors on Akka.</summary>
internal static class AkkaClaims
{
    private const int Passes = 3;

    public static async Task<double> RunAsync(Database database, int claims, int queues, int callers)
    {
        var keys = Enumerable.Range(0, queues).Select(i => new QueueKey($"town{i / 4}", Kind.General, $"{2020 + i % 4}")).ToArray();
        var town = new Town();
        DatabaseSchema.Prepare(database);
        town.Write(database, keys, Passes * claims);
        var clock = new MorningClock();
        var bounds = new ActorsBounds { GatheringFrom = int.Parse(Environment.GetEnvironmentVariable("GFROM") ?? "16"), GatheringTime = TimeSpan.FromMilliseconds(int.Parse(Environment.GetEnvironmentVariable("GMS") ?? "5")) };
        using var gathering = new Gathering(bounds.GatheringFrom, bounds.GatheringTime, TimeProvider.System);
        var services = new EntityServices(bounds, clock, gathering);
        var courier = new Courier(bounds.Waiting, bounds.ReplyTimeout, TimeProvider.System);
        var book = new QueueAddress.Book(bounds.WaitingForEntity);
        var builder = Host.CreateApplicationBuilder();
        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        builder.Services.AddAkka("eorda", akka => akka.WithQueues(database, services, town, courier));
        using var host = builder.Build();
        var watch = Stopwatch.StartNew();
        await host.StartAsync();
        var region = host.Services.GetRequiredService<ActorRegistry>().Get<QueueActor>();
        clock.Open();
        await Task.WhenAll(keys.Select(key => Query(key)));
        Console.WriteLine($"akka: {queues} queue(s) recovered and released after {watch.Elapsed.TotalSeconds:N1} s");
        var full = 0.0;
        for (var pass = 0; pass < 2; pass++)
        {
            GC.Collect();
            var first = pass * claims;
            var latencies = new long[claims];
            var next = -1;
            var refused = 0;
            var processor = Environment.CpuUsage.TotalTime;
            var allocated = GC.GetTotalAllocatedBytes();
            watch.Restart();
            await Task.WhenAll(Enumerable.Range(0, callers).Select(_ => Task.Run(async () =>
            {
                for (int i; (i = Interlocked.Increment(ref next)) < claims;)
                {
                    var at = Stopwatch.GetTimestamp();
                    var answer = await Ask(first + i);
                    latencies[i] = Stopwatch.GetTimestamp() - at;
                    if (answer is not PlacesReserved) { Interlocked.Increment(ref refused); }
                }
            })));
            full = claims / watch.Elapsed.TotalSeconds;
            Print(latencies, $"{full:N0} claims/s, {callers} callers, {refused} refused, {(Environment.CpuUsage.TotalTime - processor).TotalMicroseconds / claims:N1} µs, {(GC.GetTotalAllocatedBytes() - allocated) / claims} B");
        }

        {
            var first = 2 * claims;
            var latencies = new long[claims];
            var done = new TaskCompletionSource();
            var left = claims;
            var rate = full / 2;
            await Task.Factory.StartNew(() =>
            {
                var started = Stopwatch.GetTimestamp();
                for (var sent = 0; sent < claims; Thread.Sleep(1))
                {
                    for (var due = Math.Min(claims, (int)(Stopwatch.GetElapsedTime(started).TotalSeconds * rate)); sent < due; sent++)
                    {
                        _ = One(sent, started + (long)(sent / rate * Stopwatch.Frequency));
                    }
                }
            }, TaskCreationOptions.LongRunning);
            await done.Task;
            Print(latencies, $"at {rate:N0}/s");

            async Task One(int i, long intended)
            {
                await Ask(first + i);
                latencies[i] = Stopwatch.GetTimestamp() - intended;
                if (Interlocked.Decrement(ref left) == 0) { done.SetResult(); }
            }
        }

        await host.StopAsync();
        return full;

        ValueTask<object> Ask(int number)
        {
            var address = book.Of(keys[number % keys.Length]);
            var request = courier.Begin(address.Waiting, out var reply);
            region.Tell(new AskQueue(address, new Reserve($"A{number}", $"S{number}", null), ClaimsBenchmark.Key(), request));
            return reply;
        }

        async Task Query(QueueKey key)
        {
            var address = book.Of(key);
            var request = courier.Begin(address.Waiting, out var reply);
            region.Tell(new QueryQueue(address, new SummaryQuery(), request));
            await reply;
        }
    }

    private static void Print(long[] latencies, string what)
    {
        Array.Sort(latencies);
        Console.WriteLine($"akka: {what}; p50 {latencies[latencies.Length / 2] * 1000.0 / Stopwatch.Frequency:N1} ms, p99 {latencies[latencies.Length * 99L / 100] * 1000.0 / Stopwatch.Frequency:N1} ms");
    }

    private sealed class MorningClock : TimeProvider
    {
        private static readonly DateTimeOffset Seven = new(2024, 6, 12, 7, 0, 0, TimeSpan.FromHours(5));
        private long opened;

        public void Open() => opened = GetTimestamp();

        public override DateTimeOffset GetUtcNow() => opened == 0 ? Seven.AddHours(-19) : Seven + GetElapsedTime(opened);
    }
}
