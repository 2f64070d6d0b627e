using System.Text.Json.Nodes;
using EOrda.Model.Domain;
using NodaTime;

namespace EOrda.Model.Generation;

/// <summary>Families at a limit, the window that passes over them, and places given up on the same date.</summary>
internal sealed partial class Generator
{
    /// <summary>rules.md 6: one hides places by holding them in turn, until the day's limit; then the window, and the window when the date ends.</summary>
    private void HoldInTurn()
    {
        if (Morning(dice.Between(2, 4)) is not { } queue || Candidates(queue) is not { Count: > 0 } candidates)
            return;
        var application = dice.PickEarly(candidates);
        if (application.Locality.Rules.LapsesPerDay > 2 && dice.Chance(70))
            Say("amend", ("locality", application.Locality.Name), ("lapsesPerDay", dice.Between(1, 2)));
        for (var times = 0; times < 5 && !model.HasReachedLapseLimit(application); times++)
        {
            if (!application.IsWaiting || !ReserveInPriority(application))
                break;
            GiveUp(application);
        }

        if (dice.Chance(80))
            TryTheWindow(queue);
        if (dice.Chance(20))
            AmendALimit(application.Locality);
        if (dice.Chance(60))
            MoveNear(application.Locality.Clock.EndOf(Today(application.Locality)));
        else if (dice.Chance(50) && NextAvailability() is { } soon && soon < at + Duration.FromDays(2))
            MoveNear(soon);
        TryTheWindow(queue);
    }

    /// <summary>rules.md 7: referral after referral in one month, then the window, and the window when the first of them no longer counts.</summary>
    private void ReachTheMonthlyLimit()
    {
        var toTheEnd = Today(Main).Day is > 15 and < 31 && dice.Chance(50);
        if (toTheEnd)
            MoveTo(Main.Clock.StartOf(LastOfMonth().PlusDays(-1)) + Duration.FromHours(dice.Between(1, 17)));
        if (Morning(dice.Between(2, 4)) is not { } queue)
            return;

        // From the last day of a month, which the next month may not have.
        if (toTheEnd)
            MoveTo(Main.Clock.At(LastOfMonth(), Main.Rules.Release));
        if (Candidates(queue) is not { Count: > 0 } candidates)
            return;
        var application = dice.PickEarly(candidates);
        if (application.Locality.Rules.ReferralsPerMonth > 1 && dice.Chance(65))
            Say("amend", ("locality", application.Locality.Name), ("referralsPerMonth", dice.Between(1, 2)));
        var issued = Today(application.Locality);
        for (var times = 0; times < 4 && !model.HasReachedReferralLimit(application); times++)
        {
            if (!application.IsWaiting || !(ReserveInPriority(application) || ReserveOnce(application)) || !Say("confirm", ("application", application.Id)))
                break;
            Annul(application);
        }

        if (dice.Chance(80))
            TryTheWindow(queue);
        if (dice.Chance(15))
            AmendALimit(application.Locality);
        if (dice.Chance(50))
            TryTheWindowAt(Boundaries.CountsUntil(issued).PlusDays(dice.Chance(50) ? 0 : -1), application);
    }

    private LocalDate LastOfMonth()
    {
        var today = Today(Main);
        return new LocalDate(today.Year, today.Month, CalendarSystem.Iso.GetDaysInMonth(today.Year, today.Month));
    }

    /// <summary>To the midnight that begins a date, with places in priority access.</summary>
    private void TryTheWindowAt(LocalDate date, Application application)
    {
        var midnight = application.Locality.Clock.StartOf(date);
        MoveTo(midnight - Duration.FromHours(dice.Between(40, 60)));
        FreeFor(application.Queue, many: dice.Between(1, 2));
        MoveNear(midnight);
        TryTheWindow(application.Queue);
    }

    /// <summary>
    /// rules.md 5: places reserved in one morning come back in every way that counts for the window and every way that does not; then the window, today
    /// and when the date has ended.
    /// </summary>
    private void GiveUpInEveryWay()
    {
        if (Morning(dice.Between(3, 6)) is not { } queue)
            return;
        var holders = Candidates(queue).Take(dice.Between(2, 4)).Where(ReserveInPriority).ToList();
        foreach (var holder in holders)
        {
            if (holder.Reservation is null)
                continue;
            if (dice.Chance(45))
                GiveUp(holder);
            else if (dice.Chance(25))
                Say("withdraw", ("application", holder.Id));
            else if (Say("confirm", ("application", holder.Id)) && dice.Chance(55))
                Annul(holder);
            if (dice.Chance(20))
                TryTheWindow(queue);
        }

        // One given up and revoked counts no more.
        var revoked = dice.PickOrNull(Places(PlaceState.Returning).FindAll(place => place.Queue == queue && place.GivenUpOn is not null));
        if (revoked is not null && dice.Chance(40))
            Say("revoke", ("place", revoked.Id));
        if (dice.Chance(70))
            TryTheWindow(queue);
        if (dice.Chance(60))
            MoveNear(model.Localities[queue.Locality].Clock.EndOf(Today(model.Localities[queue.Locality])));
        else if (NextAvailability() is { } soon && soon < at + Duration.FromDays(2))
            MoveNear(soon);

        // A referral of an earlier date.
        foreach (var late in holders.Where(holder => holder.Referral is not null && dice.Chance(75)))
            Annul(late);
        TryTheWindow(queue);
    }

    /// <summary>rules.md 9: twins reach a limit, together or one of them alone, and try again together and alone.</summary>
    private void TwinsAtALimit()
    {
        if (SiblingsWithPlaces() is not { } tied)
            return;
        var (members, kindergarten) = tied;
        var locality = members[0].Locality;
        if (dice.Chance(60))
            Say("amend", ("locality", locality.Name), dice.Chance(70) ? ("lapsesPerDay", dice.Between(1, 2)) : ("referralsPerMonth", 1));
        var batch = ("applications", (JsonNode?)new JsonArray([.. members.Select(member => JsonValue.Create(member.Id))]));
        for (var times = dice.Between(1, 3); times > 0; times--)
        {
            var alone = dice.Chance(35);
            if (alone ? !ReserveOnce(dice.Pick(members)) : !Say("reserve", (batch.Item1, batch.Item2!.DeepClone()), ("kindergarten", kindergarten.Id)))
                break;
            foreach (var holder in members.Where(member => member.Reservation is not null).ToList())
            {
                if (holder.Reservation is not null && dice.Chance(75))
                    GiveUp(holder);
                else if (holder.Reservation is not null && Say("confirm", ("application", holder.Id)))
                    members.ForEach(Annul);
            }

            if (dice.Chance(70))
                members.ForEach(member => FreeFor(member.Queue, many: 1, kindergarten));
            if (dice.Chance(35) && NextAvailability() is { } soon && soon < at + Duration.FromDays(2))
                MoveTo(soon);
        }

        if (dice.Chance(40))
            MoveNear(locality.Clock.EndOf(Today(locality)));
        Say("reserve", (batch.Item1, batch.Item2!.DeepClone()), ("kindergarten", kindergarten.Id));
        foreach (var member in members.Where(member => member.IsWaiting && member.Reservation is null && dice.Chance(50)).ToList())
            ReserveOnce(member);
        TryTheWindow(dice.Pick(members).Queue);
    }

    private void AmendALimit() => AmendALimit(Main);

    /// <summary>Limits and the window's factor, while some are at a limit and some at the window's edge.</summary>
    private void AmendALimit(Locality locality)
    {
        var name = dice.Pick(["lapsesPerDay", "referralsPerMonth", "windowFactor", "windowFactor"]);
        Say("amend", ("locality", locality.Name), (name, values.Value(name, Today(locality), 20)));
        if (dice.PickOrNull([.. Places(PlaceState.Available).Where(place => place.AccessAt(at) == Access.Priority)]) is { } place)
            TryTheWindow(place.Queue);
    }

    /// <summary>A queue in which some wait and places stand in priority access; null when none can be had.</summary>
    private QueueName? Morning(int many)
    {
        var queues = Applications(Status.Waiting).Where(one => one.Reservation is null).GroupBy(one => one.Queue).Where(queue => queue.Count() > 2).Select(queue => queue.Key).ToList();
        if (queues.Count == 0)
        {
            SubmitSomebody();
            return null;
        }

        var longest = queues.MaxBy(one => Candidates(one).Count)!;
        var queue = queues.Find(one => InPriority(one).Count >= many) ?? (dice.Chance(60) ? longest : dice.Pick(queues));
        var locality = model.Localities[queue.Locality];
        if (locality.Rules.PriorityWorkingDays == 0)
            Say("amend", ("locality", locality.Name), ("priorityWorkingDays", dice.Between(1, 3)));
        if (locality.Rules.WindowFactor is < 0.3m or > 2 && dice.Chance(60))
            Say("amend", ("locality", locality.Name), ("windowFactor", dice.Pick([0.5m, 1m, 1m, 1.5m])));
        if (InPriority(queue).Count < many)
        {
            FreeFor(queue, many - InPriority(queue).Count);
            if (model.Places.Where(place => place.Queue == queue && place.AvailableAt is not null).Select(place => place.AvailableAt!.Value).ToList() is { Count: > 0 } soon)
                MoveTo(soon.Max());
        }

        return InPriority(queue).Count > 0 ? queue : null;
    }

    private List<Place> InPriority(QueueName queue) => Places(PlaceState.Available).FindAll(place => place.Queue == queue && place.AccessAt(at) == Access.Priority);

    /// <summary>Those who could hold a place, in queue order.</summary>
    private List<Application> Candidates(QueueName queue) => [.. Order(queue).Where(one => one.Reservation is null)];

    private bool ReserveInPriority(Application application)
    {
        if (dice.PickOrNull(InPriority(application.Queue)) is not { } place)
            return false;
        return dice.Chance(80)
            ? Say("reserve", ("application", application.Id), ("place", place.Id))
            : Say("reserve", ("application", application.Id), ("kindergarten", place.Kindergarten.Id));
    }

    /// <summary>Those at the window's edge try: the first outside, the last inside, somebody at a limit.</summary>
    private void TryTheWindow(QueueName queue)
    {
        if (IsFreezing && dice.Chance(70))
            MoveNear(Main.Clock.At(Today(Main), Main.Rules.Release));
        var atTheEdge = Candidates(queue)
            .OrderBy(one => Math.Abs(model.Rank(one) - model.WindowSize(one) - (dice.Chance(70) ? 1 : 0)))
            .Take(dice.Between(1, 3))
            .Concat(Candidates(queue).Where(model.IsAtALimit).Take(dice.Below(2)))
            .ToList();
        foreach (var one in atTheEdge)
        {
            if (one.Reservation is not null || !one.IsWaiting)
                continue;
            if (ReserveInPriority(one) && dice.Chance(60))
            {
                if (dice.Chance(60))
                    GiveUp(one);
                else
                    Say("confirm", ("application", one.Id));
            }
        }

        LookAt(queue);
    }

    /// <summary>A lapse or a drop.</summary>
    private void GiveUp(Application application)
    {
        if (application.Reservation is not { } reservation)
            return;
        if (dice.Chance(25))
            MoveTo(reservation.Until);
        else
            Say("drop", ("application", Somebody(reservation).Id));
    }

    /// <summary>A referral just issued is undone at once; a cancelled one rather.</summary>
    private void Annul(Application application)
    {
        if (application.Referral is not { } referral)
            return;
        if (!referral.Verified && dice.Chance(40))
        {
            Say("verify", ("application", application.Id), ("approve", false));
            return;
        }

        switch (dice.Below(10))
        {
            case 0 or 1:
                Say("refuse", ("application", application.Id));
                break;
            case 2:
                Say("revoke", ("place", referral.Place.Id));
                break;
            default:
                Say("cancel", ("application", application.Id));
                if (application.ReturnsAt is { } back && back < at + Duration.FromHours(2))
                    MoveTo(back);
                break;
        }
    }
}
