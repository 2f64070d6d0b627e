using EOrda.Queues.Time;

namespace EOrda.Portal.Reservations;

/// <summary>Asks for a place, or for one of a kindergarten's; with siblings, for one each at the same kindergarten, all or none.</summary>
/// <param name="Place">The place; or</param>
/// <param name="Kindergarten">the kindergarten whose first suitable place is taken.</param>
/// <param name="Siblings">Further applications of the same applicant, with a kindergarten only.</param>
internal sealed record ReserveRequest(string? Place = null, string? Kindergarten = null, IReadOnlyList<SiblingProof>? Siblings = null);

/// <summary>A sibling's application and its secret.</summary>
internal sealed record SiblingProof(string Application, string Secret);

/// <summary>Places held.</summary>
/// <param name="Places">One an application, in the order asked for.</param>
/// <param name="Until">When they are given up if nobody confirms.</param>
internal sealed record ReservationView(IReadOnlyList<string> Places, Moment Until);

/// <summary>A place that was given up.</summary>
/// <param name="AvailableAt">From when it can be taken again.</param>
internal sealed record PlaceReturnsView(Moment AvailableAt);
