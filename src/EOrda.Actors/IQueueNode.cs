using EOrda.Actors.Live;
using EOrda.Queues;
using EOrda.Queues.Country;
using EOrda.Queues.Names;
using EOrda.Queues.Time;

namespace EOrda.Actors;

/// <summary>
/// The seam between the actors and everything above them: ask the entity with this key, look at the queue with this key, watch the queue with this key.
/// Safe for use by many threads.
/// </summary>
public interface IQueueNode
{
    /// <summary>The node's clock.</summary>
    Moment Now { get; }

    /// <summary>The localities and kindergartens as the disk has them. Immutable; a change makes a new one.</summary>
    CountryDirectory Directory { get; }

    /// <summary>True when a queue can be watched: something was filed or freed in it, or named it in a filing or freeing since the start.</summary>
    bool Knows(QueueKey queue);

    /// <summary>
    /// Has the command decided once and answers when the decision is on disk. Asked again with the same key within 24 hours it gives the first answer.
    /// Only that the application or place is not of the queue that was asked, or known nowhere, is recorded and kept nowhere. Cancelling stops the waiting, not the command.
    /// </summary>
    /// <param name="command">The command.</param>
    /// <param name="key">The caller's key of this command.</param>
    /// <param name="queue">
    /// The application's (of a batch, the first one's) or place's queue where the caller knows it: if it is another's the answer is
    /// <see cref="EOrda.Queues.Rules.Reason.UnknownApplication"/> or <see cref="EOrda.Queues.Rules.Reason.UnknownPlace"/>. Where none is given the register is asked first.
    /// </param>
    /// <param name="cancel">Stops the waiting.</param>
    /// <exception cref="BusyException">A bound is reached; nothing was decided.</exception>
    /// <exception cref="NotRecordedException">The disk did not take the decision; nothing has changed.</exception>
    /// <exception cref="OutcomeUnknownException">Something failed in the middle; ask again with the same key.</exception>
    /// <exception cref="KeyReusedException">The key was used with another command.</exception>
    ValueTask<Answer> Ask(Command command, CommandKey key, QueueKey? queue = null, CancellationToken cancel = default);

    /// <summary>
    /// Looks at a queue in its actor's turn, settled up to now. What is seen is on disk when the answer comes. The function must be quick, must not
    /// keep the queue, and must copy what it wants.
    /// </summary>
    /// <exception cref="ArgumentException">The queue's locality is not known.</exception>
    /// <exception cref="BusyException">A bound is reached.</exception>
    /// <exception cref="NotRecordedException">Something is due that the disk does not take at present.</exception>
    /// <exception cref="OutcomeUnknownException">Something failed in the middle; ask again.</exception>
    ValueTask<T> Look<T>(QueueKey queue, Func<Queue, Moment, T> look, CancellationToken cancel = default);

    /// <summary>
    /// Begins to watch a queue: gives a numbered snapshot, and from then on hands each later update to the listener until the watch is disposed.
    /// Updates come in order, each number one higher than the one before, at most ten a second. The first may come before the snapshot is given, and
    /// one on its way may come after the watch was disposed.
    /// </summary>
    /// <exception cref="ArgumentException">Nothing was ever filed or freed in the queue.</exception>
    /// <exception cref="BusyException">A bound is reached.</exception>
    /// <exception cref="NotRecordedException">Something is due that the disk does not take at present.</exception>
    /// <exception cref="OutcomeUnknownException">Something failed in the middle; ask again.</exception>
    ValueTask<LiveWatch> Watch(QueueKey queue, ILiveListener listener, CancellationToken cancel = default);

    /// <summary>A fresh snapshot of a queue, for one that missed a number.</summary>
    /// <exception cref="ArgumentException">Nothing was ever filed or freed in the queue.</exception>
    /// <exception cref="BusyException">A bound is reached.</exception>
    /// <exception cref="NotRecordedException">Something is due that the disk does not take at present.</exception>
    /// <exception cref="OutcomeUnknownException">Something failed in the middle; ask again.</exception>
    ValueTask<LiveSnapshot> Snapshot(QueueKey queue, CancellationToken cancel = default);
}

/// <summary>The country's localities and kindergartens at one instant.</summary>
/// <param name="Localities">The rules in force, by locality.</param>
/// <param name="Kindergartens">The kindergartens by their identifiers.</param>
public sealed record CountryDirectory(
    IReadOnlyDictionary<string, IReadOnlyList<RulesInForce>> Localities,
    IReadOnlyDictionary<string, Kindergarten> Kindergartens);
