namespace EOrda.Actors.Live;

/// <summary>
/// The numbers of a queue's updates: the incarnation, which is the number of a record that each instance of the actor writes before its first watch is
/// answered, and a count. So numbers grow from one instance to the next, and no two instances give the same.
/// </summary>
/// <remarks>They stay below 2^53, so that a browser's script can count with them; a count that is used up begins another incarnation.</remarks>
internal static class LiveNumbers
{
    /// <summary>How many numbers an incarnation has: 29 hours of ten updates a second.</summary>
    public const long PerIncarnation = 1 << CountBits;

    private const int CountBits = 20;

    /// <summary>The first number of an incarnation.</summary>
    public static long First(long record) => record << CountBits;

    /// <summary>True when the incarnation has no further number.</summary>
    public static bool IsLast(long number) => (number & (PerIncarnation - 1)) == PerIncarnation - 1;
}
