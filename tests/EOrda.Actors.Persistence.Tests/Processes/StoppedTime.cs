using EOrda.Queues.Time;

namespace EOrda.Actors.Persistence.Tests.Processes;

/// <summary>A clock that stands still until a test sets it, while timers run as they do.</summary>
internal sealed class StoppedTime : TimeProvider
{
    private long now = Moment.From(new NodaTime.LocalDateTime(2026, 4, 1, 4, 0).InUtc().ToInstant()).UnixMilliseconds;

    /// <summary>The instant.</summary>
    public Moment Now
    {
        get => new(Volatile.Read(ref now));
        set => Volatile.Write(ref now, value.UnixMilliseconds);
    }

    public override DateTimeOffset GetUtcNow() => DateTimeOffset.FromUnixTimeMilliseconds(Volatile.Read(ref now));
}
