using EOrda.Queues.Time;
using NodaTime;

namespace EOrda.PeerPortal.Morning;

/// <summary>The rehearsal's clock: the real one, moved on to the mornings that are asked for. It never goes back. Safe for use by several threads.</summary>
internal sealed class PeerClock
{
    private static readonly LocalTime Afternoon = new(15, 0);
    private static readonly LocalTime FreezeFrom = new(6, 30);
    private static readonly LocalTime Release = new(7, 0);

    private long offset;

    public PeerClock()
    {
        Today = Instant.FromUnixTimeMilliseconds(Real).InZone(Zone).Date;
        MoveTo(Today.At(Afternoon));
    }

    /// <summary>The city's time zone.</summary>
    public static DateTimeZone Zone { get; } = DateTimeZoneProviders.Tzdb["Asia/Almaty"];

    /// <summary>The instant now.</summary>
    public Moment Now => new(Real + Volatile.Read(ref offset));

    /// <summary>The morning that is being played, or the day before the first one.</summary>
    public LocalDate Today { get; private set; }

    private static long Real => TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds();

    /// <summary>The release of a date.</summary>
    public static Moment ReleaseOn(LocalDate date) => Of(date.At(Release));

    /// <summary>Goes on to a time of the next morning.</summary>
    public void MoveToNextMorning(LocalTime time)
    {
        Today = Today.PlusDays(1);
        MoveTo(Today.At(time));
    }

    /// <summary>True while nothing is reserved before the release.</summary>
    public static bool IsFrozen(Moment at)
    {
        var local = Instant.FromUnixTimeMilliseconds(at.UnixMilliseconds).InZone(Zone).TimeOfDay;
        return local >= FreezeFrom && local < Release;
    }

    private static Moment Of(LocalDateTime local) => new(local.InZoneLeniently(Zone).ToInstant().ToUnixTimeMilliseconds());

    private void MoveTo(LocalDateTime local) => Volatile.Write(ref offset, Math.Max(Volatile.Read(ref offset), Of(local).UnixMilliseconds - Real));
}
