using System.Text.Json.Nodes;
using EOrda.Model.Domain;
using EOrda.Model.Replay;
using EOrda.Model.Time;
using NodaTime;

namespace EOrda.Model;

/// <summary>rules.md 4: `submit`, `review`, `category`, `transfer`, `correct`, `prolong`, `cleanup`, `withdraw`.</summary>
public sealed partial class NaiveModel
{
    private Answer Submit(ReplayLine line)
    {
        // replay.md, Precisions, "Queue text".
        if (QueueName.Split(line.Text("queue")) is not { } queue)
            return Replay.Answer.No("bad-queue");
        if (!localities.TryGetValue(queue.Locality, out var locality))
            return Replay.Answer.No("unknown-locality");
        if (!queue.HasKindAndCohort())
            return Replay.Answer.No("bad-queue");
        if (FindApplication(line.Text("application")) is not null)
            return Replay.Answer.No("duplicate-application");

        var born = line.Date("born");
        var today = Today(locality);
        if (Birthdays.FullYears(born, today) >= locality.Rules.AgeLimit)
            return Replay.Answer.No("too-old");
        if (born > today)
            return Replay.Answer.No("not-born");

        if (!IsOfCohort(born, queue))
            return Replay.Answer.No("wrong-cohort");

        // rules.md 4: one active application per kind in the whole country.
        var child = line.Text("child");
        if (toldOfOther ?? applications.Exists(other => other.Child == child && other.Queue.Kind == queue.Kind && other.IsActive))
            return Replay.Answer.No("already-queued");

        var application = new Application
        {
            Id = line.Text("application"),
            Number = applications.Count + 1,
            Locality = locality,
            Queue = queue,
            Child = child,
            Born = born,
            Applicant = line.Text("applicant"),
            Submitted = line.Has("submitted") ? line.Instant("submitted") : now,
            TooOldFrom = TooOldFrom(born, locality),
            Category = line.Text("category"),
            Status = line.Has("review") && line.Truth("review") ? Status.Review : Status.Waiting,

            // replay.md, Precisions: validity runs from the local date of `at`, for imports too.
            LastValidDate = today.PlusMonths(locality.Rules.ValidMonths),
        };
        applications.Add(application);
        return StatusAndPosition(application);
    }

    /// <summary>rules.md 4: approved, it takes its category; a refused benefit waits as general; a refused entitlement is refused.</summary>
    private Answer Review(ReplayLine line)
    {
        if (FindApplication(line.Text("application")) is not { } application)
            return Replay.Answer.No("unknown-application");
        if (application.Status != Status.Review)
            return Replay.Answer.No("not-under-review");

        if (line.Truth("approve"))
        {
            ComeBack(application);
        }
        else if (application.Queue.Kind == Kind.General)
        {
            application.Category = Category.General;
            ComeBack(application);
        }
        else
        {
            application.Category = Category.General;
            Archive(application, Cause.Refused);
        }

        return StatusAndPosition(application);
    }

    /// <summary>rules.md 4: the submission instant is kept. replay.md, Precisions: kept for when it comes back.</summary>
    private Answer ChangeCategory(ReplayLine line)
    {
        if (FindApplication(line.Text("application")) is not { } application)
            return Replay.Answer.No("unknown-application");
        if (!application.IsActive)
            return Replay.Answer.No("not-active");
        Told($"category while {application.Status}" + Holding(application));
        application.Category = line.Text("category");
        return StatusAndPosition(application);
    }

    /// <summary>rules.md 4: to the other legal representative; its place in the queue stays.</summary>
    private Answer Transfer(ReplayLine line)
    {
        if (FindApplication(line.Text("application")) is not { } application)
            return Replay.Answer.No("unknown-application");
        if (!application.IsActive)
            return Replay.Answer.No("not-active");
        Told($"transfer while {application.Status}" + Holding(application));
        application.Applicant = line.Text("applicant");
        return Replay.Answer.Ok();
    }

    /// <summary>rules.md 4 and replay.md, Precisions: what was decided by the old date stays; a child whose 1 June is past leaves at once.</summary>
    private Answer Correct(ReplayLine line)
    {
        if (FindApplication(line.Text("application")) is not { } application)
            return Replay.Answer.No("unknown-application");
        if (!application.IsActive)
            return Replay.Answer.No("not-active");
        var born = line.Date("born");
        if (born > Today(application.Locality))
            return Replay.Answer.No("not-born");
        if (!IsOfCohort(born, application.Queue))
            return Replay.Answer.No("wrong-cohort");

        application.Born = born;
        application.TooOldFrom = TooOldFrom(born, application.Locality);
        var past = now >= application.TooOldFrom;
        Told($"correct while {application.Status}{Holding(application)}{(past ? ", past its 1 June" : "")}");
        if (past && application.Status is (Status.Waiting or Status.Review))
            LeaveForAge(application);
        return StatusAndPosition(application);
    }

    /// <summary>rules.md 4: `general` and `special`: the birth year is the cohort.</summary>
    private static bool IsOfCohort(LocalDate born, QueueName queue) => queue.Kind == Kind.Sanatorium || queue.Cohort == $"{born.Year:0000}";

    private static Instant TooOldFrom(LocalDate born, Locality locality) => locality.Clock.StartOf(Birthdays.LeavesForAge(born, locality.Rules.AgeLimit));

    private static string Holding(Application application) =>
        application.Reservation is not { } reservation ? "" : reservation.Batch.Count > 1 ? " holding (batch)" : " holding";

    /// <summary>rules.md 4: sets `validMonths` from now.</summary>
    private Answer Prolong(ReplayLine line)
    {
        if (FindApplication(line.Text("application")) is not { } application)
            return Replay.Answer.No("unknown-application");
        if (!application.IsActive)
            return Replay.Answer.No("not-active");
        Told($"prolong while {application.Status} {application.StopListing?.Cause}".TrimEnd());
        application.LastValidDate = Today(application.Locality).PlusMonths(application.Locality.Rules.ValidMonths);
        application.StopListing?.Prolonged = true;
        return Replay.Answer.Ok(("validUntil", InstantText.Write(application.Locality.Clock.EndOf(application.LastValidDate))));
    }

    /// <summary>rules.md 4 and replay.md, Precisions: waiting applications without a reservation whose validity is over go to the stop-list.</summary>
    private Answer CleanUp(ReplayLine line)
    {
        if (!localities.TryGetValue(line.Text("locality"), out var locality))
            return Replay.Answer.No("unknown-locality");
        return Replay.Answer.Ok(("stopListed", StopListLapsed(application => application.Locality == locality)));
    }

    /// <summary>
    /// The part of a clean-up that concerns one queue, as an answer line. A locality's queues may be cleaned up one after another, each at an instant of its own.
    /// </summary>
    /// <param name="queue">The queue, for example `almaty/general/2022`.</param>
    /// <param name="at">The instant, not before the one of the line before.</param>
    public string CleanUpQueue(string queue, Instant at)
    {
        PassTime(at);
        return Replay.Answer.Ok(("stopListed", StopListLapsed(application => application.Queue.ToString() == queue))).Write(lineNumber);
    }

    private JsonArray StopListLapsed(Func<Application, bool> concerns)
    {
        var lapsed = applications
            .Where(concerns)
            .Where(application => application.IsWaiting && application.Reservation is null)
            .Where(application => application.Locality.Clock.EndOf(application.LastValidDate) <= now)
            .ToList();
        foreach (var application in lapsed)
            StopList(application, Cause.NotProlonged, since: Today(application.Locality), from: Today(application.Locality));
        Told(lapsed.Count > 0 ? "cleanup with somebody" : "cleanup with nobody");
        return new JsonArray([.. lapsed.Select(application => JsonValue.Create(application.Id))]);
    }

    private Answer Withdraw(ReplayLine line)
    {
        if (FindApplication(line.Text("application")) is not { } application)
            return Replay.Answer.No("unknown-application");
        if (!application.IsActive)
            return Replay.Answer.No("not-active");
        if (application.Status == Status.Referred)
            return Replay.Answer.No("referred");
        Told($"withdraw while {application.Status}" + Holding(application));
        LeaveReservation(application);
        Archive(application, Cause.Withdrawn);
        return Replay.Answer.Ok();
    }
}
