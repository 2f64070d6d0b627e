using NodaTime;

namespace EOrda.Model.Domain;

/// <summary>rules.md 7: the document that entitles the child to enrol.</summary>
internal sealed class Referral
{
    public required string Id { get; init; }

    public required Application Application { get; init; }

    public required Place Place { get; init; }

    public required Instant IssuedAt { get; init; }

    public required LocalDate IssueDate { get; init; }

    /// <summary>The last local date on which it can be used.</summary>
    public required LocalDate LastValidDate { get; set; }

    /// <summary>From this instant on it is no longer valid: the local midnight that ends the last valid date.</summary>
    public required Instant ValidUntil { get; set; }

    public required bool Verified { get; set; }

    public bool Extended { get; set; }

    /// <summary>Whether the place was reserved in priority access.</summary>
    public required bool InPriority { get; init; }

    /// <summary>rules.md 7: undone by a revoked place or by the kindergarten's refusal; such a one does not count for the monthly limit.</summary>
    public bool UndoneByKindergarten { get; set; }
}
