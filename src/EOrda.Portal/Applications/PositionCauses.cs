using EOrda.Queues.Order;

namespace EOrda.Portal.Applications;

/// <summary>The words of the causes of a position's change.</summary>
internal static class PositionCauses
{
    /// <summary>The cause's word.</summary>
    public static string WordOf(PositionCause cause) => cause switch
    {
        PositionCause.Filed => "filed",
        PositionCause.Reviewed => "reviewed",
        PositionCause.Referral => "referral",
        PositionCause.Withdrawal => "withdrawal",
        PositionCause.StopList => "stop-list",
        PositionCause.Age => "age",
        PositionCause.StopListEnd => "stop-list-end",
        PositionCause.Return => "return",
        PositionCause.Category => "category",
        PositionCause.Pattern => "pattern",
        _ => throw new ArgumentOutOfRangeException(nameof(cause), cause, "Not a cause."),
    };
}
