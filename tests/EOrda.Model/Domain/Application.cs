using NodaTime;

namespace EOrda.Model.Domain;

/// <summary>rules.md 1: one child's wish for a place, filed by a legal representative.</summary>
internal sealed class Application
{
    public required string Id { get; init; }

    /// <summary>The registration number: the order in which applications were filed.</summary>
    public required int Number { get; init; }

    public required Locality Locality { get; init; }

    public required QueueName Queue { get; init; }

    public required string Child { get; init; }

    /// <summary>As registered; `correct` changes it.</summary>
    public required LocalDate Born { get; set; }

    /// <summary>The legal representative; `transfer` changes it.</summary>
    public required string Applicant { get; set; }

    /// <summary>rules.md 3: the original submission instant, which never changes.</summary>
    public required Instant Submitted { get; init; }

    /// <summary>rules.md 4: 00:00 local of the first 1 June on or after the birthday that reaches the age limit.</summary>
    public required Instant TooOldFrom { get; set; }

    public required string Category { get; set; }

    public required string Status { get; set; }

    /// <summary>rules.md 4: the last local date on which the application is valid.</summary>
    public required LocalDate LastValidDate { get; set; }

    /// <summary>Why it is archived; the cause of a stop-listing is with the stop-listing.</summary>
    public string? ArchiveCause { get; set; }

    /// <summary>rules.md 7: referrals that expired without enrolment, in the application's life.</summary>
    public int Misses { get; set; }

    /// <summary>rules.md 7: when a cancelled application is back at its place.</summary>
    public Instant? ReturnsAt { get; set; }

    public Reservation? Reservation { get; set; }

    public Referral? Referral { get; set; }

    public StopListing? StopListing { get; set; }

    /// <summary>Its enrolment is prepared: it goes forward, and the referral does not expire any more.</summary>
    public bool IsEnrolling { get; set; }

    /// <summary>rules.md 4: active = under review, waiting, returning, stop-listed, or referred with a live referral.</summary>
    public bool IsActive => Status != Domain.Status.Archived;

    public bool IsWaiting => Status == Domain.Status.Waiting;
}
