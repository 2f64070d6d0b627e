using EOrda.Queues;
using EOrda.Queues.Names;
using EOrda.Queues.Steps;
using EOrda.Queues.Time;

namespace EOrda.Actors.Facts;

/// <summary>Facts of a queue, in the order in which they happened.</summary>
/// <param name="Queue">The queue.</param>
/// <param name="Facts">The facts, each with the number after that of the one before.</param>
/// <param name="Next">The number to go on from.</param>
public sealed record QueueFacts(QueueKey Queue, IReadOnlyList<Fact> Facts, long Next);

/// <summary>One record of a queue's journal: what happened at one instant.</summary>
/// <param name="Number">The record's number in its queue, from 1 on without a gap. It never changes.</param>
/// <param name="At">When it happened.</param>
/// <param name="Cause">What was decided; null for what happened by itself (a deadline, amended rules; without events a mark of the actor's own).</param>
/// <param name="Events">What changed, in order. None where the decision was a refusal.</param>
public sealed record Fact(long Number, Moment At, FactCause? Cause, IReadOnlyList<QueueEvent> Events);

/// <summary>What a queue decided.</summary>
public abstract record FactCause;

/// <summary>A command that the queue decided alone.</summary>
/// <param name="Key">The caller's key.</param>
/// <param name="Command">The command.</param>
/// <param name="Answer">The answer.</param>
public sealed record DecidedCommand(CommandKey Key, Command Command, Answer Answer) : FactCause;

/// <summary>A step of a command that several entities decide: the queue's part of it.</summary>
/// <param name="Step">What the queue was asked. It has the command's key.</param>
/// <param name="Reply">What the queue replied.</param>
public sealed record TakenStep(ProcessStep Step, Reply Reply) : FactCause;
