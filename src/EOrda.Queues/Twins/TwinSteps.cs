using EOrda.Queues.Names;
using EOrda.Queues.Steps;
using EOrda.Queues.Time;

namespace EOrda.Queues.Twins;

/// <summary>Tell the facts of some members of a batch across queues, before it is decided.</summary>
public sealed record DescribeTwins(CommandKey Key, QueueKey Queue, IReadOnlyList<string> Applications, string Kindergarten) : QueueStep(Key, Queue);

/// <summary>Decide a batch across queues as the queue that leads it: refuse it, or take the own half, pending until all halves are there.</summary>
/// <param name="Key">The batch's key.</param>
/// <param name="Queue">The leader.</param>
/// <param name="Members">All members in the order of the reservation.</param>
/// <param name="Kindergarten">The kindergarten.</param>
/// <param name="Others">The facts of the other queues' members.</param>
public sealed record LeadTwins(CommandKey Key, QueueKey Queue, IReadOnlyList<BatchMember> Members, string Kindergarten, IReadOnlyList<TwinFacts> Others) : QueueStep(Key, Queue)
{
    /// <inheritdoc/>
    public override ProcessStep WithoutReplies() => this with { Others = [] };
}

/// <summary>The leader has its half: pending, or held already.</summary>
/// <param name="Places">The places of its members, in their order.</param>
/// <param name="Until">When the batch ends.</param>
/// <param name="InWindow">True when some member of the batch is in the window of its queue.</param>
/// <param name="IsHeld">
/// True where all steps of a process happen at one instant or not at all: no half can be refused after the decision, so each is held as soon as it is taken.
/// </param>
public sealed record TwinsLed(IReadOnlyList<string> Places, Moment Until, bool InWindow, bool IsHeld) : Reply;

/// <summary>Take another queue's half of a batch, pending until the leader says that all halves are there.</summary>
/// <param name="Key">The batch's key.</param>
/// <param name="Queue">The queue.</param>
/// <param name="Leader">The queue that leads the batch.</param>
/// <param name="Members">All members in the order of the reservation.</param>
/// <param name="Kindergarten">The kindergarten.</param>
/// <param name="Until">When the batch ends, as the leader fixed it.</param>
/// <param name="InWindow">True when some member of the batch is in the window of its queue.</param>
public sealed record TakeHalf(CommandKey Key, QueueKey Queue, QueueKey Leader, IReadOnlyList<BatchMember> Members, string Kindergarten, Moment Until, bool InWindow) : QueueStep(Key, Queue)
{
    /// <inheritdoc/>
    public override ProcessStep WithoutReplies() => this with { Until = default, InWindow = false };
}

/// <summary>A queue has its half: the places of its members, in their order.</summary>
public sealed record HalfTaken(IReadOnlyList<string> Places) : Reply;

/// <summary>Hold the batch: all halves are there. Asked of the leader.</summary>
public sealed record HoldTwins(CommandKey Key, QueueKey Queue) : QueueStep(Key, Queue);

/// <summary>Whether the batch is held. It is not when its end came before all halves were there.</summary>
public sealed record TwinsKept(bool AreHeld) : Reply;

/// <summary>Undo the batch: a half was refused. Asked of the leader.</summary>
public sealed record UndoTwins(CommandKey Key, QueueKey Queue) : QueueStep(Key, Queue);

/// <summary>Confirm or drop a batch across queues. Asked of the leader.</summary>
public sealed record EndTwins(CommandKey Key, QueueKey Queue, CommandKey Batch, bool Confirm) : QueueStep(Key, Queue);

/// <summary>The application's batch is across queues: which queue leads it, and its key.</summary>
public sealed record InTwins(QueueKey Leader, CommandKey Batch) : Reply;

/// <summary>The leader has confirmed or dropped the batch.</summary>
/// <param name="Members">All members in the order of the reservation.</param>
/// <param name="Referrals">The referrals of the leader's members; none when it was dropped.</param>
/// <param name="At">When the leader decided.</param>
/// <param name="AvailableAt">From when the places can be taken again when it was dropped.</param>
public sealed record TwinsEnded(IReadOnlyList<BatchMember> Members, IReadOnlyList<ReferralGiven> Referrals, Moment At, Moment AvailableAt) : Reply;

/// <summary>What has become of a batch? Asked of the leader, each time with another key.</summary>
public sealed record TellOutcome(CommandKey Key, QueueKey Queue, CommandKey Batch) : QueueStep(Key, Queue);

/// <summary>What has become of a batch.</summary>
/// <param name="State">Its state, or null when it is undone or over: the leader does not know it.</param>
/// <param name="At">When the leader decided its end.</param>
/// <param name="Unsettled">The other queues that may not have its end yet.</param>
public sealed record TwinsOutcome(TwinState? State, Moment At, IReadOnlyList<QueueKey> Unsettled) : Reply;

/// <summary>The batch is held.</summary>
public sealed record HoldHalf(CommandKey Key, QueueKey Queue) : QueueStep(Key, Queue);

/// <summary>The batch is undone: the half leaves no trace.</summary>
public sealed record UndoHalf(CommandKey Key, QueueKey Queue) : QueueStep(Key, Queue);

/// <summary>The batch is confirmed.</summary>
public sealed record ConfirmHalf(CommandKey Key, QueueKey Queue) : QueueStep(Key, Queue);

/// <summary>The referrals of a half's members.</summary>
public sealed record HalfConfirmed(IReadOnlyList<ReferralGiven> Referrals) : Reply;

/// <summary>The batch was dropped, or lapsed, at an instant.</summary>
public sealed record EndHalf(CommandKey Key, QueueKey Queue, Moment At) : QueueStep(Key, Queue)
{
    /// <inheritdoc/>
    public override ProcessStep WithoutReplies() => this with { At = default };
}

/// <summary>Another queue has the batch's end. Asked of the leader, which forgets the batch when all have it.</summary>
public sealed record NoteSettled(CommandKey Key, QueueKey Queue, QueueKey Other) : QueueStep(Key, Queue)
{
    /// <inheritdoc/>
    public override string Part => Other.ToString();
}
