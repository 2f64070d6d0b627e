using EOrda.Model.Domain;
using EOrda.Model.Time;
using NodaTime;

namespace EOrda.Model;

/// <summary>rules.md 2: due changes, found by looking through everything, one at a time.</summary>
public sealed partial class NaiveModel
{
    /// <summary>Dues take effect at their instant, in due order, before any command stamped at or after it (rules.md 2).</summary>
    private void TakeDuesUntil(Instant at)
    {
        while (true)
        {
            var next = PendingDues()
                .Where(due => due.At <= at)
                .OrderBy(due => due.At)
                .ThenBy(due => due.Class)
                .ThenBy(due => due.RegistrationNumber)
                .FirstOrDefault();
            if (next is null)
                return;
            if (next.At > now)
                now = next.At;
            next.TakeEffect();
        }
    }

    internal IEnumerable<Due> PendingDues()
    {
        foreach (var application in applications)
        {
            if (application.Reservation is { } reservation && reservation.Half is null or { Leads: true, IsHeld: true })
                yield return new Due(reservation.Until, DueClass.ReservationLapses, application.Number, () => Lapse(reservation));
            if (application.Referral is { } referral && !application.IsEnrolling)
                yield return new Due(referral.ValidUntil, DueClass.ReferralExpires, application.Number, () => Expire(referral));
            if (application.Status == Status.StopListed)
                yield return new Due(application.StopListing!.Until, DueClass.StopListEndsOrReturns, application.Number, () => EndStopListing(application));
            if (application.Status == Status.Returning)
                yield return new Due(application.ReturnsAt!.Value, DueClass.StopListEndsOrReturns, application.Number, () => EndReturn(application));
            if (application.Status is Status.Waiting or Status.Review)
                yield return new Due(application.TooOldFrom, DueClass.LeavesForAge, application.Number, () => LeaveForAge(application));
        }

        foreach (var half in halves.Where(half => half is { Leads: true, IsOver: false }))
            yield return new Due(half.Until, DueClass.HalfEnds, 0, () => EndHalf(half));

        foreach (var place in places)
        {
            if (place.State == PlaceState.Reported)
                yield return new Due(place.HandoverAt!.Value, DueClass.Handover, place.Number, () => HandOver(place));
            if (place.State is PlaceState.Reported or PlaceState.Locked)
                yield return new Due(place.AvailableAt!.Value, DueClass.BecomesAvailable, place.Number, () => Release(place));
            if (place.State == PlaceState.Returning)
                yield return new Due(place.AvailableAt!.Value, DueClass.BecomesAvailable, place.Number, () => MakeAvailable(place));
        }
    }

    /// <summary>rules.md 6: lapsed; counts for the lapse limit on the local date of the lapse.</summary>
    private void Lapse(Reservation reservation)
    {
        Told("due: reservation lapses" + (reservation.Batch.Count > 1 ? " (batch)" : ""));
        GiveUp(reservation);
    }

    /// <summary>rules.md 7: expired without enrolment. First time: stop-list; once more than allowed: removed.</summary>
    private void Expire(Referral referral)
    {
        var application = referral.Application;
        var locality = application.Locality;
        EndReferral(referral);

        // The place returns at the release of the day that follows the referral's last valid date.
        var place = referral.Place;
        place.State = PlaceState.Returning;
        place.AvailableAt = place.Kindergarten.Locality.Clock.At(referral.LastValidDate.PlusDays(1), place.Kindergarten.Locality.Rules.Release);
        place.GivenUpOn = null;

        // rules.md 7: a benefit that nobody confirmed is lost.
        if (!referral.Verified)
        {
            Told($"due: unverified referral expires, {application.Category}");
            application.Category = Category.General;
        }

        application.Misses++;
        Told(application.Misses > locality.Rules.MissesAllowed ? "due: referral expires, missed-twice" : "due: referral expires, stop-list");
        if (application.Misses > locality.Rules.MissesAllowed)
        {
            Archive(application, Cause.MissedTwice);
            return;
        }

        StopList(application, Cause.ReferralExpired, since: Today(locality), from: referral.LastValidDate);
    }

    /// <summary>rules.md 8: the end of the stop-list puts back or archives: not prolonged, then too old.</summary>
    private void EndStopListing(Application application)
    {
        var listing = application.StopListing!;
        application.StopListing = null;

        // replay.md, Precisions: the end of a `referral-expired` stop-list moves the validity by the calendar days it lasted.
        if (listing.Cause == Cause.ReferralExpired)
        {
            var ended = DateOf(application.Locality, listing.Until);
            application.LastValidDate = application.LastValidDate.PlusDays(Period.DaysBetween(listing.Since, ended));
        }

        if (listing is { Cause: Cause.NotProlonged, Prolonged: false })
        {
            Told("due: stop-list ends, not-prolonged");
            Archive(application, Cause.NotProlonged);
            return;
        }

        Told($"due: stop-list ({listing.Cause}) ends, " + (now >= application.TooOldFrom ? "too-old" : "back"));
        ComeBack(application);
    }

    /// <summary>rules.md 7: a cancelled application is back at its place.</summary>
    private void EndReturn(Application application)
    {
        Told("due: return ends, " + (now >= application.TooOldFrom ? "too-old" : "back"));
        application.ReturnsAt = null;
        ComeBack(application);
    }

    /// <summary>rules.md 5: at the handover a reported place is locked.</summary>
    private void HandOver(Place place)
    {
        Told("due: handover");
        place.State = PlaceState.Locked;
        place.HandoverAt = null;
    }

    /// <summary>
    /// rules.md 5: the release. Priority access until the release time of the day after the n-th working day, the release day counting;
    /// none for n = 0. replay.md, Precisions: fixed now, by the rules in force now.
    /// </summary>
    private void Release(Place place)
    {
        Told("due: release");
        var locality = place.Kindergarten.Locality;
        var count = locality.Rules.PriorityWorkingDays;
        place.PriorityUntil = count == 0
            ? null
            : locality.Clock.At(WorkingCalendar.LastOfPriorityDays(locality.Rules, Today(locality), count).PlusDays(1), locality.Rules.Release);
        place.HandoverAt = null;
        MakeAvailable(place);
    }

    /// <summary>rules.md 5 and 6: available; in priority access if its priority period reaches beyond this moment.</summary>
    private void MakeAvailable(Place place)
    {
        if (place.State == PlaceState.Returning)
            Told("due: returned place available");
        place.State = PlaceState.Available;
        place.AvailableAt = null;
    }

    /// <summary>rules.md 4: on its 1 June a waiting child leaves the queue, and one under review (replay.md, Precisions).</summary>
    private void LeaveForAge(Application application)
    {
        Told($"due: leaves for age, {application.Status}" + (application.Reservation is null ? "" : " holding"));
        LeaveReservation(application);
        Archive(application, Cause.TooOld);
    }
}
