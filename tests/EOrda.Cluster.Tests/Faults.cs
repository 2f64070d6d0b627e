using System.Diagnostics;
using EOrda.Actors.Persistence.Tests.Databases;
using EOrda.Cluster.Tests.Support;
using Xunit.Abstractions;

namespace EOrda.Cluster.Tests;

/// <summary>
/// Three nodes while hundreds of families race through all of them: whatever happens to a node or to the database, nothing that was answered is lost, no command is
/// decided twice, no place is given twice, and who watches sees what is there.
/// </summary>
public sealed class Faults(WarmCluster cluster, ITestOutputHelper output) : IClassFixture<WarmCluster>
{
    // Longer than the others take to put a node out that does not answer.
    private static readonly TimeSpan LongFrozen = TimeSpan.FromSeconds(12);
    private static readonly TimeSpan LongDown = TimeSpan.FromSeconds(1);

    // Who is silent for longer has lost its node: the others are to be put out of their silence before.
    private static readonly TimeSpan LostItsNode = TimeSpan.FromSeconds(4);

    [PostgresFact]
    public async Task A_node_that_is_killed() => await RoundsAsync("SIGKILL", share: 4, async () =>
    {
        var node = cluster.All[cluster.Draw()];
        node.Kill();
        await EveryQueueAnswersAsync();
        node.Start();
        await node.ReadyAsync();
    });

    [PostgresFact]
    public async Task A_node_that_is_told_to_stop() => await RoundsAsync("SIGTERM", share: 4, async () =>
    {
        var node = cluster.All[cluster.Draw()];
        node.Tell(Signal.Terminate);
        Assert.Equal(0, await node.ExitedAsync());
        node.Start();
        await node.ReadyAsync();
    });

    [PostgresFact]
    public async Task A_node_that_stands_still_for_longer_than_the_others_wait_ends_when_it_goes_on() => await RoundsAsync("SIGSTOP", share: 3, async () =>
    {
        var node = cluster.All[cluster.Draw()];
        node.Tell(Signal.Stop);
        await Task.WhenAll(Task.Delay(LongFrozen), EveryQueueAnswersAsync());
        node.Tell(Signal.Continue);
        Assert.Equal(1, await node.ExitedAsync());
        node.Start();
        await node.ReadyAsync();
    });

    [NetworkFact]
    public async Task A_node_that_is_cut_off_from_the_others_ends() => await RoundsAsync("partition", share: 3, async () =>
    {
        var index = cluster.Draw();
        var node = cluster.All[index];
        cluster.Network.Cut(index);
        Assert.Equal(1, await node.ExitedAsync());
        await EveryQueueAnswersAsync();
        cluster.Network.Heal(index);
        node.Start();
        await node.ReadyAsync();
    });

    [PostgresFact]
    public async Task A_database_that_is_killed_and_started_again() => await RoundsAsync("database", share: 4, async () =>
    {
        cluster.Server.Kill();
        await Task.Delay(LongDown);
        cluster.Server.Start();
    });

    [PostgresFact]
    public async Task All_nodes_one_after_the_other() => await RoundsAsync("rolling restart", share: 2, async () =>
    {
        foreach (var node in cluster.All)
        {
            Assert.True(node.Lives, "A node ended because another did.");
            node.Tell(Signal.Terminate);
            Assert.Equal(0, await node.ExitedAsync());
            node.Start();
            await node.ReadyAsync();
        }
    });

    [PostgresFact]
    public async Task A_node_whose_clock_is_wrong_decides_nothing_and_leaves() => await RoundsAsync("wrong clock", share: 1, async () =>
    {
        var refused = await Record.ExceptionAsync(() => cluster.StartOwnNodeAsync(new Ahead(TimeSpan.FromSeconds(3))));
        Assert.IsType<InvalidOperationException>(refused);
    });

    private async Task RoundsAsync(string fault, int share, Func<Task> happen)
    {
        for (var round = 1; round <= Draws.Of(share); round++)
        {
            var silences = await cluster.RoundAsync(happen);
            var lost = silences.Where(silence => silence > LostItsNode).ToList();
            var others = silences.Where(silence => silence <= LostItsNode).DefaultIfEmpty().Max();
            output.WriteLine($"{fault} {round}: {lost.Count} of {silences.Count} queues silent for up to {lost.DefaultIfEmpty().Max().TotalSeconds:F1} s, the others for up to {others.TotalSeconds:F1} s; {cluster.Race.Answers} answers, {cluster.Race.Undecided} attempts without");
        }

        await cluster.ReckonAsync();
    }

    private async Task EveryQueueAnswersAsync()
    {
        var now = Stopwatch.GetTimestamp();
        await cluster.Race.UntilAsync(() => cluster.Race.Silences.AllHeardSince(now), "each queue on the nodes that are left");
    }

    private sealed class Ahead(TimeSpan by) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => System.GetUtcNow() + by;
    }
}

/// <summary>A test that needs PostgreSQL; skipped where it is not installed.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class PostgresFactAttribute : FactAttribute
{
    /// <summary>Looks whether it is installed.</summary>
    public PostgresFactAttribute() => Skip = PostgresServer.Missing;
}
