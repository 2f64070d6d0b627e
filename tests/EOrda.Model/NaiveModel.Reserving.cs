using System.Text.Json.Nodes;
using EOrda.Model.Domain;
using EOrda.Model.Order;
using EOrda.Model.Replay;
using EOrda.Model.Time;
using NodaTime;

namespace EOrda.Model;

/// <summary>rules.md 6 and 9, replay.md "`reserve`, reason by reason": `reserve`, `confirm`, `drop`.</summary>
public sealed partial class NaiveModel
{
    private Answer Reserve(ReplayLine line)
    {
        var batch = line.Has("applications");
        var ids = batch ? line.TextList("applications") : [line.Text("application")];

        // 1.
        var members = new List<Application>();
        foreach (var id in ids)
        {
            if (FindApplication(id) is not { } member)
                return Replay.Answer.No("unknown-application");
            members.Add(member);
        }

        // 2.
        foreach (var member in members.Where(member => !member.IsWaiting))
            return Replay.Answer.No(member.Status == Status.Review ? "under-review" : member.Status);

        // 3.
        if (batch && !AreSiblings(members))
            return Replay.Answer.No("not-siblings");

        // 4.
        var locality = members[0].Locality;
        if (IsFrozen(locality))
            return Replay.Answer.No("frozen");

        // 5.
        Place? named = null;
        Kindergarten? kindergarten = null;
        if (line.Has("place"))
        {
            named = FindPlace(line.Text("place"));
            if (named is null)
                return Replay.Answer.No("unknown-place");
        }
        else if (!kindergartens.TryGetValue(line.Text("kindergarten"), out kindergarten))
        {
            return Replay.Answer.No("unknown-kindergarten");
        }

        // 6.
        if (named is not null && named.Queue != members[0].Queue)
            return Replay.Answer.No("wrong-queue");

        // 7.
        if (members.Exists(member => member.Reservation is not null))
            return Replay.Answer.No("already-holding");

        // 8.
        if (members.Exists(HasReachedReferralLimit))
            return Replay.Answer.No("referral-limit");
        if (members.Exists(HasReachedLapseLimit))
            return Replay.Answer.No("lapse-limit");

        // 9 and 10.
        return named is not null ? ReserveNamed(members[0], named) : ReserveIn(kindergarten!, members);
    }

    private Answer ReserveNamed(Application application, Place place)
    {
        // 9.
        if (place.State == PlaceState.Revoked)
            return Replay.Answer.No("revoked");
        if (place.State is PlaceState.Reported or PlaceState.Locked or PlaceState.Returning)
            return Replay.Answer.No("place-locked");
        if (place.State != PlaceState.Available)
            return Replay.Answer.No("place-taken");

        // 10.
        if (place.AccessAt(now) == Access.Priority && !IsInWindow(application))
            return Replay.Answer.No("outside-window");
        return Hold([application], [place]);
    }

    private Answer ReserveIn(Kindergarten kindergarten, List<Application> members)
    {
        // 9.
        var available = places.Where(place => place.Kindergarten == kindergarten && place.State == PlaceState.Available).ToList();
        if (Assign(members, available) is not { } any)
            return Replay.Answer.No("no-place");

        // 10. rules.md 9: a batch is in the window if any of its children is in the window of its own queue.
        if (members.Exists(IsInWindow))
        {
            var priorityFirst = available.OrderBy(place => place.AccessAt(now) == Access.Priority ? 0 : 1).ThenBy(place => place.Number).ToList();
            return Hold(members, Assign(members, priorityFirst) ?? any);
        }

        var open = available.Where(place => place.AccessAt(now) == Access.Open).ToList();
        return Assign(members, open) is { } taken ? Hold(members, taken) : Replay.Answer.No("outside-window");
    }

    /// <summary>Each member in the order given gets the first of the places that is of its queue and not yet given; null when they do not suffice.</summary>
    private static List<Place>? Assign(List<Application> members, List<Place> available)
    {
        var given = new List<Place>();
        foreach (var member in members)
        {
            if (available.Find(place => place.Queue == member.Queue && !given.Contains(place)) is not { } place)
                return null;
            given.Add(place);
        }

        return given;
    }

    /// <summary>rules.md 6: the places count as taken at once.</summary>
    private Answer Hold(List<Application> members, List<Place> taken)
    {
        var until = ReservationEnd(members[0].Locality);
        var together = new List<Reservation>();
        foreach (var (application, place) in members.Zip(taken))
        {
            var reservation = new Reservation
            {
                Application = application,
                Place = place,
                Until = until,
                InPriority = place.AccessAt(now) == Access.Priority,
                Batch = together,
            };
            together.Add(reservation);
            application.Reservation = reservation;
            place.Reservation = reservation;
        }

        Told($"reserved {(members.Count > 1 ? $"batch of {members.Count} in {members.DistinctBy(member => member.Queue).Count()} queues" : "one")}, "
            + string.Join('+', together.Select(reservation => reservation.InPriority ? "priority" : "open").Distinct().Order()));
        foreach (var place in taken)
            place.State = PlaceState.Reserved;
        return Replay.Answer.Ok(
            ("places", new JsonArray([.. taken.Select(place => JsonValue.Create(place.Id))])),
            ("until", InstantText.Write(until)));
    }

    /// <summary>rules.md 9 and replay.md, `reserve` 3.</summary>
    private static bool AreSiblings(List<Application> members)
    {
        var first = members[0];
        if (members.Exists(member => member.Applicant != first.Applicant || member.Locality != first.Locality || member.Queue.Kind != first.Queue.Kind))
            return false;
        if (members.Distinct().Count() < members.Count)
            return false;
        return members.Max(member => member.Born) <= members.Min(member => member.Born).PlusMonths(1);
    }

    /// <summary>rules.md 7 and 9: a referral for each of the batch; from then on each lives alone.</summary>
    private Answer Confirm(ReplayLine line)
    {
        if (FindApplication(line.Text("application")) is not { } application)
            return Replay.Answer.No("unknown-application");
        if (application.Reservation is null)
            return Replay.Answer.No("no-reservation");
        if (IsFrozen(application.Locality))
            return Replay.Answer.No("frozen");

        var issued = new JsonArray();
        foreach (var reservation in application.Reservation.Batch.ToList())
        {
            var referral = Issue(reservation);
            issued.Add(new JsonObject
            {
                ["application"] = referral.Application.Id,
                ["referral"] = referral.Id,
                ["validUntil"] = InstantText.Write(referral.ValidUntil),
            });
        }

        Told(issued.Count > 1 ? "confirmed batch" : "confirmed one");
        return Replay.Answer.Ok(("referrals", issued));
    }

    private Referral Issue(Reservation reservation)
    {
        var application = reservation.Application;
        var locality = application.Locality;
        var today = Today(locality);
        var last = WorkingCalendar.LastOfWorkingDays(locality.Rules, today, locality.Rules.ReferralWorkingDays);
        EndReservation(reservation);
        var referral = new Referral
        {
            Id = $"R{referrals.Count + 1}",
            Application = application,
            Place = reservation.Place,
            IssuedAt = now,
            IssueDate = today,
            LastValidDate = last,
            ValidUntil = locality.Clock.EndOf(last),
            InPriority = reservation.InPriority,

            // rules.md 7 and replay.md, Precisions: unverified only for out-of-turn in general queues, fixed now.
            Verified = application.Queue.Kind != Kind.General || application.Category != Category.OutOfTurn,
        };
        referrals.Add(referral);
        application.Referral = referral;
        application.Status = Status.Referred;
        reservation.Place.Referral = referral;
        reservation.Place.State = PlaceState.Referred;
        if (reservation.InPriority)
        {
            Told(locality.Rules.Carry ? "referral in priority access, carry" : "referral in priority access");
            MovePatternOn(application);
        }

        return referral;
    }

    /// <summary>replay.md, Precisions, `carry`.</summary>
    private static void MovePatternOn(Application application)
    {
        var locality = application.Locality;
        if (application.Category == Category.FirstPriority)
            locality.Phases[application.Queue] = locality.Rules.RatioGeneral;
        else if (application.Category == Category.General)
            locality.Phases[application.Queue] = Math.Max(0, QueueOrder.Phase(application.Queue, locality) - 1);
    }

    /// <summary>rules.md 6 and 9: dropped, the batch as a whole; counts like a lapse.</summary>
    private Answer Drop(ReplayLine line)
    {
        if (FindApplication(line.Text("application")) is not { } application)
            return Replay.Answer.No("unknown-application");
        if (application.Reservation is null)
            return Replay.Answer.No("no-reservation");

        Told(application.Reservation.Batch.Count > 1 ? "dropped batch" : "dropped one");
        Instant? availableAt = null;
        foreach (var reservation in application.Reservation.Batch.ToList())
        {
            availableAt = GiveUp(reservation);
        }

        return Replay.Answer.Ok(("availableAt", InstantText.WriteOrNull(availableAt)));
    }
}
