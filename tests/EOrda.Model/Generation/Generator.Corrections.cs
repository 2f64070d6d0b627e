using System.Text.Json.Nodes;
using EOrda.Model.Domain;
using EOrda.Model.Time;
using NodaTime;
using NodaTime.Text;

namespace EOrda.Model.Generation;

/// <summary>`transfer` and `correct`: who may still be tied, and whose 1 June moves.</summary>
internal sealed partial class Generator
{
    private void TransferSomebody()
    {
        switch (dice.Below(5))
        {
            case 0:
                if (dice.PickOrNull(SomeStatus()) is { } anybody)
                    Transfer(anybody, SomeApplicant());
                break;
            case 1 or 2:
                TransferSiblings();
                break;
            case 3:
                AdoptSomebody();
                break;
            default:
                if (dice.PickOrNull(Applications(Status.Waiting).FindAll(one => one.Reservation is { Batch.Count: > 1 })) is { } holder)
                {
                    Transfer(holder, SomeApplicant());
                    Follow(holder);
                }

                break;
        }
    }

    private string SomeApplicant() => dice.Chance(60) ? $"q{dice.Between(1, 30)}" : $"p{dice.Between(1, 30)}";

    private void Transfer(Application application, string applicant)
    {
        Say("transfer", ("application", application.Id), ("applicant", applicant));
        LookAt(application);
    }

    /// <summary>One of the siblings passes to the other parent, and the rest follows or does not.</summary>
    private void TransferSiblings()
    {
        var tied = model.Applications
            .Where(one => one.IsActive)
            .GroupBy(one => (one.Applicant, one.Locality, one.Queue.Kind))
            .Where(family => family.Count() > 1)
            .Select(family => family.Take(3).ToList())
            .ToList();
        if (dice.PickOrNull(tied) is not { } siblings)
            return;
        var applicant = SomeApplicant();
        foreach (var sibling in siblings)
        {
            Transfer(sibling, applicant);
            if (dice.Chance(60))
                ReserveTogether(siblings);
        }
    }

    /// <summary>A child comes to the applicant of another, and they may be tied from then on.</summary>
    private void AdoptSomebody()
    {
        var waiting = Applications(Status.Waiting).FindAll(one => one.Reservation is null);
        if (dice.PickOrNull(waiting) is not { } one)
            return;
        var fitting = waiting.FindAll(other => other != one && other.Locality == one.Locality && other.Queue.Kind == one.Queue.Kind && Period.DaysBetween(one.Born, other.Born) is > -32 and < 32);
        if (dice.PickOrNull(fitting) is not { } adopted)
            return;
        Transfer(adopted, one.Applicant);
        ReserveTogether([one, adopted]);
    }

    private void ReserveTogether(List<Application> members)
    {
        var kindergarten = dice.Pick([.. model.Kindergartens.Values.Where(one => one.Locality == members[0].Locality && one.Kind == members[0].Queue.Kind)]);
        if (Say("reserve", ("applications", new JsonArray([.. members.Select(member => JsonValue.Create(member.Id))])), ("kindergarten", kindergarten.Id)))
            Follow(members[0]);
    }

    private void CorrectSomebody()
    {
        if (dice.Chance(25))
            Wait();
        if (dice.Chance(25))
        {
            CorrectLate();
            return;
        }

        // Those rather who leave at once when the date shows their 1 June past.
        var past = model.Applications.Where(one => one.IsActive && PastJune(one) is not null).ToList();
        var application = past.Count > 0 && dice.Chance(60) ? dice.Pick(past) : dice.PickOrNull(SomeStatus());
        if (application is not null)
            Correct(application);
    }

    private void Correct(Application application, LocalDate? date = null)
    {
        var (born, today) = (application.Born, Today(application.Locality));
        var corrected = date ?? dice.Below(10) switch
        {
            0 or 1 or 2 when PastJune(application) is { } early => early,
            3 => new LocalDate(born.Year, 6, 1).PlusDays(dice.Between(-1, 1)),
            4 => born.PlusDays(dice.Between(-40, 40)),
            5 => new LocalDate(born.Year, dice.Pick([1, 12]), dice.Between(1, 31)),
            6 when application.Queue.Kind == Kind.Sanatorium => today.PlusYears(-dice.Between(0, 9)).PlusDays(dice.Between(-200, 1)),
            6 => born.PlusYears(dice.Pick([-1, 1])),
            7 => today.PlusDays(dice.Below(2)),
            8 when CalendarSystem.Iso.IsLeapYear(born.Year) => new LocalDate(born.Year, 2, 29),
            _ => new LocalDate(born.Year, dice.Between(1, 12), dice.Between(1, 28)),
        };
        Say("correct", ("application", application.Id), ("born", LocalDatePattern.Iso.Format(corrected)));
        LookAt(application);
        if (application.IsWaiting && dice.Chance(20) && Applications(Status.Waiting).FindAll(other => other != application && other.Applicant == application.Applicant && other.Queue.Kind == application.Queue.Kind && other.Locality == application.Locality) is { Count: > 0 } siblings)
            ReserveTogether([application, dice.Pick(siblings)]);
    }

    /// <summary>One is filed that the right date shows to be past its 1 June; it is found out when the child is anywhere on its way.</summary>
    private void CorrectLate()
    {
        var locality = SomeLocality();
        var today = Today(locality);
        var kind = today.Month < 6 || dice.Chance(20) ? Kind.Sanatorium : dice.Pick([Kind.General, Kind.General, Kind.Special]);
        var born = kind == Kind.Sanatorium ? today.PlusYears(-2) : new LocalDate(today.Year - locality.Rules.AgeLimit, 12, 31);
        if (Submit(locality, kind, new Child($"l{lines.Count}", born, SomeApplicant())) is not { } application)
            return;
        FreeFor(application.Queue, many: 1);
        if (NextAvailability() is { } soon && soon < at + Duration.FromDays(4))
            MoveTo(soon);
        if (dice.Chance(85) && ReserveOnce(application) && dice.Chance(65) && Say("confirm", ("application", application.Id)) && application.Referral is { } referral)
        {
            if (dice.Chance(25))
                Say("cancel", ("application", application.Id));
            else if (dice.Chance(25))
                MoveTo(referral.ValidUntil);
        }

        Correct(application, dice.Chance(80) ? PastJune(application) : null);
        if (application.Referral is not null)
            Undo(application);
        else if (application.IsActive && (application.ReturnsAt ?? application.StopListing?.Until) is { } back)
            MoveNear(back);
        LookAt(application);
    }

    /// <summary>A birth date of the cohort by which the 1 June is past, if there is one.</summary>
    private LocalDate? PastJune(Application application)
    {
        var (today, ageLimit) = (Today(application.Locality), application.Locality.Rules.AgeLimit);
        var year = application.Queue.Kind == Kind.Sanatorium ? today.Year - ageLimit - dice.Below(3) : application.Born.Year;
        var early = new LocalDate(year, dice.Between(1, 5), dice.Between(1, 28));
        return application.TooOldFrom > at && Birthdays.LeavesForAge(early, ageLimit) <= today ? early : null;
    }
}
