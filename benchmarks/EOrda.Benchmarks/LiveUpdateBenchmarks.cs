using BenchmarkDotNet.Attributes;
using EOrda.Actors;
using EOrda.Actors.Live;
using EOrda.Portal.Live;
using EOrda.Queues;
using EOrda.Queues.Applications;
using EOrda.Queues.Time;
using QueueFeed = EOrda.Actors.Live.QueueFeed;

namespace EOrda.Benchmarks;

/// <summary>
/// What a live update costs the server before it goes to the sockets: two changes of the order by one command, the node's update of them, and the bytes that
/// go to every browser. The difference of the two is to be the same however many wait.
/// </summary>
[MemoryDiagnoser]
public class LiveUpdateBenchmarks : ITargets, ILiveListener
{
    private const int Mask = (1 << 9) - 1;

    private readonly ChangeCategory[] there = new ChangeCategory[Mask + 1];
    private readonly ChangeCategory[] back = new ChangeCategory[Mask + 1];
    private Queue queue = null!;
    private QueueFeed feed = null!;
    private FeedState state = null!;
    private int next;

    /// <summary>How many wait.</summary>
    [Params(1_000, 10_000, 100_000)]
    public int Waiting { get; set; }

    [GlobalSetup]
    public void SetUp()
    {
        queue = Crowd.Queue(Waiting, Crowd.Rules());
        Crowd.Free(queue, 200);
        for (var i = 0; i <= Mask; i++)
        {
            // Each another one, so that each command changes something.
            var application = Crowd.Application((int)((long)i * Waiting / (Mask + 1)));
            there[i] = new ChangeCategory(application, Category.FirstPriority);
            back[i] = new ChangeCategory(application, Category.General);
        }

        feed = new QueueFeed(queue.Key, new NodeOptions { LiveInterval = TimeSpan.Zero });
        state = new FeedState(feed: 1, feed.Add(new Watching(this), queue, Crowd.Morning));
    }

    /// <summary>The command alone, which costs the more the longer the queue is; to be taken off the other.</summary>
    [Benchmark(Baseline = true)]
    public Answer Command()
    {
        var turn = next++;
        return queue.Execute((turn & (Mask + 1)) == 0 ? there[turn & Mask] : back[turn & Mask], Crowd.Morning, this, happened: null);
    }

    /// <summary>The command and its update.</summary>
    [Benchmark]
    public int CommandAndUpdate()
    {
        Command();
        feed.Prepare(queue, Crowd.Morning, timestamp: next, TimeProvider.System);
        return feed.Take() is { } news ? state.Take([news.Update])!.Json.Length : 0;
    }

    /// <inheritdoc/>
    public bool IsKindergarten(string kindergarten) => true;

    /// <inheritdoc/>
    public bool IsPlace(string place) => true;

    /// <inheritdoc/>
    public bool AllAtOnce => true;

    /// <inheritdoc/>
    public void Publish(LiveUpdate update)
    {
    }
}
