using EOrda.Queues.Names;

namespace EOrda.Queues.Twins;

/// <summary>Siblings' reservations made in one step (rules, section 9; 000: 15-25).</summary>
/// <param name="Id">Unique: the key of the command that made it.</param>
/// <param name="Members">All members in the order of the reservation, each with its queue; some may have left since.</param>
public sealed record Batch(string Id, IReadOnlyList<BatchMember> Members);

/// <summary>A member of a batch.</summary>
public sealed record BatchMember(QueueKey Queue, string Application);
