using EOrda.Queues;

namespace EOrda.Simulation.Checks;

/// <summary>The callers' keys. Their last byte is 0, so that a mutant can make another key of one and the checks still know whose it is.</summary>
internal static class Keys
{
    /// <summary>A key out of 128 bits.</summary>
    public static CommandKey Of(UInt128 bits) => new(bits & ~(UInt128)0xFF);

    /// <summary>Another key that is known as the same caller's.</summary>
    public static CommandKey Changed(CommandKey key, int by) => new(key.Value | (UInt128)(by & 0xFF));

    /// <summary>The key as the caller chose it.</summary>
    public static CommandKey Original(CommandKey key) => Of(key.Value);
}
