namespace EOrda.Simulation.Cluster.Stored;

/// <summary>What becomes of a transaction.</summary>
/// <param name="IsStored">Whether it is committed, if the unique index lets it.</param>
/// <param name="Fault">What its writer is told in place of success; null when it is told what became of it.</param>
/// <param name="CommitAfter">After how long it is committed, or is not.</param>
/// <param name="TellAfter">After how long from then its writer hears so.</param>
internal readonly record struct WriteFate(bool IsStored, Exception? Fault, TimeSpan CommitAfter, TimeSpan TellAfter);
