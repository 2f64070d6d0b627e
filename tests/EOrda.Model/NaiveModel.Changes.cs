using EOrda.Model.Domain;
using EOrda.Model.Time;
using NodaTime;

namespace EOrda.Model;

/// <summary>Changes that several commands and dues share.</summary>
public sealed partial class NaiveModel
{
    private static void Archive(Application application, string cause)
    {
        application.Status = Status.Archived;
        application.ArchiveCause = cause;
        application.ReturnsAt = null;
        application.StopListing = null;
    }

    /// <summary>rules.md 3: back at the place that category and original instant give; a child past its 1 June leaves instead (replay.md, Precisions).</summary>
    private void ComeBack(Application application)
    {
        if (now >= application.TooOldFrom)
            Archive(application, Cause.TooOld);
        else
            application.Status = Status.Waiting;
    }

    /// <summary>rules.md 7 and 8: in the stop-list until the midnight that ends the n-th working day after a date.</summary>
    private static void StopList(Application application, string cause, LocalDate since, LocalDate from)
    {
        var locality = application.Locality;
        var last = WorkingCalendar.LastOfWorkingDays(locality.Rules, from, locality.Rules.StopListWorkingDays);
        application.Status = Status.StopListed;
        application.StopListing = new StopListing { Cause = cause, Since = since, Until = locality.Clock.EndOf(last) };
    }

    /// <summary>rules.md 6: the reservation is over; the member leaves its batch (replay.md, Precisions). What becomes of the place is the caller's.</summary>
    private static void EndReservation(Reservation reservation)
    {
        reservation.Batch.Remove(reservation);
        reservation.Application.Reservation = null;
        reservation.Place.Reservation = null;
    }

    /// <summary>replay.md, Precisions: the place of an application that leaves the queue while holding is returning; no lapse is counted.</summary>
    private void LeaveReservation(Application application)
    {
        if (application.Reservation is not { } reservation)
            return;
        EndReservation(reservation);
        ReturnPlace(reservation.Place);
    }

    /// <summary>rules.md 6: lapsed or dropped. It counts for the lapse limit on this local date; when the place is available again.</summary>
    private Instant GiveUp(Reservation reservation)
    {
        CountLapse(reservation.Application);
        EndReservation(reservation);
        return ReturnPlace(reservation.Place, givenUpInPriority: reservation.InPriority);
    }

    private static void EndReferral(Referral referral)
    {
        referral.Application.Referral = null;
        referral.Place.Referral = null;
    }

    /// <summary>
    /// rules.md 6: available again at the release of the calendar day after the local date of the lapse. rules.md 5: one reserved in priority access
    /// and given up on this date counts for the window as long as the date lasts.
    /// </summary>
    private Instant ReturnPlace(Place place, bool givenUpInPriority = false)
    {
        var locality = place.Kindergarten.Locality;
        place.GivenUpOn = givenUpInPriority ? Today(locality) : null;
        place.State = PlaceState.Returning;
        place.AvailableAt = locality.Clock.At(Today(locality).PlusDays(1), locality.Rules.Release);
        return place.AvailableAt.Value;
    }

    /// <summary>
    /// rules.md 5 and replay.md, Precisions: reported until the next handover (a report at exactly that moment waits for the next day's),
    /// available at the release of the day after the handover.
    /// </summary>
    private Instant Report(Place place)
    {
        var locality = place.Kindergarten.Locality;
        var handoverDay = Today(locality);
        if (now >= locality.Clock.At(handoverDay, locality.Rules.Handover))
            handoverDay = handoverDay.PlusDays(1);
        place.State = PlaceState.Reported;
        place.HandoverAt = locality.Clock.At(handoverDay, locality.Rules.Handover);
        place.AvailableAt = locality.Clock.At(handoverDay.PlusDays(1), locality.Rules.Release);
        place.PriorityUntil = null;
        place.Enrolled = null;
        return place.AvailableAt.Value;
    }

    /// <summary>rules.md 5: between `freezeFrom` and `release` no reservation is made and no referral issued.</summary>
    private bool IsFrozen(Locality locality)
    {
        foreach (var day in DaysAround(locality))
        {
            if (locality.Clock.At(day, locality.Rules.FreezeFrom) <= now && now < locality.Clock.At(day, locality.Rules.Release))
                return true;
        }

        return false;
    }

    /// <summary>replay.md, Precisions: `at` + `reservationMinutes`, or the next `freezeFrom` if that is earlier.</summary>
    private Instant ReservationEnd(Locality locality)
    {
        var freeze = DaysAround(locality).Select(day => locality.Clock.At(day, locality.Rules.FreezeFrom)).Where(from => from > now).Min();
        return Instant.Min(now + Duration.FromMinutes(locality.Rules.ReservationMinutes), freeze);
    }

    private IEnumerable<LocalDate> DaysAround(Locality locality) => Enumerable.Range(-1, 4).Select(days => Today(locality).PlusDays(days));
}
