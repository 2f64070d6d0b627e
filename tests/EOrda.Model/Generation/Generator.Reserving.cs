using System.Text.Json.Nodes;
using EOrda.Model.Domain;
using NodaTime;

namespace EOrda.Model.Generation;

/// <summary>Freeing places, reserving them, in the morning's rush and in batches, and what becomes of reservations.</summary>
internal sealed partial class Generator
{
    private void FreeSomewhere()
    {
        if (dice.Chance(20))
            Wait();
        else
            WaitABit();
        var queues = Applications(Status.Waiting).Select(application => application.Queue).ToList();
        if (queues.Count > 0 && dice.Chance(85))
        {
            FreeFor(dice.Pick(queues), many: dice.Weighted<int>([(60, 1), (25, 2), (15, 4)]));
            return;
        }

        // By the group's age, or badly.
        var kindergarten = dice.Pick([.. model.Kindergartens.Values]);
        var fields = dice.Below(6) switch
        {
            0 => ("queue", dice.Pick([$"{MainLocality}/general", "nowhere/general/2022", $"{MainLocality}/special/2020", $"{kindergarten.Locality.Name}/{kindergarten.Kind}/x y"])),
            _ => ("age", (JsonNode?)dice.Between(0, 10)),
        };
        var place = dice.Chance(8) && model.Places.Count > 0 ? dice.Pick(model.Places).Id : $"s{++lastPlace}";
        Say("free", ("place", place), ("kindergarten", dice.Chance(15) ? "nothing" : kindergarten.Id), fields);
    }

    /// <summary>Places of a queue, told to its cohort or by age, all of one kindergarten.</summary>
    private void FreeFor(QueueName queue, int many, Kindergarten? kindergarten = null)
    {
        kindergarten ??= dice.PickOrNull([.. model.Kindergartens.Values.Where(one => one.Locality.Name == queue.Locality && one.Kind == queue.Kind)]);
        if (kindergarten is null)
            return;
        for (; many > 0; many--)
        {
            var place = dice.Chance(3) && model.Places.Count > 0 ? dice.Pick(model.Places).Id : $"s{++lastPlace}";
            var today = Today(kindergarten.Locality);
            var age = queue.Kind == Kind.Sanatorium ? -1 : (today.Month <= 5 ? today.Year - 1 : today.Year) - int.Parse(queue.Cohort);
            (string, JsonNode?) target = age is >= 0 and <= 10 && dice.Chance(35) ? ("age", age) : ("queue", queue.ToString());
            Say("free", ("place", place), ("kindergarten", kindergarten.Id), target);
        }

        LookAt(queue);
    }

    /// <summary>A place the application might take now, one in priority access rather.</summary>
    private Place? AvailableFor(Application application)
    {
        var available = Places(PlaceState.Available).Where(place => place.Queue == application.Queue).ToList();
        var inPriority = available.FindAll(place => place.AccessAt(at) == Access.Priority);
        return dice.PickOrNull(inPriority.Count > 0 && dice.Chance(75) ? inPriority : available);
    }

    private void ReserveSomething()
    {
        WaitABit();
        if (dice.Chance(12))
            Wait();
        var waiting = Applications(Status.Waiting).Where(one => one.Reservation is null).ToList();
        if (waiting.Count == 0)
            return;
        if (IsFreezing && dice.Chance(70))
            MoveNear(Main.Clock.At(Today(Main), Main.Rules.Release));
        var lucky = waiting.Where(one => AvailableFor(one) is not null).ToList();
        if (lucky.Count == 0 && dice.Chance(50) && NextAvailability() is { } soon && soon < at + Duration.FromDays(4))
        {
            MoveNear(soon);
            waiting = [.. Applications(Status.Waiting).Where(one => one.Reservation is null)];
            lucky = [.. waiting.Where(one => AvailableFor(one) is not null)];
        }

        if (lucky.Count > 0 && dice.Chance(80))
            waiting = lucky;
        if (waiting.Count == 0)
            return;
        var queue = dice.Pick(waiting).Queue;
        var candidates = Order(queue).Where(one => one.Reservation is null).ToList();
        if (candidates.Count > 0)
            Reserve(dice.PickEarly(candidates));
    }

    /// <summary>One attempt, and with luck what follows from it.</summary>
    private void Reserve(Application application)
    {
        if (ReserveOnce(application))
            Follow(application);
        else
            LookAt(application);
    }

    private bool ReserveOnce(Application application)
    {
        var place = AvailableFor(application);
        if (dice.Chance(50))
        {
            var target = place is not null && dice.Chance(85) ? place.Id
                : model.Places.Count > 0 && dice.Chance(85) ? dice.Pick([.. model.Places.Where(one => one.Queue == application.Queue || dice.Chance(30)), model.Places[0]]).Id
                : "nowhere";
            return Say("reserve", ("application", application.Id), ("place", target));
        }

        var kindergarten = place is not null && dice.Chance(85) ? place.Kindergarten.Id
            : dice.Chance(95) ? dice.Pick([.. model.Kindergartens.Values.Where(one => one.Locality == application.Locality)]).Id
            : "nothing";
        return dice.Chance(8)
            ? Say("reserve", ("applications", new JsonArray(application.Id)), ("kindergarten", kindergarten))
            : Say("reserve", ("application", application.Id), ("kindergarten", kindergarten));
    }

    private void FollowAReservation()
    {
        if (dice.PickOrNull([.. Applications(Status.Waiting).Where(one => one.Reservation is not null)]) is { } application)
            Follow(application);
    }

    /// <summary>What becomes of a live reservation: a referral more often than not.</summary>
    private void Follow(Application application)
    {
        if (application.Reservation is not { } reservation)
            return;
        LookAt(application);
        switch (dice.Below(100))
        {
            case < 48:
                if (dice.Chance(60))
                    WaitABit();
                else if (dice.Chance(40))
                    MoveTo(reservation.Until - Duration.FromMilliseconds(1));
                if (Say("confirm", ("application", Somebody(reservation).Id)) && dice.Chance(40))
                    FollowReferral(application);
                break;
            case < 58:
                MoveNear(reservation.Until);
                Say(dice.Pick(["confirm", "drop", "position"]), ("application", application.Id));
                break;
            case < 66:
                WaitABit();
                Say("drop", ("application", Somebody(reservation).Id));
                break;
            case < 72:
                Say("category", ("application", application.Id), ("category", dice.Pick(Category.All)));
                break;
            case < 76:
                Say("revoke", ("place", Somebody(reservation).Reservation?.Place.Id ?? reservation.Place.Id));
                break;
            case < 79:
                Say("withdraw", ("application", Somebody(reservation).Id));
                break;
            case < 83:
                Reserve(application);
                break;
            case < 86:
                Say("cleanup", ("locality", application.Locality.Name));
                break;
            case < 89:
                Rival(reservation.Place);
                break;
            case < 91:
                Transfer(application, SomeApplicant());
                break;
            case < 95:
                Correct(application);
                break;
            default:
                break;
        }

        LookAt(application);
    }

    /// <summary>Somebody of the batch.</summary>
    private Application Somebody(Reservation reservation) => reservation.Batch.Count == 0 ? reservation.Application : dice.Pick(reservation.Batch).Application;

    /// <summary>Another one wants the same place.</summary>
    private void Rival(Place place)
    {
        if (dice.PickOrNull(Order(place.Queue)) is { } rival)
            Say("reserve", ("application", rival.Id), ("place", place.Id));
    }

    /// <summary>The morning: the places become available, and the queue is there, some of it within one millisecond.</summary>
    private void Rush()
    {
        var queues = Applications(Status.Waiting).Select(application => application.Queue).ToList();
        if (queues.Count > 0 && !Places(PlaceState.Available).Exists(place => place.AccessAt(at) == Access.Priority) && dice.Chance(80))
            FreeFor(dice.Pick(queues), many: dice.Between(1, 3));
        if (NextAvailability() is { } soon && soon < at + Duration.FromDays(5))
            MoveNear(soon);
        var available = Places(PlaceState.Available);
        var inPriority = available.FindAll(place => place.AccessAt(at) == Access.Priority);
        if (dice.PickOrNull(inPriority.Count > 0 ? inPriority : available) is not { } wanted)
            return;
        if (dice.Chance(15) && wanted.PriorityUntil is { } end && end < at + Duration.FromDays(9))
            MoveNear(end);
        var order = Order(wanted.Queue);
        foreach (var application in order.Take(dice.Between(2, 8)).OrderBy(_ => dice.Below(100)))
        {
            if (application.Reservation is null && application.IsWaiting && ReserveOnce(application) && dice.Chance(60))
            {
                if (dice.Chance(30))
                    MoveTo(at + Duration.FromMilliseconds(1));
                Say("confirm", ("application", application.Id));
            }

            if (dice.Chance(profile.OrderQueries))
                Say("order", ("queue", wanted.Queue.ToString()));
            if (dice.Chance(20))
                MoveTo(at + Duration.FromMilliseconds(dice.Between(1, 40)));
        }
    }

    private void TieTwins()
    {
        if (SiblingsWithPlaces() is { } tied)
            ReserveBatch(tied.Members, tied.Kindergarten);
    }

    /// <summary>A family files for all its children, and the places are found for them in one kindergarten.</summary>
    private (List<Application> Members, Kindergarten Kindergarten)? SiblingsWithPlaces()
    {
        var locality = SomeLocality();
        var kind = dice.Chance(85) ? Kind.General : dice.Pick(Kind.All);
        var siblings = dice.Chance(50) ? dice.PickOrNull([.. families.ByApplicant.Where(family => family.Count() > 1)])?.Take(3).ToList() : null;
        siblings ??= families.New(Today(locality), several: true, Main.Rules.AgeLimit);
        foreach (var child in siblings.Where(child => !IsQueued(child, kind)))
            Submit(locality, kind, child, plain: dice.Chance(90));

        var members = siblings
            .Select(child => model.Applications.LastOrDefault(application => application.Child == child.Id && application.Queue.Kind == kind))
            .OfType<Application>()
            .OrderBy(_ => dice.Below(100))
            .ToList();
        if (members.Count == 0)
            return null;
        var kindergarten = dice.Pick([.. model.Kindergartens.Values.Where(one => one.Locality == members[0].Locality && one.Kind == kind)]);
        if (!Suffices(kindergarten, members) || dice.Chance(20))
        {
            foreach (var member in members)
            {
                if (dice.Chance(92))
                    FreeFor(member.Queue, many: dice.Chance(20) ? 2 : 1, kindergarten);
            }

            if (dice.Chance(90) && NextAvailability() is { } soon)
            {
                MoveTo(soon);
                var last = model.Places.Where(place => place.Kindergarten == kindergarten && place.AvailableAt is not null).Select(place => place.AvailableAt!.Value).DefaultIfEmpty(at).Max();
                if (dice.Chance(40))
                    MoveNear(last);
                else
                    MoveTo(last);
            }
        }

        if (dice.Chance(15) && model.Places.Where(place => place.Kindergarten == kindergarten && place.PriorityUntil > at).Select(place => place.PriorityUntil!.Value).ToList() is { Count: > 0 } ends)
            MoveNear(dice.Pick(ends));
        return (members, kindergarten);
    }

    private bool Suffices(Kindergarten kindergarten, List<Application> members) =>
        members.GroupBy(member => member.Queue).All(queue => Places(PlaceState.Available).Count(place => place.Kindergarten == kindergarten && place.Queue == queue.Key) >= queue.Count());

    private void ReserveBatch(List<Application> members, Kindergarten kindergarten)
    {
        var named = members.Select(member => member.Id).ToList();
        switch (dice.Below(16))
        {
            case 0:
                named.Add(dice.Pick(named));
                break;
            case 1:
                named.Add(dice.Pick(model.Applications).Id);
                break;
            case 2:
                named.Insert(0, "nobody");
                break;
            case 3 when members.Find(member => member.IsWaiting && member.Reservation is null) is { } alone:
                ReserveOnce(alone);
                break;
            default:
                break;
        }

        var target = dice.Chance(4) ? dice.Pick([.. model.Kindergartens.Keys, "nothing"]) : kindergarten.Id;
        if (!Say("reserve", ("applications", new JsonArray([.. named.Select(id => JsonValue.Create(id))])), ("kindergarten", target)))
        {
            LookAt(members[0]);
            return;
        }

        if (members.Find(member => member.Reservation is not null) is { } holder)
            Follow(holder);
        if (members.FindAll(member => member.Reservation is not null) is { Count: > 0 } still && dice.Chance(60))
        {
            // After a member left its batch, or the category of one changed.
            Say(dice.Pick(["confirm", "confirm", "drop"]), ("application", dice.Pick(still).Id));
        }

        foreach (var member in members)
            LookAt(member);
    }
}
