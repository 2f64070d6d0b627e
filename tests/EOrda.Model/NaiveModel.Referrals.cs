using EOrda.Model.Domain;
using EOrda.Model.Replay;
using NodaTime;

namespace EOrda.Model;

/// <summary>rules.md 7: `cancel`, `extend`, `verify`, `enrol`, `refuse`.</summary>
public sealed partial class NaiveModel
{
    /// <summary>rules.md 7: within `cancelHours` of issue; back `returnMinutes` later; the place returns like a lapsed reservation.</summary>
    private Answer Cancel(ReplayLine line)
    {
        if (FindApplication(line.Text("application")) is not { } application)
            return Replay.Answer.No("unknown-application");
        if (application.Referral is not { } referral)
            return Replay.Answer.No("no-referral");
        var rules = application.Locality.Rules;
        if (now >= referral.IssuedAt + Duration.FromHours(rules.CancelHours))
            return Replay.Answer.No("too-late");

        EndReferral(referral);
        application.Status = Status.Returning;
        application.ReturnsAt = now + Duration.FromMinutes(rules.ReturnMinutes);

        // rules.md 5: a referral of an earlier date counted in nobody's window of today.
        var issuedToday = referral.IssueDate == Today(application.Locality);
        Told($"cancelled, issued {(issuedToday ? "today" : "before")}, {(referral.InPriority ? "priority" : "open")}");
        var availableAt = ReturnPlace(referral.Place, givenUpInPriority: referral.InPriority && issuedToday);
        return Replay.Answer.Ok(("returnsAt", InstantText.Write(application.ReturnsAt.Value)), ("availableAt", InstantText.Write(availableAt)));
    }

    /// <summary>rules.md 7: once, only on the last valid date, by 1 to `extensionMaxDays` calendar days.</summary>
    private Answer Extend(ReplayLine line)
    {
        if (FindApplication(line.Text("application")) is not { } application)
            return Replay.Answer.No("unknown-application");
        if (application.Referral is not { } referral)
            return Replay.Answer.No("no-referral");
        if (referral.Extended)
            return Replay.Answer.No("already-extended");
        if (Today(application.Locality) != referral.LastValidDate)
            return Replay.Answer.No("not-last-day");
        var days = line.WholeNumber("days");
        if (days < 1 || days > application.Locality.Rules.ExtensionMaxDays)
            return Replay.Answer.No("bad-length");

        referral.Extended = true;
        referral.LastValidDate = referral.LastValidDate.PlusDays((int)days);
        referral.ValidUntil = application.Locality.Clock.EndOf(referral.LastValidDate);
        return Replay.Answer.Ok(("validUntil", InstantText.Write(referral.ValidUntil)));
    }

    /// <summary>rules.md 7: confirmed against the originals; denied: annulled, at once back as general, the place returns.</summary>
    private Answer Verify(ReplayLine line)
    {
        if (FindApplication(line.Text("application")) is not { } application)
            return Replay.Answer.No("unknown-application");
        if (application.Referral is not { } referral)
            return Replay.Answer.No("no-referral");
        if (referral.Verified)
            return Replay.Answer.No("not-unverified");

        if (line.Truth("approve"))
        {
            referral.Verified = true;
        }
        else
        {
            application.Category = Category.General;
            EndReferral(referral);
            ReturnPlace(referral.Place);
            ComeBack(application);
            Told("verify denied, " + application.Status);
        }

        return StatusAndPosition(application);
    }

    /// <summary>rules.md 7: used. rules.md 4: a child enrolled anew leaves the place it held in the same kind, which is freed.</summary>
    private Answer Enrol(ReplayLine line)
    {
        if (FindApplication(line.Text("application")) is not { } application)
            return Replay.Answer.No("unknown-application");
        if (application.Referral is not { } referral)
            return Replay.Answer.No("no-referral");
        if (!referral.Verified)
            return Replay.Answer.No("unverified");

        var left = places.Find(place => place.Enrolled is { } other && other.Child == application.Child && place.Queue.Kind == application.Queue.Kind);
        if (left is not null)
            Report(left);
        Told(left is null ? "enrolled" : "enrolled, leaving a place");

        EndReferral(referral);
        referral.Place.State = PlaceState.Enrolled;
        referral.Place.Enrolled = application;
        Archive(application, Cause.Enrolled);
        return Replay.Answer.Ok(("left", left?.Id));
    }

    /// <summary>rules.md 7: refused by the kindergarten: annulled, back at once without penalty, the place returns.</summary>
    private Answer Refuse(ReplayLine line)
    {
        if (FindApplication(line.Text("application")) is not { } application)
            return Replay.Answer.No("unknown-application");
        if (application.Referral is not { } referral)
            return Replay.Answer.No("no-referral");

        // It does not count for the monthly limit.
        referral.UndoneByKindergarten = true;
        EndReferral(referral);
        ReturnPlace(referral.Place);
        ComeBack(application);
        Told("refused, " + application.Status);
        return StatusAndPosition(application);
    }
}
