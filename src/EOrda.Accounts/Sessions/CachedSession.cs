namespace EOrda.Accounts.Sessions;

/// <summary>A session in this node's memory.</summary>
internal sealed class CachedSession(Session session, DateTimeOffset lastSeen, DateTimeOffset loaded)
{
    private long seen = lastSeen.ToUnixTimeMilliseconds();
    private int end;

    public Session Session { get; } = session;

    public DateTimeOffset Loaded { get; } = loaded;

    /// <summary>The last activity, in milliseconds since 1970.</summary>
    public long Seen => Interlocked.Read(ref seen);

    /// <summary>The last activity that is stored.</summary>
    public long Stored { get; set; } = lastSeen.ToUnixTimeMilliseconds();

    /// <summary>Why it ended, or null.</summary>
    public SessionEnd? End => Volatile.Read(ref end) is var reason and not 0 ? (SessionEnd)reason : null;

    public void Touch(DateTimeOffset now)
    {
        var next = now.ToUnixTimeMilliseconds();
        if (next > Seen)
        {
            Interlocked.Exchange(ref seen, next);
        }
    }

    /// <summary>True for the first who ends it.</summary>
    public bool TryEnd(SessionEnd reason) => Interlocked.CompareExchange(ref end, (int)reason, 0) == 0;
}
