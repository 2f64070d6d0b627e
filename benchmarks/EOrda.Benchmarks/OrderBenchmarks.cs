using BenchmarkDotNet.Attributes;
using EOrda.Queues.Applications;
using EOrda.Queues.Order;
using EOrda.Queues.Storage;
using EOrda.Queues.Time;

namespace EOrda.Benchmarks;

/// <summary>The order of a queue that is asked all over: position, selection, leaving and coming back.</summary>
public class OrderBenchmarks
{
    private const int Mask = (1 << 16) - 1;

    private readonly int[] somebody = new int[Mask + 1];
    private WaitingOrder order = null!;
    private int next;

    /// <summary>How many wait.</summary>
    [Params(1_000, 10_000, 100_000, 1_000_000)]
    public int Waiting { get; set; }

    [GlobalSetup]
    public void SetUp()
    {
        order = Lines.Filed(Waiting, out _);
        for (var i = 0; i < somebody.Length; i++)
        {
            somebody[i] = Scatter.Below(Waiting, i);
        }
    }

    [Benchmark]
    public int Position() => order.Position(somebody[next++ & Mask]);

    [Benchmark]
    public int At() => order.At(somebody[next++ & Mask] + 1);

    [Benchmark(OperationsPerInvoke = 2)]
    public void LeaveAndComeBack()
    {
        var application = somebody[next++ & Mask];
        order.Leave(application, PositionCause.StopList, Crowd.Morning);
        order.Enter(application, PositionCause.StopListEnd, Crowd.Morning);
    }
}

/// <summary>Coming into an order for the first time. Each measurement begins with an order of the full size that only grew at its end.</summary>
[WarmupCount(8)]
[IterationCount(10)]
public class FilingBenchmarks
{
    private const int Filings = 10_000;

    private WaitingOrder order = null!;
    private Paged<Application> applications = null!;

    /// <summary>How many wait.</summary>
    [Params(1_000, 10_000, 100_000, 1_000_000)]
    public int Waiting { get; set; }

    [IterationSetup]
    public void SetUp() => order = Lines.Filed(Waiting, out applications);

    [Benchmark(OperationsPerInvoke = Filings)]
    public void FileAtTheEnd()
    {
        for (var i = 0; i < Filings; i++)
        {
            Lines.File(applications, order, Crowd.Morning);
        }
    }

    [Benchmark(OperationsPerInvoke = Filings)]
    public void ImportInTheMiddle()
    {
        for (var i = 0; i < Filings; i++)
        {
            Lines.File(applications, order, new Moment(Crowd.Start.UnixMilliseconds + Scatter.Below(Waiting, i) * 1_000L + 500));
        }
    }

    [Benchmark(OperationsPerInvoke = Filings)]
    public void ImportAtOnePlace()
    {
        for (var i = 0; i < Filings; i++)
        {
            Lines.File(applications, order, new Moment(Crowd.Start.UnixMilliseconds + Waiting * 500L));
        }
    }
}

/// <summary>Orders without the queue around them.</summary>
internal static class Lines
{
    public static WaitingOrder Filed(int waiting, out Paged<Application> applications)
    {
        applications = new Paged<Application>();
        var order = new WaitingOrder(applications, usesCategories: true);
        for (var i = 0; i < waiting; i++)
        {
            File(applications, order, new Moment(Crowd.Start.UnixMilliseconds + i * 1_000L));
        }

        return order;
    }

    public static void File(Paged<Application> applications, WaitingOrder order, Moment submitted)
    {
        var number = applications.Add(new Application
        {
            Submitted = submitted,
            Category = Crowd.CategoryOf(applications.Count),
            Status = Status.Waiting,
            Place = Application.NoPlace,
        });
        order.Add(number);
        order.Enter(number, PositionCause.Filed, submitted);
    }
}
