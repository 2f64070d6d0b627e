namespace EOrda.Actors.Entities;

/// <summary>
/// Notices that the clock was set: the time of day then moved otherwise than the timestamps, and what waits for an instant waits wrongly.
/// </summary>
internal sealed class ClockSteps(TimeProvider time)
{
    /// <summary>How often to look.</summary>
    public static readonly TimeSpan Every = TimeSpan.FromSeconds(1);

    // Slewing is no step.
    private static readonly TimeSpan Step = TimeSpan.FromMilliseconds(200);

    private DateTimeOffset lastTime = time.GetUtcNow();
    private long lastTimestamp = time.GetTimestamp();

    /// <summary>True when the clock was set since the last look. For one caller at a time.</summary>
    public bool HasStepped()
    {
        var (now, timestamp) = (time.GetUtcNow(), time.GetTimestamp());
        var apart = (now - lastTime - time.GetElapsedTime(lastTimestamp, timestamp)).Duration();
        (lastTime, lastTimestamp) = (now, timestamp);
        return apart > Step;
    }
}
