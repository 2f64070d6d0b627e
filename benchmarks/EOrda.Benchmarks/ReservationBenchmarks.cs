using BenchmarkDotNet.Attributes;
using EOrda.Queues;
using EOrda.Queues.Applications;
using EOrda.Queues.Time;

namespace EOrda.Benchmarks;

/// <summary>One reservation in a queue of 100,000 with its due check: settling, looking identifiers up, deciding; and for the wins in fresh queues, applying.</summary>
[MemoryDiagnoser]
public class ReservationBenchmarks : ITargets
{
    private const int Waiting = 100_000;
    private const int Places = 2_000;
    private const int Mask = (1 << 12) - 1;

    private static readonly Moment Frozen = Crowd.Morning.PlusMinutes(-90).PlusHours(24);

    private readonly Reserve[] inWindow = new Reserve[Mask + 1];
    private readonly Reserve[] outside = new Reserve[Mask + 1];
    private readonly Reserve[] taken = new Reserve[Mask + 1];
    private readonly Reserve[] byKindergarten = new Reserve[Mask + 1];
    private readonly Reserve[] holding = new Reserve[Mask + 1];
    private Queue queue = null!;
    private Queue frozen = null!;
    private int next;

    [GlobalSetup]
    public void SetUp()
    {
        queue = MorningQueue();
        var first = queue.OrderFrom(1, Places);

        // A quarter of the places are held by the first of the queue.
        for (var i = 0; i < Places / 4; i++)
        {
            Win(queue.Execute(new Reserve(first[i], Crowd.Place(i), null), Crowd.Morning, this, happened: null));
        }

        var last = queue.OrderFrom(Waiting / 2, Waiting / 2);
        for (var i = 0; i <= Mask; i++)
        {
            var free = Crowd.Place(Places / 4 + Scatter.Below(Places * 3 / 4, i));
            inWindow[i] = new Reserve(first[Places / 4 + Scatter.Below(Places * 3 / 4, i)], free, null);
            byKindergarten[i] = new Reserve(inWindow[i].Application, null, "kg-17");
            outside[i] = new Reserve(last[Scatter.Below(last.Count, i)], free, null);
            taken[i] = new Reserve(last[Scatter.Below(last.Count, i)], Crowd.Place(Scatter.Below(Places / 4, i)), null);
            holding[i] = new Reserve(first[Scatter.Below(Places / 4, i)], free, null);
        }

        frozen = MorningQueue();
        frozen.Settle(Frozen, happened: null);
    }

    [Benchmark(Baseline = true)]
    public int DecideWin() => Decide(inWindow[next++ & Mask]);

    [Benchmark]
    public int DecideWinByKindergarten() => Decide(byKindergarten[next++ & Mask]);

    [Benchmark]
    public Answer PlaceTaken() => queue.Execute(taken[next++ & Mask], Crowd.Morning, this, happened: null);

    [Benchmark]
    public Answer OutsideWindow() => queue.Execute(outside[next++ & Mask], Crowd.Morning, this, happened: null);

    [Benchmark]
    public Answer AlreadyHolding() => queue.Execute(holding[next++ & Mask], Crowd.Morning, this, happened: null);

    [Benchmark]
    public Answer FrozenNow() => frozen.Execute(outside[next++ & Mask], Frozen, this, happened: null);

    public bool IsKindergarten(string kindergarten) => true;

    public bool IsPlace(string place) => true;

    public bool AllAtOnce => true;

    internal static Queue MorningQueue()
    {
        var made = Crowd.Queue(Waiting, Crowd.Rules(rules => rules.ReservationMinutes = 500_000));
        Crowd.Free(made, Places);
        return made;
    }

    internal static void Win(Answer answer)
    {
        if (answer is not PlacesReserved)
        {
            throw new InvalidOperationException($"Not a win: {answer}.");
        }
    }

    private int Decide(Reserve reserve)
    {
        queue.Settle(Crowd.Morning, happened: null);
        return queue.Decide(reserve, Crowd.Morning, this).Events.Length;
    }
}

/// <summary>Winning for good: settled, decided and applied, each place once. An iteration is short, so many warm the code up.</summary>
[MemoryDiagnoser]
[WarmupCount(60)]
[IterationCount(30)]
public class WinBenchmarks : ITargets
{
    private const int Wins = 1_500;

    private readonly Reserve[] commands = new Reserve[Wins];
    private Queue queue = null!;

    [IterationSetup]
    public void SetUp()
    {
        queue = ReservationBenchmarks.MorningQueue();
        var first = queue.OrderFrom(1, Wins);
        for (var i = 0; i < Wins; i++)
        {
            commands[i] = new Reserve(first[i], Crowd.Place(i), null);
        }
    }

    [Benchmark(OperationsPerInvoke = Wins)]
    public void Win()
    {
        foreach (var command in commands)
        {
            ReservationBenchmarks.Win(queue.Execute(command, Crowd.Morning, this, happened: null));
        }
    }

    public bool IsKindergarten(string kindergarten) => true;

    public bool IsPlace(string place) => true;

    public bool AllAtOnce => true;
}
