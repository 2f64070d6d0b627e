namespace EOrda.Queues;

/// <summary>
/// The caller's key of one command (idempotency key): 128 bits that nobody else uses, for example the first half of a SHA-256 over who asks and what
/// key they named. Every step that a command takes carries it.
/// </summary>
public readonly record struct CommandKey(UInt128 Value)
{
    /// <summary>The key as 32 hexadecimal digits.</summary>
    public override string ToString() => $"{Value:x32}";
}
