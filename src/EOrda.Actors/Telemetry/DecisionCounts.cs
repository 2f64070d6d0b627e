using System.Diagnostics.Metrics;
using EOrda.Queues;
using EOrda.Queues.Names;
using EOrda.Queues.Rules;

namespace EOrda.Actors.Telemetry;

/// <summary>
/// How many commands came to what end. A count is one addition to a cell of the processor's own: nothing is allocated, nothing is locked, and nobody
/// is asked whether anyone listens; the cells are added up when somebody reads them.
/// </summary>
internal sealed class DecisionCounts
{
    private const int FirstReason = 6;

    // Cells of two processors do not share a cache line.
    private const int CacheLineCells = 8;

    private static readonly string[] Outcomes = ["accepted", "repeated", "busy", "not-recorded", "key-reused", "unknown"];
    private static readonly KeyValuePair<string, object?>[][] Tags =
    [
        .. Outcomes.Select(outcome => new KeyValuePair<string, object?>[] { new("outcome", outcome) }),
        .. Enum.GetValues<Reason>().Select(reason => new KeyValuePair<string, object?>[] { new("outcome", "refused"), new("reason", Words.Of(reason)) }),
    ];

    private readonly int stripes = (int)System.Numerics.BitOperations.RoundUpToPowerOf2((uint)Environment.ProcessorCount);
    private readonly int stride = (Tags.Length + (2 * CacheLineCells)) / CacheLineCells * CacheLineCells;
    private readonly long[] cells;

    public DecisionCounts() => cells = new long[stripes * stride];

    /// <summary>A command was answered.</summary>
    /// <param name="answer">The answer, on disk.</param>
    /// <param name="repeated">Whether its key had got the answer before.</param>
    public void Answered(Answer answer, bool repeated) =>
        Count(repeated ? 1 : answer is Refusal refusal ? FirstReason + (int)refusal.Reason : 0);

    /// <summary>A command was not decided, or nobody knows.</summary>
    public void Failed(Exception fault) => Count(fault switch
    {
        BusyException => 2,
        NotRecordedException => 3,
        KeyReusedException => 4,
        _ => 5,
    });

    /// <summary>The counts so far of what has happened at all.</summary>
    public IEnumerable<Measurement<long>> Read()
    {
        for (var end = 0; end < Tags.Length; end++)
        {
            long sum = 0;
            for (var stripe = 0; stripe < stripes; stripe++)
            {
                sum += Volatile.Read(ref cells[(stripe * stride) + end]);
            }

            if (sum > 0)
            {
                yield return new Measurement<long>(sum, Tags[end]);
            }
        }
    }

    private void Count(int end) => Interlocked.Increment(ref cells[((Thread.GetCurrentProcessorId() & (stripes - 1)) * stride) + end]);
}
