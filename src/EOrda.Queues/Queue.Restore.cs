using EOrda.Queues.Applications;
using EOrda.Queues.Dues;
using EOrda.Queues.Order;
using EOrda.Queues.Places;
using EOrda.Queues.Rules;
using EOrda.Queues.Time;

namespace EOrda.Queues;

public sealed partial class Queue
{
    internal void RestoreHeader(Moment now, int rulesAdopted, LocalityRules? inForce, int referralCount, int phase)
    {
        (Now, RulesAdopted, rules, ReferralCount) = (now, rulesAdopted, inForce, referralCount);
        if (inForce is not null)
        {
            Order.SetPattern(new PriorityPattern(inForce.FirstPriorityShare, inForce.GeneralShare, phase));
        }
    }

    /// <summary>Makes the indexes of what a snapshot held: the order, the free places and the dues.</summary>
    internal void RestoreIndexes()
    {
        var bySubmission = Enumerable.Range(0, Applications.Count).Where(i => Applications[i].IsActive).OrderBy(i => Applications[i].Submitted.UnixMilliseconds).ThenBy(i => i);
        foreach (var index in bySubmission)
        {
            Order.Restore(index);
        }

        for (var i = 0; i < Applications.Count; i++)
        {
            RestoreDues(i);
        }

        for (var i = 0; i < KindergartenNames.Count; i++)
        {
            FreeByKindergarten.Add(new FreePlaces());
        }

        for (var i = 0; i < Places.Count; i++)
        {
            RestorePlace(i);
        }

        foreach (var number in Halves.Keys)
        {
            AwaitEndOfTwins(number);
        }

        if (rules is not null)
        {
            Limits.Restore(Schedule.DateOf(Now));
        }
    }

    private void RestoreDues(int index)
    {
        var application = Applications[index];
        if (application.IsActive && LeavesForAgeAt(application.Born) is var leaves && leaves > Now)
        {
            dues.AddLeaving(leaves);
        }

        DueKind? kind = application.Status switch
        {
            Status.Waiting when application.HoldsReservation => DueKind.ReservationLapses,
            Status.Referred => DueKind.ReferralExpires,
            Status.Returning or Status.StopListed => DueKind.ApplicationComesBack,
            _ => null,
        };
        if (kind is { } due)
        {
            dues.Add(new Due(application.Until, due, index));
        }
    }

    private void RestorePlace(int index)
    {
        ref var place = ref Places[index];
        place.NumberThere = FreeByKindergarten[place.Kindergarten].Register(index);
        switch (place.State)
        {
            case PlaceState.Reported:
                AwaitHandover(index);
                break;
            case PlaceState.Locked or PlaceState.Returning:
                GivenUpPlaces.Change(place.GivenUpOn, place.GivenUpOn == Place.Never ? 0 : 1);
                dues.Add(new Due(place.AvailableAt, DueKind.PlaceIsReleased, index));
                break;
            case PlaceState.Available:
                FreeByKindergarten[place.Kindergarten].Add(place.NumberThere, place.PriorityEnd);
                PriorityPlaces.Change(place.PriorityEnd, 1);
                break;
        }
    }
}
