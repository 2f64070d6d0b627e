using EOrda.Queues.Country;
using EOrda.Queues.Names;
using EOrda.Queues.Referrals;
using EOrda.Queues.Reservations;
using EOrda.Queues.Rules;
using EOrda.Queues.Time;

namespace EOrda.Queues.Twins;

/// <summary>
/// Siblings reserve, confirm and drop as one, in one queue or across several (rules, section 9; 000: 15-25).
/// The checks stand in the order of docs/replay.md, "reserve, reason by reason".
/// </summary>
internal static class TwinReservation
{
    private readonly record struct Member(Queue Queue, int Application)
    {
        public FamilyTie Tie => Queue.TieOf(Name)!.Value;

        public string Name => Queue.ApplicationNames[Application];
    }

    public static Answer Take(ReserveBatch reserve, ITurn turn)
    {
        var members = new List<Member>();
        foreach (var name in reserve.Applications)
        {
            if (turn.RegisterOf(name).QueueOfApplication(name) is not { } key)
            {
                return Refusal.For(Reason.UnknownApplication);
            }

            var queue = turn.QueueOf(key);
            members.Add(new Member(queue, queue.FindApplication(name)));
        }

        var reason = Fault(members, reserve.Kindergarten, turn);
        return reason is { } fault ? Refusal.For(fault) : Hold(members, reserve.Kindergarten, turn);
    }

    /// <summary>Confirms or drops the reservations of all members that are still in the batch.</summary>
    public static Answer TakeForAll(ApplicationCommand command, Batch batch, ITurn turn)
    {
        var members = new List<Member>();
        foreach (var (key, name) in batch.Members)
        {
            var queue = turn.QueueOf(key);
            if (queue.BatchOf(name)?.Id == batch.Id)
            {
                members.Add(new Member(queue, queue.FindApplication(name)));
            }
        }

        return command is Drop ? DropAll(members, turn) : ConfirmAll(members, turn);
    }

    private static PlaceReturns DropAll(List<Member> members, ITurn turn)
    {
        var availableAt = Moment.Never;
        foreach (var member in members)
        {
            var ended = ReservationDecisions.End(member.Queue, member.Application, turn.At, counts: true);
            availableAt = ended.AvailableAt;
            turn.Happen(member.Queue, ended);
        }

        return new PlaceReturns(availableAt);
    }

    private static Answer ConfirmAll(List<Member> members, ITurn turn)
    {
        if (members.Exists(member => member.Queue.Schedule.DayOf(turn.At).IsFrozen(turn.At)))
        {
            return Refusal.For(Reason.Frozen);
        }

        var referrals = new List<ReferralGiven>();
        foreach (var member in members)
        {
            var issued = ReferralDecisions.Issue(member.Queue, member.Application, turn.At, member.Queue.ReferralCount, member.Queue.Order.Pattern.Phase);
            turn.Happen(member.Queue, issued);
            referrals.Add(new ReferralGiven(member.Name, issued.Number, issued.Until));
        }

        return new ReferralsGiven(referrals);
    }

    private static Reason? Fault(List<Member> members, string kindergarten, ITurn turn)
    {
        var at = turn.At;
        foreach (var member in members)
        {
            if (ReservationDecisions.WaitingFault(member.Queue, member.Application) is { } notWaiting)
            {
                return notWaiting;
            }
        }

        if (!AreSiblings(members))
        {
            return Reason.NotSiblings;
        }

        if (members[0].Queue.Schedule.DayOf(at).IsFrozen(at))
        {
            return Reason.Frozen;
        }

        if (!turn.Targets.IsKindergarten(kindergarten))
        {
            return Reason.UnknownKindergarten;
        }

        if (members.Exists(m => m.Queue.Applications[m.Application].HoldsReservation))
        {
            return Reason.AlreadyHolding;
        }

        if (members.Exists(m => ReservationDecisions.AtReferralLimit(m.Queue, m.Application, at)))
        {
            return Reason.ReferralLimit;
        }

        if (members.Exists(m => ReservationDecisions.AtLapseLimit(m.Queue, m.Application, at)))
        {
            return Reason.LapseLimit;
        }

        var byQueue = members.CountBy(m => m.Queue).ToList();
        if (byQueue.Exists(q => (q.Key.FreeAt(kindergarten)?.Count ?? 0) < q.Value))
        {
            return Reason.NoPlace;
        }

        return !IsInWindow(members, at) && byQueue.Exists(q => q.Key.FreeAt(kindergarten)!.OpenCount(at) < q.Value) ? Reason.OutsideWindow : null;
    }

    private static bool IsInWindow(List<Member> members, Moment at) => members.Exists(m => m.Queue.IsInWindow(m.Application, at));

    private static bool AreSiblings(List<Member> members)
    {
        var first = members[0].Queue.Key;
        return members.TrueForAll(m => m.Queue.Key.Locality == first.Locality && m.Queue.Key.Kind == first.Kind)
            && members.Distinct().Count() == members.Count
            && FamilyTie.AreSiblings(members.ConvertAll(m => m.Tie));
    }

    private static PlacesReserved Hold(List<Member> members, string kindergarten, ITurn turn)
    {
        var at = turn.At;
        var first = members[0].Queue;
        var until = ReservationDecisions.Until(first, at);
        var inWindow = IsInWindow(members, at);
        var batch = new Batch($"{first.Key}/{first.BatchCount + 1}", [.. members.Select(m => new BatchMember(m.Queue.Key, m.Name))]);
        var places = new List<string>();
        foreach (var member in members)
        {
            var queue = member.Queue;
            var place = queue.FreeAt(kindergarten)!.Pick(at, inWindow)!.Value;
            turn.Happen(queue, new PlaceHeld(member.Application, place, until, at < queue.Places[place].PriorityEnd, batch));
            places.Add(queue.PlaceNames[place]);
        }

        return new PlacesReserved(places, until);
    }
}
