namespace EOrda.Actors;

/// <summary>
/// The caller's key of one command (idempotency key): 128 bits that nobody else uses, for example the first half of a SHA-256 over who asks and what
/// key they named.
/// </summary>
public readonly record struct CommandKey(UInt128 Value);
