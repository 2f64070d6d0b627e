using System.Text.Json.Nodes;
using EOrda.Model.Domain;
using EOrda.Model.Replay;
using EOrda.Model.Time;
using NodaTime;

namespace EOrda.Model;

/// <summary>What a queue tells of a member of a batch across queues.</summary>
/// <param name="NotWaiting">Why it cannot reserve at all, or null.</param>
/// <param name="Applicant">Its legal representative.</param>
/// <param name="Born">The child's birth date.</param>
/// <param name="Holds">It holds a reservation.</param>
/// <param name="AtReferralLimit">The child is at the limit of referrals.</param>
/// <param name="AtLapseLimit">The child is at the limit of lapses.</param>
/// <param name="InWindow">It is in its window.</param>
public sealed record MemberTold(string? NotWaiting, string Applicant, LocalDate Born, bool Holds, bool AtReferralLimit, bool AtLapseLimit, bool InWindow);

/// <summary>
/// docs/decisions/0003: the steps by which several queues decide together what one model of the whole country decides at once. Each method is what one queue
/// does at its own instant; a model that takes steps is a model of that queue alone.
/// </summary>
public sealed partial class NaiveModel
{
    private readonly List<BatchHalf> halves = [];

    /// <summary>What a filing was told of the child's other applications; null: look for oneself.</summary>
    private bool? toldOfOther;

    /// <summary>The answer to a `submit` of which the child's register said whether another application is active.</summary>
    public string File(string line, bool otherIsActive)
    {
        toldOfOther = otherIsActive;
        try
        {
            return Answer(line)!;
        }
        finally
        {
            toldOfOther = null;
        }
    }

    /// <summary>Whether an application is active; null when it is not known.</summary>
    public bool? IsActive(string application, Instant at)
    {
        PassTime(at);
        return FindApplication(application)?.IsActive;
    }

    /// <summary>Prepares an enrolment.</summary>
    /// <returns>Why it cannot be prepared, or null.</returns>
    public string? PrepareEnrolment(string id, Instant at)
    {
        PassTime(at);
        if (FindApplication(id) is not { } application)
            return "unknown-application";
        if (application.Referral is not { } referral)
            return "no-referral";
        if (!referral.Verified)
            return "unverified";
        application.IsEnrolling = true;
        return null;
    }

    /// <summary>The child of an application leaves the place that it holds on it.</summary>
    /// <returns>The place, or null when it holds none.</returns>
    public string? LeaveFormer(string id, Instant at)
    {
        PassTime(at);
        if (places.Find(place => place.Enrolled?.Id == id) is not { } left)
            return null;
        Report(left);
        return left.Id;
    }

    /// <summary>Completes an enrolment that is prepared.</summary>
    /// <returns>False when the application has no referral.</returns>
    public bool TryCompleteEnrolment(string id, Instant at)
    {
        PassTime(at);
        if (FindApplication(id) is not { Referral: { } referral } application)
            return false;
        EndReferral(referral);
        referral.Place.State = PlaceState.Enrolled;
        referral.Place.Enrolled = application;
        application.IsEnrolling = false;
        Archive(application, Cause.Enrolled);
        return true;
    }

    /// <summary>What the queue tells of some members of a batch.</summary>
    public IReadOnlyList<MemberTold> Tell(IEnumerable<string> members, Instant at)
    {
        PassTime(at);
        return [.. members.Select(Tell)];
    }

    /// <summary>How many places of a kindergarten are available in the queue, and how many of them in open access.</summary>
    public (int Available, int Open) Count(string kindergarten, Instant at)
    {
        PassTime(at);
        var available = Available(kindergarten);
        return (available.Count, available.Count(place => place.AccessAt(now) == Access.Open));
    }

    /// <summary>replay.md, "`reserve`, reason by reason", from 2 to 8, for members of whom several queues told.</summary>
    /// <param name="queue">The queue that decides.</param>
    /// <param name="members">The members in the order given.</param>
    /// <param name="kindergarten">The kindergarten.</param>
    /// <param name="at">The instant.</param>
    public string? MembersFault(string queue, IReadOnlyList<MemberTold> members, string kindergarten, Instant at)
    {
        PassTime(at);
        foreach (var member in members.Where(member => member.NotWaiting is not null))
            return member.NotWaiting;
        if (members.Any(member => member.Applicant != members[0].Applicant) || members.Max(member => member.Born) > members.Min(member => member.Born).PlusMonths(1))
            return "not-siblings";
        if (IsFrozen(localities[QueueName.Split(queue)!.Locality]))
            return "frozen";
        if (!kindergartens.ContainsKey(kindergarten))
            return "unknown-kindergarten";
        if (members.Any(member => member.Holds))
            return "already-holding";
        if (members.Any(member => member.AtReferralLimit))
            return "referral-limit";
        return members.Any(member => member.AtLapseLimit) ? "lapse-limit" : null;
    }

    /// <summary>The queue takes its half of a batch, pending.</summary>
    /// <param name="key">The batch's name.</param>
    /// <param name="leads">Whether this queue leads the batch: then it fixes the end.</param>
    /// <param name="members">The queue's members in the order given.</param>
    /// <param name="kindergarten">The kindergarten.</param>
    /// <param name="until">The end as the leader fixed it; null for the leader.</param>
    /// <param name="inWindow">Whether some member of the batch is in its window.</param>
    /// <param name="at">The instant.</param>
    /// <returns>The places of the members, in their order.</returns>
    public IReadOnlyList<string> TakeHalf(string key, bool leads, IEnumerable<string> members, string kindergarten, Instant? until, bool inWindow, Instant at)
    {
        PassTime(at);
        var own = members.Select(id => FindApplication(id)!).ToList();
        var free = Available(kindergarten);
        var usable = inWindow
            ? free.OrderBy(place => place.AccessAt(now) == Access.Priority ? 0 : 1).ThenBy(place => place.Number).ToList()
            : free.FindAll(place => place.AccessAt(now) == Access.Open);
        var taken = Assign(own, usable)!;
        var half = new BatchHalf { Key = key, Leads = leads, Until = until ?? ReservationEnd(own[0].Locality), Members = [] };
        halves.Add(half);
        foreach (var (application, place) in own.Zip(taken))
        {
            var reservation = new Reservation
            {
                Application = application,
                Place = place,
                Until = half.Until,
                InPriority = place.AccessAt(now) == Access.Priority,
                Batch = half.Members,
                Half = half,
            };
            half.Members.Add(reservation);
            application.Reservation = reservation;
            place.Reservation = reservation;
        }

        foreach (var place in taken)
            place.State = PlaceState.Reserved;
        return [.. taken.Select(place => place.Id)];
    }

    /// <summary>When a batch ends.</summary>
    public Instant EndOfHalf(string key) => HalfWith(key)!.Until;

    /// <summary>All halves of a batch are there.</summary>
    public void HoldHalf(string key, Instant at)
    {
        PassTime(at);
        if (HalfWith(key) is { } half)
            half.IsHeld = true;
    }

    /// <summary>The batch is undone, if it is still pending.</summary>
    public void UndoHalf(string key, Instant at)
    {
        PassTime(at);
        if (HalfWith(key) is { IsHeld: false } half)
            Undo(half);
    }

    /// <summary>The answer to a `confirm` of the batch, for this queue's members.</summary>
    /// <param name="key">The batch's name.</param>
    /// <param name="decides">Whether this queue decides it, so that it may refuse; else it hears what was decided.</param>
    /// <param name="at">The instant.</param>
    public string ConfirmHalf(string key, bool decides, Instant at)
    {
        PassTime(at);
        var half = HalfWith(key);
        if (decides && half is not { IsHeld: true })
            return Replay.Answer.No("no-reservation").Write(0);
        if (decides && half!.Members.Count > 0 && IsFrozen(half.Members[0].Application.Locality))
            return Replay.Answer.No("frozen").Write(0);

        var issued = new JsonArray();
        foreach (var reservation in half is null ? [] : half.Members.ToList())
        {
            var referral = Issue(reservation);
            issued.Add(new JsonObject
            {
                ["application"] = referral.Application.Id,
                ["referral"] = referral.Id,
                ["validUntil"] = InstantText.Write(referral.ValidUntil),
            });
        }

        if (half is not null)
            half.IsOver = true;
        return Replay.Answer.Ok(("referrals", issued)).Write(0);
    }

    /// <summary>The batch was dropped, or lapsed, at an instant. The place cannot have been available before now.</summary>
    /// <returns>Why it cannot be dropped, or null.</returns>
    public string? DropHalf(string key, bool decides, Instant decidedAt, Instant at)
    {
        PassTime(at);
        if (HalfWith(key) is not { } half || (decides && !half.IsHeld))
            return decides ? "no-reservation" : null;

        foreach (var reservation in half.Members.ToList())
        {
            var locality = reservation.Application.Locality;
            var date = DateOf(locality, decidedAt);
            lapses.Add(new CountedLapse(reservation.Application.Child, reservation.Application.Queue, date));
            EndReservation(reservation);
            reservation.Place.GivenUpOn = reservation.InPriority ? date : null;
            reservation.Place.State = PlaceState.Returning;
            reservation.Place.AvailableAt = Instant.Max(now, locality.Clock.At(date.PlusDays(1), locality.Rules.Release));
        }

        half.IsOver = true;
        return null;
    }

    private BatchHalf? HalfWith(string key) => halves.Find(half => half.Key == key && !half.IsOver);

    private List<Place> Available(string kindergarten) => places.FindAll(place => place.Kindergarten.Id == kindergarten && place.State == PlaceState.Available);

    private MemberTold Tell(string id)
    {
        if (FindApplication(id) is not { } member)
            return new MemberTold("unknown-application", "", LocalDate.MinIsoValue, false, false, false, false);
        var notWaiting = member.IsWaiting ? null : member.Status == Status.Review ? "under-review" : member.Status;
        return new MemberTold(
            notWaiting,
            member.Applicant,
            member.Born,
            member.Reservation is not null,
            HasReachedReferralLimit(member),
            HasReachedLapseLimit(member),
            member.IsWaiting && IsInWindow(member));
    }

    /// <summary>At its end the leader's half is undone while it is pending; held, its reservations have lapsed just before.</summary>
    private static void EndHalf(BatchHalf half)
    {
        if (half.IsHeld)
            half.IsOver = true;
        else
            Undo(half);
    }

    /// <summary>Undone: no lapse is counted, the places are available at once.</summary>
    private static void Undo(BatchHalf half)
    {
        foreach (var reservation in half.Members.ToList())
        {
            EndReservation(reservation);
            reservation.Place.State = PlaceState.Available;
        }

        half.IsOver = true;
    }
}
