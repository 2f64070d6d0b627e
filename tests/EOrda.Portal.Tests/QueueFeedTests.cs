using System.Text.Json;
using System.Threading.Channels;
using EOrda.Actors;
using EOrda.Actors.Facts;
using EOrda.Actors.Live;
using EOrda.Actors.Queries;
using EOrda.Portal.Live;
using EOrda.Queues;
using EOrda.Queues.Applications;
using EOrda.Queues.Names;
using EOrda.Queues.Order;
using EOrda.Queues.Time;
using Microsoft.AspNetCore.SignalR;
using Microsoft.Extensions.Logging.Abstractions;
using Xunit;

namespace EOrda.Portal.Tests;

/// <summary>A feed that is held up: what its browsers are told afterwards.</summary>
public sealed class QueueFeedTests
{
    private static readonly QueueKey Queue = new("almaty", Kind.General, "2022");

    [Fact]
    public async Task What_came_while_a_feed_was_held_up_is_told_as_one_update()
    {
        await using var held = await HeldFeed.OpenAsync();
        held.Publish(from: 1, to: 20);
        var told = await held.LetGoAsync();
        Assert.Equal(1, told.GetProperty("n").GetInt64());
        Assert.False(told.TryGetProperty("r", out _));
        Assert.Equal(20, held.Feed.Available!.Count);
        Assert.Equal(0, held.Node.SnapshotsRead);
    }

    [Fact]
    public async Task A_feed_that_was_held_up_for_too_long_reads_the_queue_anew_and_knows_the_latest_number_of_places()
    {
        await using var held = await HeldFeed.OpenAsync();
        held.Publish(from: 1, to: 1_000);
        held.Node.Latest = HeldFeed.SnapshotOf(number: 1_000);
        var told = await held.LetGoAsync();
        Assert.True(told.TryGetProperty("r", out _));
        Assert.Equal(1_000, held.Feed.Available!.Count);
        Assert.Equal(1, held.Node.SnapshotsRead);
        using var snapshot = JsonDocument.Parse(held.Feed.Snapshot.Json);
        Assert.Equal(told.GetProperty("n").GetInt64(), snapshot.RootElement.GetProperty("n").GetInt64());

        held.Publish(from: 1_001, to: 1_001);
        Assert.Equal(told.GetProperty("n").GetInt64() + 1, (await held.ToldAsync()).GetProperty("n").GetInt64());
    }

    /// <summary>A feed with one browser, whose turn does not come before it is let go.</summary>
    private sealed class HeldFeed : IAsyncDisposable
    {
        private readonly Browsers browsers = new();
        private readonly ManualResetEventSlim gate = new();
        private readonly FanOut fanOut;
        private Task before = Task.CompletedTask;

        private HeldFeed() => fanOut = new FanOut(browsers, NullLogger<FanOut>.Instance);

        public StillNode Node { get; } = new() { Latest = SnapshotOf(number: 0) };

        public QueueFeed Feed { get; private set; } = null!;

        public static LiveSnapshot SnapshotOf(long number) =>
            new(Queue, number, Moment.Beginning, new CategoryCounts(1, 0, 0), new PriorityPattern(1, 3, 0), LatestChange: 0, Available: (int)number, LiveWindow.None, Places: []);

        public static async Task<HeldFeed> OpenAsync()
        {
            var held = new HeldFeed();
            var holding = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            held.before = Task.Run(() => held.fanOut.SendNextAsync(new Audience("before"), () => { holding.SetResult(); held.gate.Wait(TimeSpan.FromMinutes(2)); }, CancellationToken.None));
            await holding.Task.WaitAsync(TimeSpan.FromMinutes(2));
            held.Feed = await QueueFeed.OpenAsync(held.Node, Queue, number: 1, held.fanOut, NullLogger.Instance);
            held.Feed.Audience.Join();
            return held;
        }

        public void Publish(int from, int to)
        {
            for (var number = from; number <= to; number++)
            {
                Feed.Publish(new LiveUpdate(Queue, number, Moment.Beginning, new CategoryCounts(number, 0, 0), Phase: 0, Available: number, LiveWindow.None, FirstChange: 1, Changes: [], Places: [], Reload: false));
            }
        }

        public async Task<JsonElement> LetGoAsync()
        {
            gate.Set();
            await before;
            return await ToldAsync();
        }

        public async Task<JsonElement> ToldAsync()
        {
            var message = await browsers.Told.Reader.ReadAsync().AsTask().WaitAsync(TimeSpan.FromMinutes(1));
            using var document = JsonDocument.Parse(message.Json);
            return document.RootElement.Clone();
        }

        public async ValueTask DisposeAsync()
        {
            gate.Set();
            await before;
            await Feed.DisposeAsync();
            fanOut.Dispose();
            gate.Dispose();
        }
    }

    /// <summary>A node whose queue changes only when a test says so.</summary>
    private sealed class StillNode : IQueues
    {
        public required LiveSnapshot Latest { get; set; }

        public int SnapshotsRead { get; private set; }

        public Moment Now => Moment.Beginning;

        public ValueTask<CountryDirectory> Directory(CancellationToken cancel = default) => throw new NotSupportedException();

        public ValueTask<bool> Knows(QueueKey queue, CancellationToken cancel = default) => throw new NotSupportedException();

        public ValueTask<Answer> Ask(Command command, CommandKey key, QueueKey? queue = null, CancellationToken cancel = default) => throw new NotSupportedException();

        public ValueTask<LiveWatch> Watch(QueueKey queue, ILiveListener listener, CancellationToken cancel = default) => new(new LiveWatch(Latest, () => { }));

        public ValueTask<QueueFacts> Facts(QueueKey queue, long from, int most, CancellationToken cancel = default) => throw new NotSupportedException();

        public ValueTask<TReply> Query<TReply>(QueueKey queue, QueueQuery<TReply> query, CancellationToken cancel = default)
            where TReply : class
        {
            Assert.IsType<SnapshotQuery>(query);
            SnapshotsRead++;
            return new((TReply)(object)Latest);
        }
    }

    /// <summary>Takes what is sent to any group.</summary>
    private sealed class Browsers : IHubContext<LiveHub>, IHubClients, IClientProxy
    {
        public Channel<LiveMessage> Told { get; } = Channel.CreateUnbounded<LiveMessage>();

        public IHubClients Clients => this;

        public IGroupManager Groups => throw new NotSupportedException();

        public IClientProxy All => throw new NotSupportedException();

        public Task SendCoreAsync(string method, object?[] args, CancellationToken cancellationToken = default)
        {
            foreach (var message in args)
            {
                Told.Writer.TryWrite((LiveMessage)message!);
            }

            return Task.CompletedTask;
        }

        public IClientProxy Group(string groupName) => this;

        public IClientProxy AllExcept(IReadOnlyList<string> excludedConnectionIds) => throw new NotSupportedException();

        public IClientProxy Client(string connectionId) => throw new NotSupportedException();

        IClientProxy IHubClients<IClientProxy>.Clients(IReadOnlyList<string> connectionIds) => throw new NotSupportedException();

        public IClientProxy GroupExcept(string groupName, IReadOnlyList<string> excludedConnectionIds) => throw new NotSupportedException();

        IClientProxy IHubClients<IClientProxy>.Groups(IReadOnlyList<string> groupNames) => throw new NotSupportedException();

        public IClientProxy User(string userId) => throw new NotSupportedException();

        public IClientProxy Users(IReadOnlyList<string> userIds) => throw new NotSupportedException();
    }
}
