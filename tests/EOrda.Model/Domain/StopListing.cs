using NodaTime;

namespace EOrda.Model.Domain;

/// <summary>rules.md 8: an application barred for a while.</summary>
internal sealed class StopListing
{
    public required string Cause { get; init; }

    /// <summary>The local date on which it began.</summary>
    public required LocalDate Since { get; init; }

    public required Instant Until { get; init; }

    /// <summary>rules.md 4: whether the application was prolonged while in the stop-list.</summary>
    public bool Prolonged { get; set; }
}
