namespace EOrda.Queues.Order;

/// <summary>Why a position changed (rules, section 3).</summary>
public enum PositionCause : byte
{
    /// <summary>Someone ahead filed with an earlier instant or a better category.</summary>
    Filed,

    /// <summary>A review ended.</summary>
    Reviewed,

    /// <summary>Someone ahead was given a referral.</summary>
    Referral,

    /// <summary>Someone ahead withdrew.</summary>
    Withdrawal,

    /// <summary>Someone ahead went to the stop-list.</summary>
    StopList,

    /// <summary>Someone ahead left for age.</summary>
    Age,

    /// <summary>A stop-list ended and the application is back.</summary>
    StopListEnd,

    /// <summary>A referral was undone and the application is back.</summary>
    Return,

    /// <summary>A category changed: another's (a new benefit) or one's own.</summary>
    Category,

    /// <summary>With <c>carry</c>: the pattern moved on.</summary>
    Pattern,
}
