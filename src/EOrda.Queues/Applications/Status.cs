namespace EOrda.Queues.Applications;

/// <summary>What an application is doing.</summary>
public enum Status : byte
{
    /// <summary>Under staff review: active, without a position.</summary>
    Review,

    /// <summary>In the queue, with a position; it may hold a reservation.</summary>
    Waiting,

    /// <summary>On its way back after a cancelled referral.</summary>
    Returning,

    /// <summary>In the stop-list: no position, no reservation.</summary>
    StopListed,

    /// <summary>Out of the queue with a live referral.</summary>
    Referred,

    /// <summary>Left for good.</summary>
    Archived,
}
