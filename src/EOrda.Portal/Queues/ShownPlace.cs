using EOrda.Queues;
using EOrda.Queues.Names;
using EOrda.Queues.Places;

namespace EOrda.Portal.Queues;

/// <summary>
/// A place as everyone may see it. The special and sanatorium queues tell of a child's health; there a place that somebody has is <c>reserved</c> and no more,
/// whether it is reserved, referred or enrolled, and without its end: else the instant at which a child leaves the order would tell which place it has.
/// </summary>
internal static class ShownPlace
{
    /// <summary>The place as it is shown.</summary>
    public static PlaceView Of(QueueKey queue, PlaceView place) =>
        TellsWhatIsTaken(queue) || place.State is not (PlaceState.Reserved or PlaceState.Referred or PlaceState.Enrolled)
            ? place
            : place with { State = PlaceState.Reserved, From = null };

    /// <summary>True when everyone may see of a queue's taken places whether they are reserved, referred or enrolled.</summary>
    public static bool TellsWhatIsTaken(QueueKey queue) => queue.Kind == Kind.General;
}
