using NodaTime;

namespace EOrda.Model.Domain;

/// <summary>rules.md 6: a place held for one application.</summary>
internal sealed class Reservation
{
    public required Application Application { get; init; }

    public required Place Place { get; init; }

    public required Instant Until { get; init; }

    /// <summary>replay.md, Precisions, `carry`: whether the place was in priority access when it was reserved.</summary>
    public required bool InPriority { get; init; }

    /// <summary>rules.md 9: the reservations made in the same step, this one among them, in the order of the `reserve`.</summary>
    public required List<Reservation> Batch { get; init; }

    /// <summary>The half of a batch across queues that it is of, or null.</summary>
    public BatchHalf? Half { get; init; }
}

/// <summary>rules.md 9: one queue's half of a batch across queues. The queue that leads decides its end; the others hear it from there.</summary>
internal sealed class BatchHalf
{
    public required string Key { get; init; }

    public required bool Leads { get; init; }

    public required Instant Until { get; init; }

    /// <summary>The reservations of this queue's members, those that have left the batch taken out.</summary>
    public required List<Reservation> Members { get; init; }

    /// <summary>Pending until all halves are there.</summary>
    public bool IsHeld { get; set; }

    /// <summary>Undone, confirmed, dropped or lapsed.</summary>
    public bool IsOver { get; set; }
}

/// <summary>rules.md 6: a reservation that lapsed or was dropped, for the `lapse-limit`.</summary>
internal sealed record CountedLapse(string Child, QueueName Queue, LocalDate Date);
