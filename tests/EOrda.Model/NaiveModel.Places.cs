using EOrda.Model.Domain;
using EOrda.Model.Replay;

namespace EOrda.Model;

/// <summary>rules.md 5: `free`, `revoke`, `leave`.</summary>
public sealed partial class NaiveModel
{
    private Answer Free(ReplayLine line)
    {
        if (!kindergartens.TryGetValue(line.Text("kindergarten"), out var kindergarten))
            return Replay.Answer.No("unknown-kindergarten");
        if (FindPlace(line.Text("place")) is not null)
            return Replay.Answer.No("duplicate-place");
        if (QueueServedBy(kindergarten, line) is not { } queue)
            return Replay.Answer.No("bad-queue");

        var place = new Place { Id = line.Text("place"), Number = places.Count + 1, Kindergarten = kindergarten, Queue = queue };
        places.Add(place);
        var availableAt = Report(place);
        return Replay.Answer.Ok(("queue", queue.ToString()), ("availableAt", InstantText.Write(availableAt)));
    }

    /// <summary>rules.md 5, "Which queue a place serves"; null: bad-queue.</summary>
    private QueueName? QueueServedBy(Kindergarten kindergarten, ReplayLine line)
    {
        if (line.Has("queue"))
        {
            return FindQueue(line.Text("queue")) is { } queue && queue.Locality == kindergarten.Locality.Name && queue.Kind == kindergarten.Kind
                ? queue
                : null;
        }

        // replay.md, Precisions: `age` given for a sanatorium kindergarten is bad-queue.
        if (kindergarten.Kind == Kind.Sanatorium)
            return null;

        // January–May: the school year began last year; September–December: this year; June–August: the one that begins this year.
        var today = Today(kindergarten.Locality);
        var schoolYear = today.Month <= 5 ? today.Year - 1 : today.Year;
        var cohort = schoolYear - (int)line.WholeNumber("age");
        return new QueueName(kindergarten.Locality.Name, kindergarten.Kind, $"{cohort:0000}");
    }

    /// <summary>rules.md 5: in any state before enrolment, also after a referral for it was issued.</summary>
    private Answer Revoke(ReplayLine line)
    {
        if (FindPlace(line.Text("place")) is not { } place)
            return Replay.Answer.No("unknown-place");
        if (place.State is PlaceState.Enrolled or PlaceState.Revoked)
            return Replay.Answer.No(place.State);

        Told($"revoke while {place.State}" + (place.Reservation is { Batch.Count: > 1 } ? " (batch)" : ""));
        if (place.Reservation is { } reservation)
            EndReservation(reservation);
        if (place.Referral is { } referral)
        {
            // rules.md 7: annulled, the application is back at once, no penalty; it does not count for the monthly limit.
            referral.UndoneByKindergarten = true;
            EndReferral(referral);
            ComeBack(referral.Application);
            Told("revoked under a referral, " + referral.Application.Status);
        }

        place.State = PlaceState.Revoked;
        place.HandoverAt = null;
        place.AvailableAt = null;
        place.PriorityUntil = null;
        return Replay.Answer.Ok();
    }

    /// <summary>rules.md 7: a child that leaves frees its place: reported again, as if freed anew in the same queue (replay.md, Precisions).</summary>
    private Answer Leave(ReplayLine line)
    {
        if (FindApplication(line.Text("application")) is not { } application)
            return Replay.Answer.No("unknown-application");
        if (places.Find(place => place.Enrolled == application) is not { } held)
            return Replay.Answer.No("not-enrolled");
        var availableAt = Report(held);
        return Replay.Answer.Ok(("place", held.Id), ("availableAt", InstantText.Write(availableAt)));
    }
}
