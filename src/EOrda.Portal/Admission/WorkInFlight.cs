namespace EOrda.Portal.Admission;

/// <summary>
/// How many requests the node has under way, and how many it may have: from when it is asked to when it has decided, whatever came before or comes after.
/// While commands wait no longer than they should, up to <see cref="AdmissionLimits.Requests"/>; once have waited longer for two windows of a tenth of a second
/// on end, as many as are decided in that time (Little's law), so that whoever is let in waits about so long, at whatever rate this machine decides. The limit
/// grows again with time, also where nothing is decided.
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
    private long latest;
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
    public int Limit
    {
        get
        {
            if (limit < limits.Requests)
            {
                EndWindow(time.GetTimestamp());
            }

            return limit;
        }
    }

    /// <summary>True when one more would not be let in now.</summary>
    public bool IsFull => Count >= Limit;

    /// <summary>What <see cref="Decided"/> takes of one that is asked now.</summary>
    public long Now => time.GetTimestamp();

    /// <summary>Lets one more in, or does not.</summary>
    public bool TryEnter()
    {
        if (Interlocked.Increment(ref inFlight) <= Limit)
        {
            return true;
        }

        Leave();
        return false;
    }

    /// <summary>One that was let in has been decided, or never will be.</summary>
    public void Leave() => Interlocked.Decrement(ref inFlight);

    /// <summary>One command that was let in has been decided.</summary>
    /// <param name="asked">What <see cref="Now"/> was when the node was asked.</param>
    public void Decided(long asked)
    {
        var now = time.GetTimestamp();
        Interlocked.Add(ref waited, now - asked);
        Interlocked.Increment(ref decided);
        Volatile.Write(ref latest, now - asked);
        EndWindow(now);
    }

    private void EndWindow(long now)
    {
        if (now - Volatile.Read(ref begun) >= window && gate.TryEnter())
        {
            try
            {
                Adjust(now);
            }
            finally
            {
                gate.Exit();
            }
        }
    }

    /// <summary>Sees to the limit at the end of a window.</summary>
    private void Adjust(long now)
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

        // The one that was decided last has not waited long where what waited is only what was left of a moment of standing still.
        var isSlow = mean > limits.Wait && time.GetElapsedTime(0, Volatile.Read(ref latest)) > limits.Wait;
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
