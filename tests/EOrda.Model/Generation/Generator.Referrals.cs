using System.Text.Json.Nodes;
using EOrda.Model.Domain;
using NodaTime;

namespace EOrda.Model.Generation;

/// <summary>The lives of referrals, returns, stop-listings and enrolments.</summary>
internal sealed partial class Generator
{
    private void FollowAReferral()
    {
        if (dice.PickOrNull(Applications(Status.Referred)) is { } application)
            FollowReferral(application);
    }

    private void FollowReferral(Application application)
    {
        if (application.Referral is not { } referral)
            return;
        LookAt(application);
        if (!referral.Verified && dice.Chance(20))
        {
            Say("verify", ("application", application.Id), ("approve", false));
            LookAt(application);
            return;
        }

        if (!referral.Verified && dice.Chance(35))
        {
            LoseTheBenefit(application, referral);
            return;
        }

        switch (dice.Below(100))
        {
            case < 27:
                Enrol(application, referral);
                break;
            case < 44:
                MoveNear(referral.ValidUntil);
                if (dice.Chance(50))
                    Say(dice.Pick(["enrol", "refuse", "cancel", "position"]), ("application", application.Id));
                if (application.StopListing is not null && dice.Chance(50))
                    FollowStopListing(application);
                break;
            case < 60:
                Extend(application, referral);
                break;
            case < 74:
                if (dice.Chance(35))
                    MoveNear(referral.IssuedAt + Duration.FromHours(application.Locality.Rules.CancelHours));
                if (Say("cancel", ("application", application.Id)) && dice.Chance(80))
                    FollowReturn(application);
                break;
            case < 80:
                Say("verify", ("application", application.Id), ("approve", dice.Chance(50)));
                break;
            case < 84:
                Say("category", ("application", application.Id), ("category", dice.Pick(Category.All)));
                break;
            case < 87:
                Correct(application);
                Undo(application);
                break;
            case < 93:
                Undo(application);
                break;
            default:
                Wait();
                break;
        }

        LookAt(application);
    }

    /// <summary>rules.md 7: nobody confirms the benefit, and it is lost; another one claimed meanwhile too, one claimed afterwards not.</summary>
    private void LoseTheBenefit(Application application, Referral referral)
    {
        if (dice.Chance(45))
            Say("category", ("application", application.Id), ("category", Category.FirstPriority));
        MoveNear(referral.ValidUntil);
        if (dice.Chance(15))
            Say("category", ("application", application.Id), ("category", dice.Pick(Category.All)));
        if (application.StopListing is { } listing)
            MoveNear(listing.Until);
        Say("position", ("application", application.Id));
        Say("order", ("queue", application.Queue.ToString()));
    }

    private void Enrol(Application application, Referral referral)
    {
        if (dice.Chance(30))
            MoveTo(referral.ValidUntil - Duration.FromMilliseconds(1));
        else
            WaitABit();
        if (!referral.Verified && dice.Chance(40))
            Say("enrol", ("application", application.Id));
        if (!referral.Verified && dice.Chance(85))
            Say("verify", ("application", application.Id), ("approve", true));
        Say("enrol", ("application", application.Id));
        LookAt(application);

        // The child is filed anew while it holds the place.
        if (application.ArchiveCause == Cause.Enrolled && families.Children.Find(child => child.Id == application.Child) is { } again && !IsQueued(again, application.Queue.Kind) && dice.Chance(35))
            Submit(dice.Chance(70) ? application.Locality : SomeLocality(), application.Queue.Kind, again);
    }

    /// <summary>A child that holds a place is filed anew, here or elsewhere, and goes all the way.</summary>
    private void MoveHouse()
    {
        var held = Places(PlaceState.Enrolled)
            .Where(place => families.Children.Find(child => child.Id == place.Enrolled!.Child) is { } child
                && child.Born.PlusYears(place.Enrolled!.Locality.Rules.AgeLimit) > Today(place.Enrolled.Locality).PlusDays(40))
            .ToList();
        if (dice.PickOrNull(held) is not { } left)
            return;
        var kind = left.Queue.Kind;
        var child = families.Children.Find(child => child.Id == left.Enrolled!.Child)!;
        var application = model.Applications.LastOrDefault(one => one.Child == child.Id && one.Queue.Kind == kind && one.IsActive)
            ?? Submit(dice.Chance(60) ? left.Kindergarten.Locality : SomeLocality(), kind, child, plain: true);
        if (application is null || !application.IsWaiting || application.Reservation is not null)
            return;
        if (AvailableFor(application) is null)
            FreeFor(application.Queue, many: 1);
        if (AvailableFor(application) is null && NextAvailability() is { } soon)
            MoveTo(soon);
        if (AvailableFor(application) is not { } place)
            return;
        if (!Say("reserve", ("application", application.Id), ("place", place.Id)) && place.PriorityUntil is { } open && open < at + Duration.FromDays(9))
        {
            MoveTo(open);
            Say("reserve", ("application", application.Id), ("place", place.Id));
        }

        Say("confirm", ("application", application.Id));
        if (application.Referral is { } referral)
            Enrol(application, referral);
        LookAt(left.Queue);
    }

    private void Extend(Application application, Referral referral)
    {
        var clock = application.Locality.Clock;
        switch (dice.Below(6))
        {
            case 0:
                break;
            case 1 or 2:
                MoveNear(clock.StartOf(referral.LastValidDate));
                break;
            case 3:
                MoveTo(referral.ValidUntil - Duration.FromMilliseconds(1));
                break;
            default:
                MoveTo(clock.StartOf(referral.LastValidDate) + Duration.FromHours(dice.Between(2, 20)));
                break;
        }

        var most = application.Locality.Rules.ExtensionMaxDays;
        var days = dice.Weighted<int>([(30, 1), (30, most), (15, Math.Max(1, most / 2)), (10, most + 1), (10, 0), (5, -1)]);
        if (Say("extend", ("application", application.Id), ("days", days)) && dice.Chance(50))
        {
            MoveNear(dice.Chance(60) ? referral.ValidUntil : clock.StartOf(referral.LastValidDate));
            Say("extend", ("application", application.Id), ("days", 1));
        }
    }

    private void FollowAReturn()
    {
        if (dice.PickOrNull(Applications(Status.Returning)) is { } application)
            FollowReturn(application);
    }

    private void FollowReturn(Application application)
    {
        if (application.ReturnsAt is not { } back)
            return;
        var id = ("application", (JsonNode?)application.Id);
        switch (dice.Below(14))
        {
            case 0 or 1:
                Say("category", id, ("category", dice.Pick(Category.All)));
                break;
            case 2:
                Say("withdraw", id);
                break;
            case 3:
                Say("prolong", id);
                break;
            case 4:
                Say("reserve", id, ("place", dice.Pick(model.Places).Id));
                break;
            case 5 or 6:
                Say("reserve", ("applications", new JsonArray(application.Id, dice.Pick(model.Applications).Id)), ("kindergarten", dice.Pick([.. model.Kindergartens.Keys])));
                break;
            case 7:
                Say("reserve", id, ("kindergarten", dice.Pick([.. model.Kindergartens.Keys])));
                break;
            case 8:
                Pester(application);
                break;
            case 9:
                Correct(application);
                break;
            case 10:
                Transfer(application, SomeApplicant());
                break;
            default:
                break;
        }

        MoveNear(back);
        LookAt(application);
        if (application.IsWaiting && dice.Chance(40))
            Reserve(application);
    }

    private void FollowAStopListing()
    {
        if (dice.PickOrNull(Applications(Status.StopListed)) is { } application)
            FollowStopListing(application);
    }

    private void FollowStopListing(Application application)
    {
        if (application.StopListing is not { } listing)
            return;
        switch (dice.Below(10))
        {
            case < 2:
                Say("category", ("application", application.Id), ("category", dice.Pick(Category.All)));
                break;
            case 2:
                Say("prolong", ("application", application.Id));
                break;
            case 3:
                Say("withdraw", ("application", application.Id));
                break;
            case 4:
                Reserve(application);
                break;
            case 5:
                Correct(application);
                MoveNear(listing.Until);
                break;
            default:
                MoveNear(listing.Until);
                Say("position", ("application", application.Id));

                // On to the second miss.
                if (application.IsWaiting && dice.Chance(70))
                    Miss(application);
                break;
        }

        LookAt(application);
    }

    /// <summary>A referral that is left to expire.</summary>
    private void Miss(Application application)
    {
        if (AvailableFor(application) is null)
        {
            FreeFor(application.Queue, many: 1);
            if (NextAvailability() is { } soon)
                MoveTo(soon + Duration.FromDays(dice.Chance(50) ? 0 : 5));
        }

        if (AvailableFor(application) is { } place
            && Say("reserve", ("application", application.Id), ("place", place.Id))
            && Say("confirm", ("application", application.Id))
            && application.Referral is { } referral)
        {
            MoveNear(referral.ValidUntil);
            Say("position", ("application", application.Id));
        }
    }

    private void LeaveSomewhere()
    {
        if (dice.PickOrNull(Places(PlaceState.Enrolled)) is not { } place)
            return;
        if (dice.Chance(40))
            Wait();
        var application = place.Enrolled ?? model.Applications[0];
        Say("leave", ("application", application.Id));
        if (dice.Chance(25))
            Say("leave", ("application", application.Id));
        LookAt(application);
    }
}
