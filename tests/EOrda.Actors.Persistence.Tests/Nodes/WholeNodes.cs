using EOrda.Actors.Hosting;
using EOrda.Actors.Persistence.Tests.Watching;
using EOrda.Actors.Queries;
using EOrda.Queues;
using EOrda.Queues.Applications;
using EOrda.Queues.Names;
using EOrda.Queues.Rules;
using EOrda.Queues.Time;
using Microsoft.Extensions.Logging.Abstractions;
using NodaTime;

namespace EOrda.Actors.Persistence.Tests.Nodes;

/// <summary>A node as the portal has it: everything goes through its door.</summary>
public sealed class WholeNodes : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private static readonly QueueKey Queue = new("almaty", Kind.General, "2022");
    private readonly RunningTime time = new(new DateTimeOffset(2026, 6, 9, 15, 0, 0, TimeSpan.FromHours(5)));
    private readonly DirectoryInfo directory = Directory.CreateTempSubdirectory("eorda-node-");
    private ulong keys;

    [Fact]
    public async Task A_queue_begins_with_its_first_filing_and_is_there_after_a_restart()
    {
        var confirm = new CommandKey(77);
        await using (var node = await StartAsync())
        {
            await FillAsync(node.Queues);
            Assert.True(await node.Queues.Knows(Queue));
            Assert.Equal(2, (await node.Queues.Query(Queue, new SizeQuery())).Waiting);
            time.Jump(TimeSpan.FromHours(16));
            Assert.IsType<PlacesReserved>(await Ask(node.Queues, new Reserve("A-1", "P-1", null)));
            Assert.IsType<ReferralsGiven>(await node.Queues.Ask(new Confirm("A-1"), confirm, Queue));
            Assert.Equal(Reason.PlaceTaken, Assert.IsType<Refusal>(await Ask(node.Queues, new Reserve("A-2", "P-1", null))).Reason);
        }

        await using var later = await StartAsync();
        Assert.IsType<ReferralsGiven>(await later.Queues.Ask(new Confirm("A-1"), confirm, Queue));
        await Assert.ThrowsAsync<KeyReusedException>(async () => await later.Queues.Ask(new Drop("A-1"), confirm, Queue));
        Assert.Equal(1, (await later.Queues.Query(Queue, new SizeQuery())).Waiting);
    }

    [Fact]
    public async Task What_nobody_has_heard_of_is_told_so()
    {
        await using var node = await StartAsync();
        await FillAsync(node.Queues);
        var nowhere = new QueueKey("nowhere", Kind.General, "2022");
        Assert.False(await node.Queues.Knows(nowhere));
        await Assert.ThrowsAsync<ArgumentException>(async () => await node.Queues.Query(nowhere, new SizeQuery()));
        await Assert.ThrowsAsync<ArgumentException>(async () => await node.Queues.Watch(Queue with { Cohort = "2021" }, new Listener()));
        Assert.Equal(0, (await node.Queues.Query(Queue with { Cohort = "2021" }, new SizeQuery())).Waiting);
        Assert.Equal(Reason.UnknownApplication, Assert.IsType<Refusal>(await node.Queues.Ask(new Confirm("A-1"), new CommandKey(5), nowhere)).Reason);
        Assert.Equal(Reason.UnknownApplication, Assert.IsType<Refusal>(await Ask(node.Queues, new Confirm("A-9"))).Reason);
    }

    [Fact]
    public async Task A_node_that_stops_takes_no_more()
    {
        var node = await StartAsync();
        await FillAsync(node.Queues);
        await node.DisposeAsync().AsTask().WaitAsync(Patience);
        Assert.False(node.IsReady);
        await Assert.ThrowsAsync<BusyException>(async () => await Ask(node.Queues, new Withdraw("A-1")));
    }

    [Fact]
    public async Task A_directory_is_one_nodes_at_a_time()
    {
        await using var node = await StartAsync();
        await Assert.ThrowsAsync<Journal.DataDirectoryInUseException>(StartAsync);
    }

    public void Dispose()
    {
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        directory.Delete(recursive: true);
    }

    private async Task<ActorsNode> StartAsync() =>
        await ActorsNode.StartAsync(new ActorsOptions { Database = Database.Sqlite(directory.FullName) }, time, NullLoggerFactory.Instance).WaitAsync(Patience);

    private async Task FillAsync(IQueues queues)
    {
        await Ask(queues, new SetRules("almaty", new RulesDraft { TimeZone = "Asia/Almaty", PriorityWorkingDays = 0 }));
        await Ask(queues, new RegisterKindergarten("k-1", "almaty", Kind.General));
        foreach (var (application, child) in new[] { ("A-1", "c-1"), ("A-2", "c-2") })
        {
            Assert.IsType<Standing>(await Ask(queues, new Submit(Queue.ToString(), application, child, new LocalDate(2022, 2, 2), $"p-{child}", Category.General, null, UnderReview: false)));
        }

        Assert.IsNotType<Refusal>(await Ask(queues, new FreePlace("P-1", "k-1", Queue.ToString(), Age: null)));
    }

    private async Task<Answer> Ask(IQueues queues, Command command) => await queues.Ask(command, new CommandKey(1_000 + ++keys)).AsTask().WaitAsync(Patience);
}
