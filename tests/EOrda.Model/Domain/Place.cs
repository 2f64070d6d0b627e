using NodaTime;

namespace EOrda.Model.Domain;

/// <summary>rules.md 1 and 5: one seat in one group of one kindergarten.</summary>
internal sealed class Place
{
    public required string Id { get; init; }

    /// <summary>The registration number, kept for life (replay.md, Precisions).</summary>
    public required int Number { get; init; }

    public required Kindergarten Kindergarten { get; init; }

    public required QueueName Queue { get; init; }

    public string State { get; set; } = PlaceState.Reported;

    /// <summary>While reported: its handover.</summary>
    public Instant? HandoverAt { get; set; }

    /// <summary>While reported, locked or returning: when it becomes available. Fixed, whatever is amended later (rules.md 10).</summary>
    public Instant? AvailableAt { get; set; }

    /// <summary>rules.md 5: when priority access ends; fixed at the release; null when there is none.</summary>
    public Instant? PriorityUntil { get; set; }

    /// <summary>
    /// While returning: the local date on which it came back by a lapse, a drop or the cancellation of a referral issued on that date,
    /// if its last reservation was made in priority access; else null (replay.md, Precisions, the window's rank).
    /// </summary>
    public LocalDate? GivenUpOn { get; set; }

    public Reservation? Reservation { get; set; }

    public Referral? Referral { get; set; }

    /// <summary>The application by which a child is enrolled here.</summary>
    public Application? Enrolled { get; set; }

    /// <summary>rules.md 2 and 5: priority or open follows from the clock at exactly its instant.</summary>
    public string? AccessAt(Instant now)
    {
        if (State != PlaceState.Available)
            return null;
        return PriorityUntil is { } end && now < end ? Access.Priority : Access.Open;
    }

    /// <summary>replay.md, below "Commands": `from`.</summary>
    public Instant? FromAt(Instant now) => State switch
    {
        PlaceState.Reported or PlaceState.Locked or PlaceState.Returning => AvailableAt,
        PlaceState.Available => AccessAt(now) == Access.Priority ? PriorityUntil : null,
        PlaceState.Reserved => Reservation!.Until,
        PlaceState.Referred => Referral!.ValidUntil,
        _ => null,
    };
}
