using System.Text.Json.Nodes;
using EOrda.Model.Domain;
using NodaTime;
using NodaTime.Text;

namespace EOrda.Model.Generation;

/// <summary>Filing, reviewing, cleaning up, and the first of June.</summary>
internal sealed partial class Generator
{
    private void SubmitSomebody()
    {
        if (dice.Chance(25))
            Wait();
        else
            WaitABit();
        var locality = SomeLocality();
        if (dice.Chance(12))
        {
            SubmitBadly(locality);
            return;
        }

        var kind = dice.Chance(profile.GeneralKind) ? Kind.General : dice.Pick(Kind.All);
        var child = SomeChild(locality, kind);
        Submit(locality, kind, child);
    }

    private Locality SomeLocality() => dice.Chance(profile.OneQueue ? 97 : 78) ? Main : dice.Pick([.. model.Localities.Values]);

    /// <summary>A child without an active application of the kind most often, one that holds a place already rather often.</summary>
    private Child SomeChild(Locality locality, string kind)
    {
        var today = Today(locality);
        var free = families.Children.Where(child => !IsQueued(child, kind) && child.Born.PlusYears(locality.Rules.AgeLimit) > today).ToList();
        var enrolled = free.Where(child => model.Places.Any(place => place.Enrolled?.Child == child.Id && place.Queue.Kind == kind)).ToList();
        if (enrolled.Count > 0 && dice.Chance(40))
            return dice.Pick(enrolled);
        if (free.Count > 0 && dice.Chance(55))
            return dice.Pick(free);
        return families.Children.Count > 0 && dice.Chance(8) ? dice.Pick(families.Children) : families.New(today, several: false, Main.Rules.AgeLimit)[0];
    }

    private bool IsQueued(Child child, string kind) =>
        model.Applications.Any(application => application.Child == child.Id && application.Queue.Kind == kind && application.IsActive);

    private Application? Submit(Locality locality, string kind, Child child, bool plain = false)
    {
        var cohort = kind == Kind.Sanatorium ? dice.Pick(Profiles) : $"{child.Born.Year:0000}";
        var category = dice.Weighted<string>([(18, Category.OutOfTurn), (32, Category.FirstPriority), (50, Category.General)]);
        var id = $"A{++lastApplication}";
        List<(string, JsonNode?)> fields =
        [
            ("application", id), ("queue", $"{locality.Name}/{kind}/{cohort}"), ("child", child.Id), ("born", LocalDatePattern.Iso.Format(child.Born)),
            ("applicant", child.Applicant), ("category", category),
        ];
        if (!plain && dice.Chance(18))
            fields.Add(("submitted", Written(OldInstant())));
        if (!plain && dice.Chance(category == Category.OutOfTurn || kind != Kind.General ? 35 : 8))
            fields.Add(("review", dice.Chance(90)));
        Say("submit", [.. fields]);
        LookAt(Find(id));
        return Find(id);
    }

    /// <summary>An import: as old as another application, exactly now, or long ago.</summary>
    private Instant OldInstant() => dice.Below(4) switch
    {
        0 => at,
        1 when model.Applications.Count > 0 => dice.Pick(model.Applications).Submitted,
        2 => at - Duration.FromMilliseconds(dice.Between(1, 100)),
        _ => at - Duration.FromHours(dice.Between(1, 20000)),
    };

    private void SubmitBadly(Locality locality)
    {
        var today = Today(locality);
        var born = new LocalDate(families.HotYear(today, Main.Rules.AgeLimit), 12, 20);
        born = born <= today ? born : today;
        var ageLimit = locality.Rules.AgeLimit;
        var (queue, birth) = dice.Below(12) switch
        {
            0 => ($"nowhere/general/{born.Year}", born),
            1 => (dice.Pick([$"{locality.Name}/general", $"{locality.Name}/general/2022/1", "nowhere", $"{locality.Name}/private/{born.Year}", $"{locality.Name}/general/22", $"{locality.Name}/special/20a2", $"{locality.Name}/sanatorium/a_b", $"{locality.Name}/sanatorium/", ""]), born),
            2 => (null, today.PlusYears(-ageLimit)),
            3 => (null, today.PlusYears(-ageLimit).PlusDays(1)),
            4 => (null, today.PlusYears(-ageLimit).PlusDays(-1)),
            5 => (null, today.PlusDays(1)),
            6 => (null, today),
            7 => ($"{locality.Name}/{dice.Pick([Kind.General, Kind.Special])}/{born.Year + 1}", born),
            8 => (null, new LocalDate(LeapYear(today.Year - ageLimit), 2, 29)),
            _ => ((string?)null, born),
        };
        var child = dice.Chance(30) && families.Children.Count > 0 ? dice.Pick(families.Children).Id : $"x{lines.Count}";
        var application = dice.Chance(25) && model.Applications.Count > 0 ? dice.Pick(model.Applications).Id : $"A{++lastApplication}";
        Say(
            "submit",
            ("application", application),
            ("queue", queue ?? $"{locality.Name}/{dice.Pick([Kind.General, Kind.General, Kind.Special])}/{birth.Year:0000}"),
            ("child", child),
            ("born", LocalDatePattern.Iso.Format(birth)),
            ("applicant", $"p{dice.Between(1, 5)}"),
            ("category", dice.Pick(Category.All)));
        LookAt(Find(application));
    }

    private static int LeapYear(int year) => CalendarSystem.Iso.IsLeapYear(year) ? year : LeapYear(year + 1);

    private void ReviewSomebody()
    {
        if (dice.PickOrNull(Applications(Status.Review)) is not { } application)
            return;
        if (dice.Chance(30))
            Wait();
        if (dice.Chance(25))
            Say("category", ("application", application.Id), ("category", dice.Pick(Category.All)));
        Say("review", ("application", application.Id), ("approve", dice.Chance(65)));
        LookAt(application);
    }

    /// <summary>To the end of somebody's validity, then the clean-up, then the end of the stop-list with some of them prolonged.</summary>
    private void CleanUpSomewhere()
    {
        var locality = SomeLocality();
        var waiting = model.Applications.Where(application => application.Locality == locality && application.IsWaiting).ToList();
        if (waiting.Count > 0 && dice.Chance(60))
        {
            var end = locality.Clock.EndOf(dice.PickEarly([.. waiting.OrderBy(application => application.LastValidDate)]).LastValidDate);
            if (end < at + Duration.FromDays(500))
                MoveNear(end);
        }

        if (dice.Chance(20) && waiting.Find(application => application.Reservation is null) is { } holder && AvailableFor(holder) is { } place)
            Say("reserve", ("application", holder.Id), ("place", place.Id));
        Say("cleanup", ("locality", locality.Name));
        var listed = Applications(Status.StopListed).Where(application => application.StopListing!.Cause == Cause.NotProlonged).ToList();
        foreach (var application in listed.Take(4))
        {
            if (dice.Chance(30))
                Say("prolong", ("application", application.Id));
            if (dice.Chance(20))
                Say("position", ("application", application.Id));
        }

        if (listed.Count > 0 && dice.Chance(60))
        {
            MoveNear(dice.Pick(listed).StopListing!.Until);
            LookAt(dice.Pick(listed));
        }

        if (dice.Chance(30))
            Say("cleanup", ("locality", locality.Name));
    }

    /// <summary>A child about to leave for its age, waiting, holding, referred, returning or stop-listed when its 1 June comes.</summary>
    private void SpendAJune()
    {
        var waiting = Applications(Status.Waiting).Where(application => application.Reservation is null).OrderBy(application => application.TooOldFrom).ToList();
        var application = waiting.Count == 0 ? null : dice.PickEarly(waiting);
        if (application is null || application.TooOldFrom > at + Duration.FromDays(dice.Chance(20) ? 1200 : 420))
            return;
        var june = application.TooOldFrom;
        MoveTo(june - Duration.FromDays(dice.Between(3, 9)));
        if (AvailableFor(application) is null)
            FreeFor(application.Queue, many: 1);
        if (NextAvailability() is { } soon && soon < june && AvailableFor(application) is null)
            MoveTo(soon);
        if (!application.IsWaiting)
            return;

        var eve = dice.Below(6) switch
        {
            0 => june - Duration.FromMinutes(application.Locality.Rules.ReservationMinutes),
            1 => june - Duration.FromMinutes(5),
            2 => june - Duration.FromMilliseconds(1),
            3 => june - Duration.FromDays(dice.Between(1, 2)),
            _ => june - Duration.FromHours(dice.Between(1, 30)),
        };
        MoveTo(eve);
        Say("prolong", ("application", application.Id));
        if (dice.Chance(30))
            Say("category", ("application", application.Id), ("category", Category.OutOfTurn));
        if (dice.Chance(10))
            Correct(application);
        if (AvailableFor(application) is { } place && Say("reserve", ("application", application.Id), ("place", place.Id)) && dice.Chance(65) && Say("confirm", ("application", application.Id)))
        {
            if (dice.Chance(20))
                Say("cancel", ("application", application.Id));
            if (dice.Chance(85))
                MoveNear(june);
            if (dice.Chance(20))
                LookAt(application.Queue);
            if (application.Referral is not null)
                Undo(application);
        }
        else
        {
            MoveNear(june);
        }

        Say("position", ("application", application.Id));
        LookAt(application.Queue);
    }

    /// <summary>Undoes a referral in one of the ways after which the application comes back.</summary>
    private void Undo(Application application)
    {
        if (application.Referral is not { } referral)
            return;
        switch (dice.Below(5))
        {
            case 0:
                Say("refuse", ("application", application.Id));
                break;
            case 1:
                Say("verify", ("application", application.Id), ("approve", false));
                break;
            case 2:
                Say("revoke", ("place", referral.Place.Id));
                break;
            case 3:
                Say("cancel", ("application", application.Id));
                if (application.ReturnsAt is { } back)
                    MoveNear(back);
                break;
            default:
                MoveNear(referral.ValidUntil);
                if (application.StopListing is { } listing)
                    MoveNear(listing.Until);
                break;
        }

        LookAt(application);
    }
}
