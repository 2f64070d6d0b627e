namespace EOrda.Notices.Delivery;

/// <summary>Keeps messages to a gateway to so many a second, and lets it alone when it asks to be.</summary>
internal sealed class SendingPace(int perSecond, TimeProvider clock)
{
    private static readonly TimeSpan LongestPause = TimeSpan.FromMinutes(15);

    private readonly Lock _lock = new();
    private readonly TimeSpan _between = TimeSpan.FromSeconds(1) / perSecond;
    private DateTimeOffset _next;
    private DateTimeOffset _pausedUntil;

    /// <summary>The gateway is let alone.</summary>
    public bool IsPaused
    {
        get
        {
            lock (_lock)
                return _pausedUntil > clock.GetUtcNow();
        }
    }

    /// <summary>Lets the gateway alone for a while; never for longer than a quarter of an hour at once, whatever it asks for.</summary>
    public void Pause(TimeSpan length)
    {
        lock (_lock)
        {
            var until = clock.GetUtcNow() + (length < LongestPause ? length : LongestPause);
            _pausedUntil = until > _pausedUntil ? until : _pausedUntil;
        }
    }

    /// <summary>Waits for the next turn.</summary>
    public async Task WaitAsync(CancellationToken cancellation)
    {
        TimeSpan wait;
        lock (_lock)
        {
            var now = clock.GetUtcNow();
            var turn = _next > now ? _next : now;
            _next = turn + _between;
            wait = turn - now;
        }

        if (wait > TimeSpan.Zero)
            await Task.Delay(wait, clock, cancellation);
    }
}
