using EOrda.Actors.Facts;
using EOrda.Actors.Hosting;
using EOrda.Actors.Live;
using EOrda.Actors.Queries;
using EOrda.Queues;
using EOrda.Queues.Applications;
using EOrda.Queues.Names;
using EOrda.Queues.Rules;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using NodaTime;

namespace EOrda.Actors.Persistence.Tests.Nodes;

/// <summary>A node as the portal starts it, alone on a file.</summary>
public sealed class NodesOnTheirOwn : IAsyncLifetime
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);
    private static readonly QueueKey Queue = new("almaty", Kind.General, "2022");

    private readonly DirectoryInfo directory = Directory.CreateTempSubdirectory("eorda-node-");
    private readonly FakeTimeProvider clock = new(new DateTimeOffset(2026, 6, 9, 10, 0, 0, TimeSpan.Zero));
    private ActorsNode node = null!;
    private int keys;

    public async Task InitializeAsync()
    {
        node = await ActorsNode.StartAsync(new ActorsOptions { Database = Database.Sqlite(directory.FullName) }, clock, NullLoggerFactory.Instance);
        await Ask(new SetRules("almaty", new RulesDraft { TimeZone = "Asia/Almaty" }));
        await Ask(new Submit("almaty/general/2022", "a", "child of a", new LocalDate(2022, 3, 1), "parent of a", Category.General, null, UnderReview: false));
    }

    public async Task DisposeAsync()
    {
        await node.DisposeAsync();
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        directory.Delete(recursive: true);
    }

    [Fact]
    public async Task The_door_tells_the_facts_of_a_queue_one_after_another()
    {
        Assert.IsNotType<Refusal>(await Ask(new Withdraw("a")));
        var facts = new List<Fact>();
        for (QueueFacts page = await node.Queues.Facts(Queue, 1, 1); page.Facts.Count > 0; page = await node.Queues.Facts(Queue, page.Next, 1))
        {
            facts.AddRange(page.Facts);
        }

        Assert.Equal(Enumerable.Range(1, facts.Count).Select(i => (long)i), facts.Select(fact => fact.Number));
        Assert.Contains(facts, fact => fact.Cause is TakenStep);
        Assert.Equal(new Withdraw("a"), facts.Select(fact => fact.Cause).OfType<DecidedCommand>().Single().Command);
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => node.Queues.Facts(Queue, 0, 1).AsTask());
    }

    [Fact]
    public async Task A_clock_that_jumps_is_followed_at_once_without_an_answer_that_the_node_is_busy()
    {
        clock.Advance(TimeSpan.FromHours(15));
        await node.Queues.Query(Queue, new SizeQuery());
        clock.Advance(TimeSpan.FromHours(15));
        await node.Queues.Query(Queue, new SnapshotQuery());
        clock.Advance(TimeSpan.FromHours(15));
        using (var watch = await node.Queues.Watch(Queue, new NobodyListens()))
        {
            clock.Advance(TimeSpan.FromHours(15));
            Assert.IsNotType<Refusal>(await Ask(new Withdraw("a")));
        }

        clock.Advance(TimeSpan.FromHours(15));
        using var limit = new CancellationTokenSource(Patience);
        while (!node.IsReady)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(10), limit.Token);
        }
    }

    [Fact]
    public async Task A_snapshot_has_the_number_of_the_last_update_that_the_watch_was_told()
    {
        var updates = new Updates();
        using var watch = await node.Queues.Watch(Queue, updates);
        Assert.Equal(watch.Snapshot.Number, (await node.Queues.Query(Queue, new SnapshotQuery())).Number);
        await Ask(new Withdraw("a"));
        var update = await updates.First.Task.WaitAsync(Patience);
        Assert.Equal(watch.Snapshot.Number + 1, update.Number);
        Assert.Equal(update.Number, (await node.Queues.Query(Queue, new SnapshotQuery())).Number);
    }

    private async Task<Answer> Ask(Command command) => await node.Queues.Ask(command, new CommandKey((UInt128)Interlocked.Increment(ref keys)));

    private sealed class NobodyListens : ILiveListener
    {
        public void Publish(LiveUpdate update)
        {
            // Only that the watch runs matters.
        }
    }

    private sealed class Updates : ILiveListener
    {
        public TaskCompletionSource<LiveUpdate> First { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public void Publish(LiveUpdate update) => First.TrySetResult(update);
    }
}
