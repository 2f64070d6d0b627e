using EOrda.Queues.Applications;
using EOrda.Queues.Places;
using EOrda.Queues.Referrals;
using EOrda.Queues.Rules;
using EOrda.Queues.Steps;
using EOrda.Queues.Time;
using EOrda.Queues.Twins;

namespace EOrda.Queues;

public sealed partial class Queue
{
    /// <summary>Settles what is due, takes a step of a process and applies what was decided. What happened is added to the list, in order.</summary>
    /// <param name="step">The step.</param>
    /// <param name="at">The step's instant, not before <see cref="Now"/>.</param>
    /// <param name="targets">What is known outside this queue.</param>
    /// <param name="happened">Receives the events; null when nobody wants them.</param>
    public Reply Take(QueueStep step, Moment at, ITargets targets, List<DatedEvent>? happened)
    {
        Settle(at, happened);
        return step switch
        {
            DecideCommand s => Decide(s, at, targets, happened),
            TellWhetherActive s => new Activity(Applications[s.Application].IsActive),
            FileApplication s => File(s, at, happened),
            ReportPlace s => Report(s, at, happened),
            PrepareEnrolment s => Prepare(s, at, happened),
            LeaveFormerPlace s => Leave(s, at, happened),
            CompleteEnrolment s => Complete(s, at, happened),
            DescribeTwins s => Describe(s, at),
            LeadTwins s => Lead(s, at, targets, happened),
            TakeHalf s => Take(s, at, happened),
            HoldTwins s => Hold(s, at, targets, happened),
            UndoTwins s => Undo(s.Key, at, happened),
            EndTwins s => End(s, at, happened),
            TellOutcome s => Tell(s),
            HoldHalf s => Hold(s, at, targets, happened),
            UndoHalf s => Undo(s.Key, at, happened),
            ConfirmHalf s => Confirm(s, at, happened),
            EndHalf s => End(s, at, happened),
            NoteSettled s => Settle(s, at, happened),
            _ => throw new ArgumentException($"A queue does not know the step {step.GetType().Name}.", nameof(step)),
        };
    }

    private Reply Decide(DecideCommand step, Moment at, ITargets targets, List<DatedEvent>? happened)
    {
        if (WaitsForProcess(step, at))
        {
            return Busy.Now;
        }

        if (step.Command is Reserve { Place: { } place } && step.IsPlaceElsewhere is null && !HasPlace(place))
        {
            return new PlaceNotHere();
        }

        if (step.Command is ApplicationCommand { IsOfWholeBatch: true } ofBatch && HalfOf(FindApplication(ofBatch.Application)) is { } half)
        {
            return new InTwins(half.Leader, half.Key);
        }

        var known = step.IsPlaceElsewhere is { } elsewhere ? new PlaceAsked(targets, elsewhere) : targets;
        var decision = step.Command is ReserveBatch batch ? TwinDecisions.Reserve(this, batch, step.Key, at, known) : Decide(step.Command, at, known);
        return Halves.Count > 0 && IsInDoubt(decision, step, at) ? Busy.Now : new Answered(Take(decision, at, happened));
    }

    private Answer Take(Decision decision, Moment at, List<DatedEvent>? happened)
    {
        foreach (var e in decision.Events)
        {
            Happen(e, at, happened);
        }

        return decision.AnswerIn(this);
    }

    // An enrolment that is prepared goes forward, and of an open half this queue does not know what becomes of it: what else is asked waits.
    private bool WaitsForProcess(DecideCommand step, Moment at) => (Deeds.Preparing.Count > 0 || Halves.Count > 0) && step.Command switch
    {
        ApplicationCommand c => Waits([c.Application], step.Key, at),
        ReserveBatch c => Waits(c.Applications, step.Key, at),
        RevokePlace c => PlaceNames.Find(c.Place) is >= 0 and var place && Waits(Places[place].Holder, step.Key, at),
        CleanUp => Halves.Values.Any(half => half.IsOpen(Key, at)),
        _ => false,
    };

    private Reply File(FileApplication step, Moment at, List<DatedEvent>? happened)
    {
        if (FindApplication(step.Submit.Application) is >= 0 and var filed)
        {
            return Deeds.KeyOfFiling(filed) == step.Key
                ? new ApplicationFiled(filed, StandingAtFiling(filed))
                : new Answered(Refusal.For(Reason.DuplicateApplication));
        }

        var fault = ApplicationDecisions.FilingFault(this, step.Submit, at) ?? (step.OtherIsActive ? Reason.AlreadyQueued : null);
        if (fault is { } reason)
        {
            return new Answered(Refusal.For(reason));
        }

        var number = ApplicationCount;
        Happen(ApplicationDecisions.File(this, step.Submit, at, step.Key), at, happened);
        return new ApplicationFiled(number, StandingAtFiling(number));
    }

    private Standing StandingAtFiling(int application) =>
        Deeds.PositionAtFiling(application) is > 0 and var position ? new Standing(Status.Waiting, position) : new Standing(Status.Review, Position: null);

    private Answered Report(ReportPlace step, Moment at, List<DatedEvent>? happened)
    {
        var place = PlaceNames.Find(step.Place);
        if (place < 0)
        {
            place = Places.Count;
            Happen(PlaceDecisions.Report(this, step.Place, step.Kindergarten, at, step.Key), at, happened);
        }

        return new Answered(Deeds.KeyOfReport(place) == step.Key ? new PlaceFreed(Key, Deeds.AvailableAtReport(place)) : Refusal.For(Reason.DuplicatePlace));
    }

    private Reply Prepare(PrepareEnrolment step, Moment at, List<DatedEvent>? happened)
    {
        if (FindApplication(step.Application) is >= 0 and var known)
        {
            if (Deeds.Enrolled.TryGetValue(known, out var enrolment) && enrolment.Key == step.Key)
            {
                return new Answered(new ChildEnrolled(enrolment.Left));
            }

            if (Deeds.Preparing.TryGetValue(known, out var key))
            {
                return key == step.Key ? new EnrolmentReady(ChildOf(known), known) : Busy.Now;
            }
        }

        if (ReferralDecisions.EnrolmentFault(this, step.Application, out var application) is { } reason)
        {
            return new Answered(Refusal.For(reason));
        }

        Happen(new EnrolmentPrepared(application, step.Key), at, happened);
        return new EnrolmentReady(ChildOf(application), application);
    }

    private string ChildOf(int application) => PeopleNames[Applications[application].Child];

    private FormerPlace Leave(LeaveFormerPlace step, Moment at, List<DatedEvent>? happened)
    {
        if (IsEnrolled(step.Application))
        {
            Happen(PlaceDecisions.LeaveFormer(this, step.Application, at, step.Key), at, happened);
        }

        return new FormerPlace(Deeds.Left.TryGetValue(step.Application, out var left) && left.Key == step.Key ? PlaceNames[left.Place] : null);
    }

    private Answered Complete(CompleteEnrolment step, Moment at, List<DatedEvent>? happened)
    {
        var application = FindApplication(step.Application);
        if (Deeds.Preparing.TryGetValue(application, out var key) && key == step.Key)
        {
            Happen(new ReferralUsed(application, step.Key, step.Left), at, happened);
        }

        return new Answered(new ChildEnrolled(Deeds.Enrolled[application].Left));
    }

    /// <summary>What is known outside the queue, where the register was asked about the place.</summary>
    private sealed class PlaceAsked(ITargets targets, bool isElsewhere) : ITargets
    {
        public bool IsKindergarten(string kindergarten) => targets.IsKindergarten(kindergarten);

        public bool IsPlace(string place) => isElsewhere;

        public bool AllAtOnce => targets.AllAtOnce;
    }
}
