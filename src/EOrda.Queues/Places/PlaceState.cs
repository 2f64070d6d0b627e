namespace EOrda.Queues.Places;

/// <summary>What a place is doing (rules, section 5).</summary>
public enum PlaceState : byte
{
    /// <summary>Reported free, waiting for the next handover.</summary>
    Reported,

    /// <summary>Published, waiting for the release.</summary>
    Locked,

    /// <summary>Can be reserved.</summary>
    Available,

    /// <summary>Held for one application.</summary>
    Reserved,

    /// <summary>Under a live referral.</summary>
    Referred,

    /// <summary>Given back, waiting for a release.</summary>
    Returning,

    /// <summary>Taken by an enrolled child.</summary>
    Enrolled,

    /// <summary>Taken back by the kindergarten, for good.</summary>
    Revoked,
}

/// <summary>Who may take an available place.</summary>
public enum Access : byte
{
    /// <summary>The first N of the queue (приоритетный доступ).</summary>
    Priority,

    /// <summary>Anyone waiting in the queue (свободный доступ).</summary>
    Open,
}
