using EOrda.Queues;
using EOrda.Queues.Steps;
using EOrda.Queues.Time;

namespace EOrda.Actors.Persistence;

/// <summary>What stands in a record before its events.</summary>
/// <param name="At">The record's instant.</param>
/// <param name="Decision">The command that the record decides, or null.</param>
/// <param name="Taken">The step that the record is of, or null.</param>
internal readonly record struct RecordHeading(Moment At, RecordedDecision? Decision, RecordedStep? Taken);

/// <summary>A command that a record decides.</summary>
internal sealed record RecordedDecision(CommandKey Key, Command Command, Answer Answer);

/// <summary>A step that a record is of.</summary>
internal sealed record RecordedStep(ProcessStep Step, Reply Reply);
