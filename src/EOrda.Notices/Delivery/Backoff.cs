namespace EOrda.Notices.Delivery;

/// <summary>How long a message waits after a fault: 15 seconds, twice as long after each, an hour at most.</summary>
internal static class Backoff
{
    private static readonly TimeSpan First = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan Longest = TimeSpan.FromHours(1);

    /// <summary>The wait after so many attempts, from 1.</summary>
    public static TimeSpan After(int attempts)
    {
        var wait = First * Math.Pow(2, Math.Min(attempts - 1, 16));
        return wait < Longest ? wait : Longest;
    }
}
