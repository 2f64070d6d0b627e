using EOrda.Actors.Live;
using EOrda.Actors.Queries;
using EOrda.Queues;
using EOrda.Queues.Names;
using EOrda.Queues.Time;

namespace EOrda.Actors;

/// <summary>
/// The door to the country's queues: ask for a decision, query a queue, watch a queue. Everything that goes in or comes out is plain data that can cross a wire,
/// so the queue may be on any node. Safe for use by many threads.
/// </summary>
public interface IQueues
{
    /// <summary>The clock of the node behind the door.</summary>
    Moment Now { get; }

    /// <summary>The localities and kindergartens as stored, as the node has them. Usually completes at once.</summary>
    /// <exception cref="BusyException">The node does not know at present what is in force.</exception>
    ValueTask<CountryDirectory> Directory(CancellationToken cancel = default);

    /// <summary>True when a queue can be watched: something was filed or freed in it, or named it in a filing or freeing since the start.</summary>
    /// <exception cref="BusyException">A bound is reached.</exception>
    ValueTask<bool> Knows(QueueKey queue, CancellationToken cancel = default);

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
    /// Asks a queue, in its actor's turn, settled up to now. What the reply shows is on disk when it comes. A queue that nobody has filed or freed in replies as
    /// an empty one.
    /// </summary>
    /// <exception cref="ArgumentException">The queue's locality is not known.</exception>
    /// <exception cref="BusyException">A bound is reached.</exception>
    /// <exception cref="NotRecordedException">Something is due that the disk does not take at present.</exception>
    /// <exception cref="OutcomeUnknownException">Something failed in the middle; ask again.</exception>
    ValueTask<TReply> Query<TReply>(QueueKey queue, QueueQuery<TReply> query, CancellationToken cancel = default)
        where TReply : class;

    /// <summary>
    /// Begins to watch a queue: gives a numbered snapshot, and from then on hands each later update to the listener until the watch is disposed.
    /// Updates come in order, each number one higher than the one before, at most ten a second. One that calls to reload (<see cref="LiveUpdate.Reload"/>) may have any
    /// higher number: updates were lost or the queue lives in another instance, and a snapshot with that number or a later one is needed. The first may come before the snapshot is given, and
    /// one on its way may come after the watch was disposed. Who missed a number asks for a fresh snapshot (<see cref="SnapshotQuery"/>).
    /// </summary>
    /// <exception cref="ArgumentException">Nothing was ever filed or freed in the queue.</exception>
    /// <exception cref="BusyException">A bound is reached.</exception>
    /// <exception cref="NotRecordedException">Something is due that the disk does not take at present.</exception>
    /// <exception cref="OutcomeUnknownException">Something failed in the middle; ask again.</exception>
    ValueTask<LiveWatch> Watch(QueueKey queue, ILiveListener listener, CancellationToken cancel = default);
}
