using EOrda.Queues.Names;
using EOrda.Queues.Time;
using NodaTime;
using NodaTime.TimeZones;

namespace EOrda.Portal.Localities;

/// <summary>The localities.</summary>
internal sealed record LocalitiesView(IReadOnlyList<string> Localities);

/// <summary>A locality: its zone, its day, and the numbers of its rules that a page needs.</summary>
/// <param name="Locality">Its key.</param>
/// <param name="Name">What it is called in each language, where the portal knows it.</param>
/// <param name="TimeZone">Its IANA time zone.</param>
/// <param name="OffsetMinutes">By how many minutes local time is ahead of UTC now. A page shows times with this and the next one, never with what a phone believes of the zone.</param>
/// <param name="NextOffset">The next change of the offset; null where none is known.</param>
/// <param name="Date">The local date now.</param>
/// <param name="FreezeFrom">When nothing is reserved any more today, until the release.</param>
/// <param name="Release">When places become available today.</param>
/// <param name="Handover">When reported places are locked today.</param>
/// <param name="NextRelease">When places become available next.</param>
/// <param name="ReservationMinutes">How long a reservation lasts.</param>
/// <param name="LapsesPerDay">How many reservations of a child may lapse or be given up on one local date.</param>
/// <param name="CancelHours">Within how many hours a referral may be cancelled.</param>
/// <param name="ExtensionMaxDays">By how many days a referral may be extended at most.</param>
/// <param name="WindowFactor">How many applications may take a place in priority access, for each such place.</param>
internal sealed record LocalityView(
    string Locality,
    Name? Name,
    string TimeZone,
    int OffsetMinutes,
    OffsetView? NextOffset,
    string Date,
    Moment FreezeFrom,
    Moment Release,
    Moment Handover,
    Moment NextRelease,
    int ReservationMinutes,
    int LapsesPerDay,
    int CancelHours,
    int ExtensionMaxDays,
    decimal WindowFactor);

/// <summary>A change of a locality's offset.</summary>
/// <param name="From">Its instant.</param>
/// <param name="OffsetMinutes">By how many minutes local time is ahead of UTC from then on.</param>
internal sealed record OffsetView(Moment From, int OffsetMinutes)
{
    /// <summary>A zone's offset at an instant, in minutes, and the next change of it. A zone's interval may end without one: only the name changes then.</summary>
    public static (int OffsetMinutes, OffsetView? Next) Of(DateTimeZone zone, Moment at)
    {
        var now = zone.GetZoneInterval(at.ToInstant());
        var next = now;
        while (next.WallOffset == now.WallOffset)
        {
            if (!next.HasEnd)
            {
                return (MinutesOf(now), null);
            }

            next = zone.GetZoneInterval(next.End);
        }

        return (MinutesOf(now), new OffsetView(Moment.From(next.Start), MinutesOf(next)));
    }

    private static int MinutesOf(ZoneInterval interval) => interval.WallOffset.Seconds / NodaConstants.SecondsPerMinute;
}

/// <summary>A locality's kindergartens.</summary>
internal sealed record KindergartensView(IReadOnlyList<KindergartenView> Kindergartens);

/// <summary>A kindergarten.</summary>
/// <param name="Kindergarten">Its identifier.</param>
/// <param name="Kind">Its kind.</param>
/// <param name="Name">Its name in each language, where the portal knows it.</param>
/// <param name="Address">Its address in each language, where the portal knows it.</param>
/// <param name="Latitude">Degrees north.</param>
/// <param name="Longitude">Degrees east.</param>
/// <param name="Ownership"><c>state</c> or <c>private</c>, where the portal knows it.</param>
internal sealed record KindergartenView(string Kindergarten, Kind Kind, Name? Name, Name? Address, double? Latitude, double? Longitude, string? Ownership);

/// <summary>A locality's queues.</summary>
internal sealed record QueuesView(IReadOnlyList<QueueEntry> Queues);

/// <summary>A queue and how many wait in it.</summary>
/// <param name="Queue">Its name.</param>
/// <param name="Kind">Its kind.</param>
/// <param name="Cohort">Its birth year or profile.</param>
/// <param name="Profile">What the profile is called in each language, where the portal knows it; null for a birth year.</param>
/// <param name="Waiting">How many wait.</param>
internal sealed record QueueEntry(string Queue, Kind Kind, string Cohort, Name? Profile, int Waiting);
