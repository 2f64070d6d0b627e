using EOrda.Queues.Steps;
using EOrda.Queues.Time;
using EOrda.Queues.Twins;

namespace EOrda.Queues.Country;

/// <summary>The processes that an entity's state says are not at their end: after a crash the entity's actor runs them again from their beginning.</summary>
public static class UnfinishedProcesses
{
    /// <summary>The filings and reports of a register that are under way.</summary>
    public static IEnumerable<Process> Of(Register register) => register.UnderWay.Select(begun => begun switch
    {
        FilingBegun e => new CommandProcess(e.Key, e.Submit),
        PlaceClaimed e => new CommandProcess(e.Key, new FreePlace(e.Place, e.Kindergarten, e.Queue.ToString(), Age: null)),
        _ => throw new ArgumentException($"{begun.GetType().Name} begins nothing.", nameof(register)),
    });

    /// <summary>
    /// The enrolments of a queue that are prepared, the batches that it leads and that are not held, and those of which it must ask the leader what becomes
    /// of them.
    /// </summary>
    /// <param name="queue">The queue, settled up to the instant.</param>
    /// <param name="at">The instant.</param>
    /// <param name="fresh">A key that nobody used before: the questions to leaders have keys made of it.</param>
    public static IEnumerable<Process> Of(Queue queue, Moment at, CommandKey fresh)
    {
        foreach (var (application, key) in queue.Deeds.Preparing)
        {
            yield return new CommandProcess(key, new Enrol(queue.ApplicationNames[application]));
        }

        foreach (var half in queue.Halves.Values)
        {
            var leads = half.Leader == queue.Key;
            if (leads && half.State == TwinState.Pending)
            {
                yield return new CommandProcess(half.Key, new ReserveBatch([.. half.Batch.Members.Select(member => member.Application)], half.Kindergarten));
            }
            else if (leads ? half.State > TwinState.Held : half.IsOpen(queue.Key, at))
            {
                yield return Carrying(queue, half, fresh);
            }
        }
    }

    private static TwinsProcess Carrying(Queue queue, TwinHalf half, CommandKey fresh) =>
        new(new CommandKey(fresh.Value ^ half.Key.Value), half.Leader, half.Key, half.Leader == queue.Key ? null : queue.Key);
}
