using EOrda.Portal.Hosting;
using NodaTime;
using NodaTime.Text;

namespace EOrda.Portal.Demonstration;

/// <summary>The demonstration's clock in its city, and the memory of it: what the clock has once shown it never goes back before, also after a crash.</summary>
internal sealed class DemonstrationTime
{
    private readonly CityData city;
    private readonly string directory;
    private readonly TimeProvider real;

    public DemonstrationTime(CityData city, PortalSettings settings, TimeProvider real)
    {
        this.city = city;
        this.real = real;
        directory = settings.Data;
        State = DemonstrationState.Read(directory);
        var offset = State is { } remembered
            ? TimeSpan.FromMilliseconds(remembered.OffsetMilliseconds)
            : InstantOf(
                (settings.Clock is null ? DateOf(real.GetUtcNow()) : city.FirstMorningDate).PlusDays(-CityLoader.DaysBefore),
                CityLoader.Afternoon) - real.GetUtcNow();
        Clock = new DemonstrationClock(real, offset);
    }

    /// <summary>The clock.</summary>
    public DemonstrationClock Clock { get; }

    /// <summary>What is remembered; null when the demonstration never ran on the data directory.</summary>
    public DemonstrationState? State { get; private set; }

    /// <summary>The local date that the clock shows.</summary>
    public LocalDate Today => DateOf(Clock.GetUtcNow());

    /// <summary>The local date of the real time.</summary>
    public LocalDate RealToday => DateOf(real.GetUtcNow());

    /// <summary>The latest morning for which places were reported.</summary>
    public LocalDate LastMorning => LocalDatePattern.Iso.Parse(State!.LastMorning).GetValueOrThrow();

    /// <summary>The morning on which a place that is reported now opens: tomorrow before the day's handover, else the day after (rules, section 5).</summary>
    public LocalDate NextMorning => Today.PlusDays(Clock.GetUtcNow() < InstantOf(Today, CityLoader.Handover) ? 1 : 2);

    /// <summary>Moves the clock on to a local time, unless that has passed.</summary>
    public void MoveTo(LocalDate date, LocalTime time) => MoveTo(InstantOf(date, time));

    /// <summary>Moves the clock on to the real time, unless that has passed.</summary>
    public void MoveToRealTime() => MoveTo(real.GetUtcNow());

    /// <summary>Remembers how far the loading has come.</summary>
    public void Remember(bool loaded, LocalDate lastMorning) =>
        Remember(new DemonstrationState(Milliseconds(Clock.Offset), loaded, LocalDatePattern.Iso.Format(lastMorning)));

    private static long Milliseconds(TimeSpan offset) => (long)Math.Ceiling(offset.TotalMilliseconds);

    private void MoveTo(DateTimeOffset instant)
    {
        if (instant <= Clock.GetUtcNow())
        {
            return;
        }

        // Remembered first: after a crash the clock may stand a little later than it was, never earlier.
        Remember(State! with { OffsetMilliseconds = Milliseconds(instant - real.GetUtcNow()) });
        Clock.JumpTo(instant);
    }

    private void Remember(DemonstrationState now)
    {
        now.Write(directory);
        State = now;
    }

    private LocalDate DateOf(DateTimeOffset instant) => Instant.FromDateTimeOffset(instant).InZone(city.Zone).Date;

    private DateTimeOffset InstantOf(LocalDate date, LocalTime time) => (date + time).InZoneLeniently(city.Zone).ToDateTimeOffset();
}
