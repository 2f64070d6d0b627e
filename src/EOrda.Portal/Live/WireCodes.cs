using EOrda.Portal.Applications;
using EOrda.Queues;
using EOrda.Queues.Applications;
using EOrda.Queues.Names;
using EOrda.Queues.Order;
using EOrda.Queues.Places;

namespace EOrda.Portal.Live;

/// <summary>The numbers of live messages, and how several are packed into one (docs/api.md, "Live"). Clients have the same tables.</summary>
internal static class WireCodes
{
    /// <summary>What a place is doing.</summary>
    public static readonly WireTable<PlaceState> States = new(
        Words.Of,
        PlaceState.Reported,
        PlaceState.Locked,
        PlaceState.Available,
        PlaceState.Reserved,
        PlaceState.Referred,
        PlaceState.Returning,
        PlaceState.Enrolled,
        PlaceState.Revoked);

    /// <summary>Who may take an available place. In an update the number after the last stands for none.</summary>
    public static readonly WireTable<Access> Accesses = new(access => access == Access.Priority ? "priority" : "open", Access.Priority, Access.Open);

    /// <summary>The lanes of the order.</summary>
    public static readonly WireTable<Category> Lanes = new(Words.Of, Category.OutOfTurn, Category.FirstPriority, Category.General);

    /// <summary>Why the order changed.</summary>
    public static readonly WireTable<PositionCause> Causes = new(
        PositionCauses.WordOf,
        PositionCause.Filed,
        PositionCause.Reviewed,
        PositionCause.Referral,
        PositionCause.Withdrawal,
        PositionCause.StopList,
        PositionCause.Age,
        PositionCause.StopListEnd,
        PositionCause.Return,
        PositionCause.Category,
        PositionCause.Pattern);

    /// <summary>A place's state and access, and whether an instant follows.</summary>
    public static int Of(PlaceView place)
    {
        var access = place.Access is { } known ? Accesses.Of(known) : Accesses.Count;
        return ((States.Of(place.State) * (Accesses.Count + 1)) + access) * 2 + (place.From is null ? 0 : 1);
    }

    /// <summary>Why somebody came into which lane, or left it.</summary>
    public static int Of(OrderChange change) => ((Causes.Of(change.Cause) * Lanes.Count) + Lanes.Of(change.Lane)) * 2 + (change.Step > 0 ? 1 : 0);

    /// <summary>A lane and the registration number of its last application inside the window; null when none of the lane is inside.</summary>
    public static long Of(Category lane, int? last) => ((last + 1L ?? 0) * Lanes.Count) + Lanes.Of(lane);
}
