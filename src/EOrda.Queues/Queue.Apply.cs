using EOrda.Queues.Applications;
using EOrda.Queues.Dues;
using EOrda.Queues.Order;
using EOrda.Queues.Places;
using EOrda.Queues.Referrals;
using EOrda.Queues.Rules;
using EOrda.Queues.Steps;
using EOrda.Queues.Time;
using NodaTime;

namespace EOrda.Queues;

public sealed partial class Queue
{
    private void Apply(QueueEvent happened, Moment at)
    {
        switch (happened)
        {
            case PlaceHeld e: Hold(e); break;
            case ReservationEnded e: EndReservation(e); break;
            case ReferralIssued e: Refer(e); break;
            case ApplicationSubmitted e: File(e, at); break;
            case ApplicationEntered e: Enter(e, at); break;
            case CategoryChanged e: ChangeCategory(e, at); break;
            case ApplicationProlonged e: Prolong(e); break;
            case ValidityExtended e: Applications[e.Application].ValidThrough = e.ValidThrough; break;
            case ApplicationStopListed e: StopList(e, at); break;
            case ApplicationReturning e: Return(e); break;
            case ApplicationArchived e: Archive(e, at); break;
            case PlaceReported e: Report(e); break;
            case PlaceReportedAgain e: ReportAgain(e.Place, e.HandoverAt, e.AvailableAt); break;
            case FormerPlaceLeft e: LeaveFormer(e); break;
            case PlaceLocked e: Lock(e); break;
            case PlaceReleased e: Release(e); break;
            case PlaceRevoked e: Revoke(e); break;
            case ReferralExtended e: Extend(e); break;
            case ReferralVerified e: Referrals[e.Application].Verified = true; break;
            case ReferralAnnulled e: Annul(e); break;
            case EnrolmentPrepared e: Deeds.Preparing.Add(e.Application, e.Key); break;
            case ReferralUsed e: Use(e); break;
            case ApplicationTransferred e: Applications[e.Application].Applicant = PeopleNames.Intern(e.Applicant); break;
            case BirthDateCorrected e: Correct(e); break;
            case TwinsBegun e: BeginTwins(e); break;
            case TwinsHeld e: HoldTwins(e); break;
            case TwinsUndone e: UndoTwins(e); break;
            case TwinsDecided e: DecideTwins(e, at); break;
            case TwinsSettled e: SettleTwins(e); break;
            case RulesAdopted e: Adopt(e.Rules); break;
            default: throw new ArgumentException($"A queue does not know the event {happened.GetType().Name}.", nameof(happened));
        }
    }

    private void Adopt(LocalityRules adopted)
    {
        var phase = rules is null ? adopted.FirstPhase : Order.Pattern.Phase;
        var sameLimits = rules?.ReferralsPerMonth == adopted.ReferralsPerMonth && rules.LapsesPerDay == adopted.LapsesPerDay;
        rules = adopted;
        RulesAdopted++;
        Order.SetPattern(new PriorityPattern(adopted.FirstPriorityShare, adopted.GeneralShare, phase));
        if (!sameLimits)
        {
            Limits.LookAgain();
        }
    }

    private void File(ApplicationSubmitted e, Moment at)
    {
        var index = Applications.Add(new Application
        {
            Submitted = e.Submitted,
            Until = Moment.Never,
            Child = PeopleNames.Intern(e.Child),
            Applicant = PeopleNames.Intern(e.Applicant),
            Born = e.Born,
            ValidThrough = e.ValidThrough,
            Place = Application.NoPlace,
            Category = e.Category,
            Status = e.UnderReview ? Status.Review : Status.Waiting,
        });
        ApplicationNames.Intern(e.Application);
        Order.Add(index);
        Limits.Filed(index);
        dues.AddLeaving(LeavesForAgeAt(e.Born));
        if (!e.UnderReview)
        {
            Order.Enter(index, PositionCause.Filed, at);
            UpdateBarred(index);
        }

        Deeds.Filed(e.Key, e.UnderReview ? 0 : Order.Position(index));
    }

    private void Enter(ApplicationEntered e, Moment at)
    {
        ref var application = ref Applications[e.Application];
        application.Status = Status.Waiting;
        application.Cause = Cause.None;
        application.Until = Moment.Never;
        Order.Enter(e.Application, e.Why, at);
        UpdateBarred(e.Application);
    }

    private void ChangeCategory(CategoryChanged e, Moment at)
    {
        if (Applications[e.Application].Status == Status.Waiting)
        {
            Order.ChangeCategory(e.Application, e.Category, at);
        }
        else
        {
            Applications[e.Application].Category = e.Category;
        }
    }

    private void Correct(BirthDateCorrected e)
    {
        Applications[e.Application].Born = e.Born;
        if (LeavesForAgeAt(e.Born) is var leaves && leaves > Now)
        {
            dues.AddLeaving(leaves);
        }
    }

    private void Prolong(ApplicationProlonged e)
    {
        Applications[e.Application].ValidThrough = e.ValidThrough;
        Applications[e.Application].ProlongedInStopList = Applications[e.Application].Status == Status.StopListed;
    }

    private void StopList(ApplicationStopListed e, Moment at)
    {
        ref var application = ref Applications[e.Application];
        if (application.Status == Status.Waiting)
        {
            Order.Leave(e.Application, PositionCause.StopList, at);
        }

        application.Status = Status.StopListed;
        application.Cause = e.Cause;
        application.StopListedOn = e.On;
        application.ProlongedInStopList = false;
        ComesBackAt(e.Application, e.Until);
    }

    private void Return(ApplicationReturning e)
    {
        Applications[e.Application].Status = Status.Returning;
        ComesBackAt(e.Application, e.Until);
    }

    private void ComesBackAt(int application, Moment until)
    {
        Applications[application].Until = until;
        dues.Add(new Due(until, DueKind.ApplicationComesBack, application));
    }

    private void Archive(ApplicationArchived e, Moment at)
    {
        ref var application = ref Applications[e.Application];
        if (application.Status == Status.Waiting)
        {
            Order.Leave(e.Application, e.Cause == Cause.Withdrawn ? PositionCause.Withdrawal : PositionCause.Age, at);
        }

        application.Status = Status.Archived;
        application.Cause = e.Cause;
        application.Until = Moment.Never;
        Order.Remove(e.Application);
    }

    private void Report(PlaceReported e)
    {
        var kindergarten = KindergartenNames.Intern(e.Kindergarten);
        if (kindergarten == FreeByKindergarten.Count)
        {
            FreeByKindergarten.Add(new FreePlaces());
        }

        var place = Places.Add(Place.Reported(kindergarten, FreeByKindergarten[kindergarten].Register(Places.Count), e.HandoverAt, e.AvailableAt));
        PlaceNames.Intern(e.Place);
        Deeds.Reported(e.Key, e.AvailableAt);
        Touch(place);
        AwaitHandover(place);
    }

    // Where a whole date is skipped the release can come before the handover; the place is then never locked.
    private void AwaitHandover(int index)
    {
        var place = Places[index];
        dues.Add(place.HandoverAt <= place.AvailableAt
            ? new Due(place.HandoverAt, DueKind.PlaceIsLocked, index)
            : new Due(place.AvailableAt, DueKind.PlaceIsReleased, index));
    }

    private void ReportAgain(int index, Moment handoverAt, Moment availableAt)
    {
        ref var place = ref Places[index];
        Applications[place.Holder].Place = Application.NoPlace;
        place = Place.Reported(place.Kindergarten, place.NumberThere, handoverAt, availableAt);
        Touch(index);
        AwaitHandover(index);
    }

    private void LeaveFormer(FormerPlaceLeft e)
    {
        Deeds.Left.Add(Places[e.Place].Holder, new LeftPlace(e.Key, e.Place));
        ReportAgain(e.Place, e.HandoverAt, e.AvailableAt);
    }

    private void Lock(PlaceLocked e)
    {
        Places[e.Place].State = PlaceState.Locked;
        Touch(e.Place);
        dues.Add(new Due(Places[e.Place].AvailableAt, DueKind.PlaceIsReleased, e.Place));
    }

    private void Release(PlaceReleased e)
    {
        ref var place = ref Places[e.Place];
        CountGivenUp(ref place, null);
        place.State = PlaceState.Available;
        Touch(e.Place);
        place.PriorityEnd = e.PriorityEnd;
        FreeByKindergarten[place.Kindergarten].Add(place.NumberThere, e.PriorityEnd);
        PriorityPlaces.Change(e.PriorityEnd, 1);
    }

    private void TakeFromFree(int index)
    {
        ref var place = ref Places[index];
        FreeByKindergarten[place.Kindergarten].Remove(place.NumberThere, place.PriorityEnd);
        PriorityPlaces.Change(place.PriorityEnd, -1);
    }

    private void Hold(PlaceHeld e)
    {
        TakeFromFree(e.Place);
        Places[e.Place].State = PlaceState.Reserved;
        Touch(e.Place);
        Places[e.Place].Holder = e.Application;
        ref var application = ref Applications[e.Application];
        application.Place = e.Place;
        application.Until = e.Until;
        application.ReservedInPriority = e.InPriority;
        UpdateBarred(e.Application);
        dues.Add(new Due(e.Until, DueKind.ReservationLapses, e.Application));
        if (e.Batch is not null)
        {
            Batches[e.Application] = e.Batch;
        }
    }

    private void EndReservation(ReservationEnded e)
    {
        var application = Applications[e.Application];
        GiveBack(application.Place, e.AvailableAt, application.ReservedInPriority ? e.CountedOn : null);
        ReleaseHolder(e.Application);
        if (e.CountedOn is { } date)
        {
            LapseHistory.Add(date, application.Child);
            Limits.MoveTo(date);
            Limits.HistoryChanged(e.Application);
        }
    }

    private void ReleaseHolder(int index)
    {
        ref var application = ref Applications[index];
        application.Place = Application.NoPlace;
        application.Until = Moment.Never;
        UpdateBarred(index);
        LeaveBatch(index);
    }

    private void GiveBack(int index, Moment availableAt, LocalDate? givenUpOn)
    {
        ref var place = ref Places[index];
        place.State = PlaceState.Returning;
        CountGivenUp(ref place, givenUpOn);
        Touch(index);
        place.Holder = Application.NoPlace;
        place.AvailableAt = availableAt;
        dues.Add(new Due(availableAt, DueKind.PlaceIsReleased, index));
    }

    private void CountGivenUp(ref Place place, LocalDate? date)
    {
        if (place.GivenUpOn != Place.Never)
        {
            GivenUpPlaces.Change(place.GivenUpOn, -1);
        }

        place.GivenUpOn = date ?? Place.Never;
        if (date is { } counted)
        {
            GivenUpPlaces.Change(counted, 1);
        }
    }

    private void Revoke(PlaceRevoked e)
    {
        ref var place = ref Places[e.Place];
        CountGivenUp(ref place, null);
        switch (place.State)
        {
            case PlaceState.Available:
                TakeFromFree(e.Place);
                break;
            case PlaceState.Reserved:
                ReleaseHolder(place.Holder);
                break;
            case PlaceState.Referred:
                UndoReferral(place.Holder);
                Referrals.Remove(place.Holder);
                Applications[place.Holder].Place = Application.NoPlace;
                break;
        }

        place.State = PlaceState.Revoked;
        Touch(e.Place);
        place.Holder = Application.NoPlace;
    }

    private void Refer(ReferralIssued e)
    {
        Order.Leave(e.Application, PositionCause.Referral, e.At);
        Order.MovePattern(e.Phase, e.At);
        LeaveBatch(e.Application);
        ref var application = ref Applications[e.Application];
        application.Status = Status.Referred;
        application.Until = e.Until;
        Places[application.Place].State = PlaceState.Referred;
        Touch(application.Place);
        Referrals[e.Application] = new Referral { Number = e.Number, IssuedAt = e.At, IssuedOn = e.On, LastValid = e.LastValid, Verified = e.Verified };
        ReferralHistory.Add(application.Child, e.On);
        Limits.MoveTo(e.On);
        Limits.HistoryChanged(e.Application);
        ReferralCount++;
        dues.Add(new Due(e.Until, DueKind.ReferralExpires, e.Application));
    }

    private void Extend(ReferralExtended e)
    {
        var referral = Referrals[e.Application];
        referral.LastValid = e.LastValid;
        referral.Extended = true;
        Touch(Applications[e.Application].Place);
        Applications[e.Application].Until = e.Until;
        dues.Add(new Due(e.Until, DueKind.ReferralExpires, e.Application));
    }

    private void Annul(ReferralAnnulled e)
    {
        ref var application = ref Applications[e.Application];
        GiveBack(application.Place, e.AvailableAt, e.GivenUpOn);
        application.Place = Application.NoPlace;
        application.Misses += (ushort)(e.Missed ? 1 : 0);
        if (e.Undone)
        {
            UndoReferral(e.Application);
        }

        Referrals.Remove(e.Application);
    }

    private void UndoReferral(int application)
    {
        ReferralHistory.Remove(Applications[application].Child, Referrals[application].IssuedOn);
        Limits.HistoryChanged(application);
    }

    private void Use(ReferralUsed e)
    {
        ref var application = ref Applications[e.Application];
        Places[application.Place].State = PlaceState.Enrolled;
        Touch(application.Place);
        Referrals.Remove(e.Application);
        Deeds.Preparing.Remove(e.Application);
        Deeds.Enrolled.Add(e.Application, new Enrolment(e.Key, e.Left));
        application.Status = Status.Archived;
        application.Cause = Cause.Enrolled;
        application.Until = Moment.Never;
        Order.Remove(e.Application);
    }
}
