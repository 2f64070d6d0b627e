namespace EOrda.Actors.Persistence;

/// <summary>
/// Whether the database takes pages, and whether it can be read. After a failure nothing is tried for a moment: who asks meanwhile hears at once that nothing was
/// recorded, and entities are not recovered one after another from a database that is not there. From one that only takes nothing (a full disk) they are, so that
/// what is stored can be looked at. Safe for use by many threads.
/// </summary>
/// <param name="pause">For how long nothing is tried.</param>
/// <param name="time">The clock.</param>
internal sealed class DatabaseHealth(TimeSpan pause, TimeProvider time)
{
    private readonly long pauseTicks = (long)(pause.TotalSeconds * time.TimestampFrequency);
    private long closedUntil = long.MinValue;
    private long unreadableUntil = long.MinValue;
    private long failures;

    /// <summary>False for a moment after a failure.</summary>
    public bool IsAvailable => IsOver(ref closedUntil);

    /// <summary>False for a moment after a failure of a database that may not be there.</summary>
    public bool IsReadable => IsOver(ref unreadableUntil);

    /// <summary>How often the database failed.</summary>
    public long Failures => Volatile.Read(ref failures);

    /// <summary>Done at each failure; the journal's plugin sets it.</summary>
    public Action WhenFailed { get; set; } = static () => { };

    /// <summary>The database failed: nothing is tried for the pause.</summary>
    public void Failed()
    {
        Volatile.Write(ref unreadableUntil, time.GetTimestamp() + pauseTicks);
        Refused();
    }

    /// <summary>The database is there and takes nothing: nothing is written for the pause.</summary>
    public void Refused()
    {
        Interlocked.Increment(ref failures);
        Volatile.Write(ref closedUntil, time.GetTimestamp() + pauseTicks);
        WhenFailed();
    }

    /// <summary>The database took what was written.</summary>
    public void Worked()
    {
        Volatile.Write(ref closedUntil, long.MinValue);
        WasRead();
    }

    /// <summary>The database was read.</summary>
    public void WasRead() => Volatile.Write(ref unreadableUntil, long.MinValue);

    private bool IsOver(ref long end) => Volatile.Read(ref end) is var until && (until == long.MinValue || time.GetTimestamp() >= until);
}
