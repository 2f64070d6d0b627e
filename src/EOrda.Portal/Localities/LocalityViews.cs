using EOrda.Queues.Names;
using EOrda.Queues.Time;

namespace EOrda.Portal.Localities;

/// <summary>The localities.</summary>
internal sealed record LocalitiesView(IReadOnlyList<string> Localities);

/// <summary>A locality: its zone, its day, and the numbers of its rules that a page needs.</summary>
/// <param name="Locality">Its key.</param>
/// <param name="Name">What it is called in each language, where the portal knows it.</param>
/// <param name="TimeZone">Its IANA time zone.</param>
/// <param name="Date">The local date now.</param>
/// <param name="FreezeFrom">When nothing is reserved any more today, until the release.</param>
/// <param name="Release">When places become available today.</param>
/// <param name="Handover">When reported places are locked today.</param>
/// <param name="NextRelease">When places become available next.</param>
/// <param name="ReservationMinutes">How long a reservation lasts.</param>
/// <param name="CancelHours">Within how many hours a referral may be cancelled.</param>
/// <param name="ExtensionMaxDays">By how many days a referral may be extended at most.</param>
/// <param name="WindowFactor">How many applications may take a place in priority access, for each such place.</param>
internal sealed record LocalityView(
    string Locality,
    Name? Name,
    string TimeZone,
    string Date,
    Moment FreezeFrom,
    Moment Release,
    Moment Handover,
    Moment NextRelease,
    int ReservationMinutes,
    int CancelHours,
    int ExtensionMaxDays,
    decimal WindowFactor);

/// <summary>A locality's kindergartens.</summary>
internal sealed record KindergartensView(IReadOnlyList<KindergartenView> Kindergartens);

/// <summary>A kindergarten.</summary>
/// <param name="Kindergarten">Its identifier.</param>
/// <param name="Kind">Its kind.</param>
/// <param name="Name">Its name in each language, where the portal knows it.</param>
/// <param name="Address">Its address in each language, where the portal knows it.</param>
/// <param name="Latitude">Degrees north.</param>
/// <param name="Longitude">Degrees east.</param>
internal sealed record KindergartenView(string Kindergarten, Kind Kind, Name? Name, Name? Address, double? Latitude, double? Longitude);

/// <summary>A locality's queues.</summary>
internal sealed record QueuesView(IReadOnlyList<QueueEntry> Queues);

/// <summary>A queue and how many wait in it.</summary>
/// <param name="Queue">Its name.</param>
/// <param name="Kind">Its kind.</param>
/// <param name="Cohort">Its birth year or profile.</param>
/// <param name="Profile">What the profile is called in each language, where the portal knows it; null for a birth year.</param>
/// <param name="Waiting">How many wait.</param>
internal sealed record QueueEntry(string Queue, Kind Kind, string Cohort, Name? Profile, int Waiting);
