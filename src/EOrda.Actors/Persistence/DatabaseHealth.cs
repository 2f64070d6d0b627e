namespace EOrda.Actors.Persistence;

/// <summary>
/// Whether the database takes pages. After a failure nothing is tried for a moment: who asks meanwhile hears at once that nothing was recorded, and entities
/// are not recovered one after another from a database that is not there. Safe for use by many threads.
/// </summary>
/// <param name="pause">For how long nothing is tried.</param>
/// <param name="time">The clock.</param>
internal sealed class DatabaseHealth(TimeSpan pause, TimeProvider time)
{
    private readonly long pauseTicks = (long)(pause.TotalSeconds * time.TimestampFrequency);
    private long closedUntil = long.MinValue;
    private long failures;

    /// <summary>False for a moment after a failure.</summary>
    public bool IsAvailable => Volatile.Read(ref closedUntil) is var until && (until == long.MinValue || time.GetTimestamp() >= until);

    /// <summary>How often the database failed.</summary>
    public long Failures => Volatile.Read(ref failures);

    /// <summary>Done at each failure; the journal's plugin sets it.</summary>
    public Action WhenFailed { get; set; } = static () => { };

    /// <summary>The database failed: nothing is tried for the pause.</summary>
    public void Failed()
    {
        Interlocked.Increment(ref failures);
        Volatile.Write(ref closedUntil, time.GetTimestamp() + pauseTicks);
        WhenFailed();
    }

    /// <summary>The database did what was asked.</summary>
    public void Worked() => Volatile.Write(ref closedUntil, long.MinValue);
}
