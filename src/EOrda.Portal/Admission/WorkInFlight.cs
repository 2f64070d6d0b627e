namespace EOrda.Portal.Admission;

/// <summary>
/// How many requests are under way, and how many may be. While commands wait no longer than they should, up to <see cref="AdmissionLimits.Requests"/>; once
/// have waited longer for two windows of a tenth of a second on end, as many as are decided in that time (Little's law), so that whoever is let in waits about
/// so long, at whatever rate this machine decides.
/// Safe for use by several threads.
/// </summary>
internal sealed class WorkInFlight
{
    // So many are always let in, or a machine that has been slow for a moment would have nothing to show that it is not.
    private const int Fewest = 64;
    private const double Growth = 1.1;
    private static readonly TimeSpan Window = TimeSpan.FromMilliseconds(100);

    private readonly AdmissionLimits limits;
    private readonly TimeProvider time;
    private readonly Lock gate = new();
    private readonly long window;
    private long begun;
    private long waited;
    private bool wasSlow;
    private int decided;
    private int inFlight;
    private volatile int limit;

    public WorkInFlight(AdmissionLimits limits, TimeProvider time)
    {
        (this.limits, this.time) = (limits, time);
        limit = limits.Requests;
        window = (long)(Window.TotalSeconds * time.TimestampFrequency);
        begun = time.GetTimestamp();
    }

    /// <summary>How many are under way.</summary>
    public int Count => Volatile.Read(ref inFlight);

    /// <summary>How many may be, now.</summary>
    public int Limit => limit;

    /// <summary>Lets one more in, or does not.</summary>
    public bool TryEnter()
    {
        if (Interlocked.Increment(ref inFlight) <= limit)
        {
            return true;
        }

        Leave();
        return false;
    }

    /// <summary>One that was let in has been answered.</summary>
    public void Leave() => Interlocked.Decrement(ref inFlight);

    /// <summary>One command that was let in has been decided.</summary>
    /// <param name="entered">The timestamp at which it was let in.</param>
    public void Decided(long entered)
    {
        var now = time.GetTimestamp();
        Interlocked.Add(ref waited, now - entered);
        Interlocked.Increment(ref decided);
        if (now - Volatile.Read(ref begun) >= window && gate.TryEnter())
        {
            try
            {
                Adjust(now, now - entered);
            }
            finally
            {
                gate.Exit();
            }
        }
    }

    /// <summary>Sees to the limit at the end of a window.</summary>
    /// <param name="now">The timestamp.</param>
    /// <param name="latest">How long the one waited that was decided just now: not long where what waited is only what was left of a moment of standing still.</param>
    private void Adjust(long now, long latest)
    {
        var elapsed = time.GetElapsedTime(begun, now);
        if (elapsed < Window)
        {
            // Another thread has just done it.
            return;
        }

        var count = Interlocked.Exchange(ref decided, 0);
        var mean = time.GetElapsedTime(0, Interlocked.Exchange(ref waited, 0) / Math.Max(1, count));
        Volatile.Write(ref begun, now);
        var isSlow = mean > limits.Wait && time.GetElapsedTime(0, latest) > limits.Wait;
        if (isSlow && !wasSlow)
        {
            // So it looks when everything has stood still for a moment too, and then the next window shows how fast it really goes.
            wasSlow = true;
            return;
        }

        wasSlow = isSlow;
        var next = isSlow
            ? count / elapsed.TotalSeconds * limits.Wait.TotalSeconds
            : limit * Math.Pow(Growth, elapsed / Window);
        limit = (int)Math.Clamp(next, Math.Min(Fewest, limits.Requests), limits.Requests);
    }
}
