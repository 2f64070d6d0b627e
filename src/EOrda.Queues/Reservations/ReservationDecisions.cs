using EOrda.Queues.Applications;
using EOrda.Queues.Places;
using EOrda.Queues.Referrals;
using EOrda.Queues.Rules;
using EOrda.Queues.Time;

namespace EOrda.Queues.Reservations;

/// <summary>Reserving, confirming and dropping (rules, section 6; 000: 15-18). The checks stand in the order of docs/replay.md, "reserve, reason by reason".</summary>
internal static class ReservationDecisions
{
    public static Decision Reserve(Queue queue, Reserve reserve, Moment at, ITargets targets)
    {
        var application = queue.FindApplication(reserve.Application);
        if (application < 0)
        {
            return Decision.Refuse(Reason.UnknownApplication);
        }

        if (WaitingFault(queue, application) is { } notWaiting)
        {
            return Decision.Refuse(notWaiting);
        }

        if (queue.Schedule.DayOf(at).IsFrozen(at))
        {
            return Decision.Refuse(Reason.Frozen);
        }

        return reserve.Place is { } name
            ? ReservePlace(queue, application, name, at, targets)
            : ReserveAt(queue, application, reserve.Kindergarten!, at, targets);
    }

    /// <summary>Why an application cannot reserve at all; null when it is waiting.</summary>
    public static Reason? WaitingFault(Queue queue, int application) => queue.Applications[application].Status switch
    {
        Status.Waiting => null,
        Status.Review => Reason.UnderReview,
        Status.Returning => Reason.Returning,
        Status.StopListed => Reason.StopListed,
        Status.Referred => Reason.Referred,
        _ => Reason.Archived,
    };

    public static bool AtReferralLimit(Queue queue, int application, Moment at) =>
        queue.ReferralHistory.LimitEnd(queue.Applications[application].Child, queue.Rules.ReferralsPerMonth) is { } end && queue.Schedule.DateOf(at) < end;

    public static bool AtLapseLimit(Queue queue, int application, Moment at) =>
        queue.LapseHistory.CountOn(queue.Schedule.DateOf(at), queue.Applications[application].Child) >= queue.Rules.LapsesPerDay;

    /// <summary>When a reservation made at the instant ends: after its minutes, or at the freeze if that comes first.</summary>
    public static Moment Until(Queue queue, Moment at) =>
        Moment.Min(at.PlusMinutes(queue.Rules.ReservationMinutes), queue.Schedule.NextFreeze(at));

    /// <summary>A reservation's end without a referral: the place is available again at the release on the next date.</summary>
    public static ReservationEnded End(Queue queue, int application, Moment at, bool counts)
    {
        var today = queue.Schedule.DateOf(at);
        return new ReservationEnded(application, queue.Schedule.ReleaseOn(today.PlusDays(1)), counts ? today : null);
    }

    /// <summary>Confirms the reservation, and with it those of all siblings that are still in its batch.</summary>
    public static Decision Confirm(Queue queue, string name, Moment at)
    {
        if (HolderFault(queue, name, out var application) is { } reason)
        {
            return Decision.Refuse(reason);
        }

        if (queue.Schedule.DayOf(at).IsFrozen(at))
        {
            return Decision.Refuse(Reason.Frozen);
        }

        var (issuedBefore, phase) = (queue.ReferralCount, queue.Order.Pattern.Phase);
        if (!queue.Batches.TryGetValue(application, out var batch))
        {
            var issued = ReferralDecisions.Issue(queue, application, at, issuedBefore, phase);
            return Decision.Accept(new ReferralsGiven([new ReferralGiven(name, issued.Number, issued.Until)]), issued);
        }

        var all = new List<ReferralIssued>();
        foreach (var member in queue.MembersOf(batch))
        {
            var issued = ReferralDecisions.Issue(queue, member, at, issuedBefore + all.Count, phase);
            phase = issued.Phase;
            all.Add(issued);
        }

        return Decision.Accept(new ReferralsGiven([.. all.Select(issued => new ReferralGiven(queue.ApplicationNames[issued.Application], issued.Number, issued.Until))]), [.. all]);
    }

    /// <summary>Gives the reservation up, and with it those of all siblings that are still in its batch.</summary>
    public static Decision Drop(Queue queue, string name, Moment at)
    {
        if (HolderFault(queue, name, out var application) is { } reason)
        {
            return Decision.Refuse(reason);
        }

        if (!queue.Batches.TryGetValue(application, out var batch))
        {
            var ended = End(queue, application, at, counts: true);
            return Decision.Accept(new PlaceReturns(ended.AvailableAt), ended);
        }

        var all = queue.MembersOf(batch).Select(member => End(queue, member, at, counts: true)).ToList();
        return Decision.Accept(new PlaceReturns(all[0].AvailableAt), [.. all]);
    }

    /// <summary>Why there is no reservation to confirm or drop; null when there is one.</summary>
    public static Reason? HolderFault(Queue queue, string name, out int application)
    {
        application = queue.FindApplication(name);
        if (application < 0)
        {
            return Reason.UnknownApplication;
        }

        return queue.Applications[application].HoldsReservation ? null : Reason.NoReservation;
    }

    private static Reason? HoldingOrLimitFault(Queue queue, int application, Moment at)
    {
        if (queue.Applications[application].HoldsReservation)
        {
            return Reason.AlreadyHolding;
        }

        if (AtReferralLimit(queue, application, at))
        {
            return Reason.ReferralLimit;
        }

        return AtLapseLimit(queue, application, at) ? Reason.LapseLimit : null;
    }

    private static Decision ReservePlace(Queue queue, int application, string name, Moment at, ITargets targets)
    {
        var place = queue.PlaceNames.Find(name);
        if (place < 0)
        {
            return Decision.Refuse(targets.IsPlace(name) ? Reason.WrongQueue : Reason.UnknownPlace);
        }

        if (HoldingOrLimitFault(queue, application, at) is { } fault)
        {
            return Decision.Refuse(fault);
        }

        switch (queue.Places[place].State)
        {
            case PlaceState.Revoked:
                return Decision.Refuse(Reason.Revoked);
            case PlaceState.Reported or PlaceState.Locked or PlaceState.Returning:
                return Decision.Refuse(Reason.PlaceLocked);
            case PlaceState.Reserved or PlaceState.Referred or PlaceState.Enrolled:
                return Decision.Refuse(Reason.PlaceTaken);
        }

        return at < queue.Places[place].PriorityEnd && !queue.IsInWindow(application, at)
            ? Decision.Refuse(Reason.OutsideWindow)
            : Hold(queue, application, place, name, at);
    }

    private static Decision ReserveAt(Queue queue, int application, string kindergarten, Moment at, ITargets targets)
    {
        var known = queue.KindergartenNames.Find(kindergarten);
        if (known < 0 && !targets.IsKindergarten(kindergarten))
        {
            return Decision.Refuse(Reason.UnknownKindergarten);
        }

        if (HoldingOrLimitFault(queue, application, at) is { } fault)
        {
            return Decision.Refuse(fault);
        }

        if (known < 0 || queue.FreeByKindergarten[known].Count == 0)
        {
            return Decision.Refuse(Reason.NoPlace);
        }

        return queue.FreeByKindergarten[known].Pick(at, queue.IsInWindow(application, at)) is { } place
            ? Hold(queue, application, place, queue.PlaceNames[place], at)
            : Decision.Refuse(Reason.OutsideWindow);
    }

    private static Decision Hold(Queue queue, int application, int place, string name, Moment at)
    {
        var until = Until(queue, at);
        return Decision.Accept(
            new PlacesReserved([name], until),
            new PlaceHeld(application, place, until, at < queue.Places[place].PriorityEnd, Batch: null));
    }
}
