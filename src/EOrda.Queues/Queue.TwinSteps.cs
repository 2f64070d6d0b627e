using EOrda.Queues.Applications;
using EOrda.Queues.Names;
using EOrda.Queues.Referrals;
using EOrda.Queues.Reservations;
using EOrda.Queues.Rules;
using EOrda.Queues.Steps;
using EOrda.Queues.Time;
using EOrda.Queues.Twins;

namespace EOrda.Queues;

public sealed partial class Queue
{
    private Reply Describe(DescribeTwins step, Moment at)
    {
        var facts = TwinFacts.Of(this, step.Applications, step.Kindergarten, at);
        return Waits(step.Applications, step.Key, at)
            || IsWindowInDoubt(step.Applications, step.Key, at)
            || IsInDoubt(TwinRules.PlaceFault([facts], TwinRules.AnyInWindow([facts])), step.Key, at)
            ? Busy.Now
            : facts;
    }

    private Reply Lead(LeadTwins step, Moment at, ITargets targets, List<DatedEvent>? happened)
    {
        var batch = new Batch(step.Key.ToString(), step.Members);
        if (HalfWith(step.Key) is { } half)
        {
            return new TwinsLed(PlacesOf(half.Batch), half.Until, half.InWindow);
        }

        var names = NamesOfMembers(step.Members).ToList();
        var own = TwinFacts.Of(this, names, step.Kindergarten, at);
        if (Waits(names, step.Key, at) || IsWindowInDoubt(names, step.Key, at))
        {
            return Busy.Now;
        }

        IReadOnlyList<TwinFacts> facts = [own, .. step.Others];
        var inWindow = TwinRules.AnyInWindow(facts);
        if (TwinRules.Fault(step.Members, facts, Schedule.DayOf(at).IsFrozen(at), targets.IsKindergarten(step.Kindergarten), inWindow) is { } reason)
        {
            return IsInDoubt(reason, step.Key, at) ? Busy.Now : new Answered(Refusal.For(reason));
        }

        var until = ReservationDecisions.Until(this, at);
        Begin(new TwinsBegun(step.Key, batch, Key, step.Kindergarten, until, inWindow), at, happened);
        return new TwinsLed(PlacesOf(batch), until, inWindow);
    }

    private Reply Take(TakeHalf step, Moment at, List<DatedEvent>? happened)
    {
        if (HalfWith(step.Key) is { } half)
        {
            return new HalfTaken(PlacesOf(half.Batch));
        }

        var names = NamesOfMembers(step.Members).ToList();
        if (at >= step.Until)
        {
            return new TwinsKept(AreHeld: false);
        }

        if (Waits(names, step.Key, at) || (!step.InWindow && IsWindowInDoubt(names, step.Key, at)))
        {
            return Busy.Now;
        }

        var facts = TwinFacts.Of(this, names, step.Kindergarten, at);
        var members = step.Members.Where(member => member.Queue == Key).ToList();
        var inWindow = step.InWindow || TwinRules.AnyInWindow([facts]);
        if (TwinRules.Fault(members, [facts], Schedule.DayOf(at).IsFrozen(at), isKindergarten: true, inWindow) is { } reason)
        {
            return IsInDoubt(reason, step.Key, at) ? Busy.Now : new Answered(Refusal.For(reason));
        }

        var batch = new Batch(step.Key.ToString(), step.Members);
        Begin(new TwinsBegun(step.Key, batch, step.Leader, step.Kindergarten, step.Until, inWindow), at, happened);
        return new HalfTaken(PlacesOf(batch));
    }

    private void Begin(TwinsBegun begun, Moment at, List<DatedEvent>? happened)
    {
        var held = TwinDecisions.Hold(this, begun.Batch, begun.Kindergarten, begun.Until, begun.InWindow, at);
        Happen(begun, at, happened);
        foreach (var e in held)
        {
            Happen(e, at, happened);
        }
    }

    private IEnumerable<string> NamesOfMembers(IReadOnlyList<BatchMember> members) => members.Where(member => member.Queue == Key).Select(member => member.Application);

    private string[] PlacesOf(Batch batch) => [.. MembersOf(batch).Select(application => PlaceNames[Applications[application].Place])];

    private TwinsKept Hold(HoldTwins step, Moment at, ITargets targets, List<DatedEvent>? happened)
    {
        if (HalfWith(step.Key) is { State: TwinState.Pending })
        {
            Happen(new TwinsHeld(step.Key, targets.AllAtOnce), at, happened);
        }

        return new TwinsKept(HalfWith(step.Key) is not null);
    }

    private Noted Hold(HoldHalf step, Moment at, ITargets targets, List<DatedEvent>? happened)
    {
        if (HalfWith(step.Key) is { State: TwinState.Pending })
        {
            Happen(new TwinsHeld(step.Key, targets.AllAtOnce), at, happened);
        }

        return Noted.Done;
    }

    // Only what is pending can be undone: what the leader holds it never undoes.
    private Noted Undo(CommandKey key, Moment at, List<DatedEvent>? happened)
    {
        if (HalfWith(key) is { State: TwinState.Pending })
        {
            Happen(new TwinsUndone(key), at, happened);
        }

        return Noted.Done;
    }

    private Reply End(EndTwins step, Moment at, List<DatedEvent>? happened)
    {
        if (HalfWith(step.Batch) is not { State: TwinState.Held } half)
        {
            return new Answered(Refusal.For(Reason.NoReservation));
        }

        if (step.Confirm && Schedule.DayOf(at).IsFrozen(at))
        {
            return new Answered(Refusal.For(Reason.Frozen));
        }

        Happen(new TwinsDecided(step.Batch, step.Confirm ? TwinState.Confirmed : TwinState.Dropped), at, happened);
        var referrals = step.Confirm ? Refer(half.Batch, at, happened) : [];
        if (!step.Confirm)
        {
            EndReservations(half.Batch, at, at, happened);
        }

        return new TwinsEnded(half.Batch.Members, referrals, at, Schedule.ReleaseOn(Schedule.DateOf(at).PlusDays(1)));
    }

    private ReferralGiven[] Refer(Batch batch, Moment at, List<DatedEvent>? happened)
    {
        var referrals = new List<ReferralGiven>();
        foreach (var application in MembersOf(batch).ToList())
        {
            var issued = ReferralDecisions.Issue(this, application, at, ReferralCount, Order.Pattern.Phase);
            Happen(issued, at, happened);
            referrals.Add(new ReferralGiven(ApplicationNames[application], issued.Number, issued.Until));
        }

        return [.. referrals];
    }

    // As of the instant at which the leader decided, which may be a date ago: what is later already stays.
    private void EndReservations(Batch batch, Moment decidedAt, Moment at, List<DatedEvent>? happened)
    {
        foreach (var application in MembersOf(batch).ToList())
        {
            var ended = ReservationDecisions.End(this, application, decidedAt, counts: true);
            Happen(
                ended with
                {
                    AvailableAt = Moment.Max(ended.AvailableAt, at),
                    CountedOn = ended.CountedOn < LapseHistory.Latest ? null : ended.CountedOn,
                },
                at,
                happened);
        }
    }

    private TwinsOutcome Tell(TellOutcome step) => HalfWith(step.Batch) is { } half
        ? new TwinsOutcome(half.State, half.EndedAt, [.. half.Batch.Members.Select(member => member.Queue).Distinct().Where(queue => half.Unsettled.Contains(queue.ToString()))])
        : new TwinsOutcome(State: null, Now, []);

    private HalfConfirmed Confirm(ConfirmHalf step, Moment at, List<DatedEvent>? happened) =>
        new(HalfWith(step.Key) is { } half ? Refer(half.Batch, at, happened) : []);

    private Noted End(EndHalf step, Moment at, List<DatedEvent>? happened)
    {
        if (HalfWith(step.Key) is { } half)
        {
            EndReservations(half.Batch, step.At, at, happened);
        }

        return Noted.Done;
    }

    private Noted Settle(NoteSettled step, Moment at, List<DatedEvent>? happened)
    {
        if (HalfWith(step.Key) is { State: > TwinState.Held } half && half.Unsettled.Contains(step.Other.ToString()))
        {
            Happen(new TwinsSettled(step.Key, step.Other), at, happened);
        }

        return Noted.Done;
    }

    // True when what is asked is in a process's hands: of another one, of which this queue does not know how it goes on.
    private bool Waits(IEnumerable<string> applications, CommandKey key, Moment at) =>
        (Deeds.Preparing.Count > 0 || Halves.Count > 0) && applications.Any(name => Waits(FindApplication(name), key, at));

    private bool Waits(int application, CommandKey key, Moment at) =>
        Deeds.Preparing.ContainsKey(application) || (HalfOf(application) is { } half && half.Key != key && half.IsOpen(Key, at));

    // A refusal could be another one, and an acceptance in priority access may rest on a member of an open half being out of the way.
    private bool IsInDoubt(Decision decision, DecideCommand step, Moment at) => decision.Refused is { } reason
        ? IsInDoubt(reason, step.Key, at, (step.Command as Reserve)?.Place)
        : Array.Exists(decision.Events, e => e is PlaceHeld { InPriority: true })
            && IsWindowInDoubt(decision.Events.OfType<PlaceHeld>().Select(held => ApplicationNames[held.Application]), step.Key, at);

    // Were the open halves undone, their members would be ahead again: one that is in the window must be so then too.
    private bool IsWindowInDoubt(IEnumerable<string> applications, CommandKey key, Moment at)
    {
        var ahead = Halves.Values.Where(half => half.Key != key && half.IsOpen(Key, at)).Sum(half => MembersOf(half.Batch).Count());
        if (ahead == 0)
        {
            return false;
        }

        var inWindow = applications.Select(FindApplication)
            .Where(application => application >= 0 && Applications[application].Status == Status.Waiting && IsInWindow(application, at))
            .ToList();
        var surely = WindowSize(at) - ahead;
        return inWindow.Count > 0 && !inWindow.Exists(application => surely > 0 && Order.IsWithin(application, surely));
    }

    /// <summary>
    /// True when the refusal could be another one, or none, once a half that is open now is settled: nobody else is told that a place is gone
    /// which comes back at once.
    /// </summary>
    private bool IsInDoubt(Reason? refusal, CommandKey key, Moment at, string? place = null)
    {
        var open = Halves.Values.Where(half => half.Key != key && half.IsOpen(Key, at));
        return refusal switch
        {
            Reason.OutsideWindow or Reason.NoPlace => open.Any(),
            Reason.PlaceTaken => PlaceNames.Find(place!) is var index && HalfOf(Places[index].Holder) is { } half && half.IsOpen(Key, at),
            _ => false,
        };
    }
}
