namespace EOrda.Accounts.Lockouts;

/// <summary>The wrong attempts of one account from one device or address. The account need not exist.</summary>
internal sealed class AttemptPair
{
    public required byte[] Subject { get; init; }

    public required byte[] Origin { get; init; }

    /// <summary>The wrong attempt before the last.</summary>
    public DateTimeOffset? EarlierAt { get; set; }

    public DateTimeOffset? LastAt { get; set; }

    public DateTimeOffset? LockedUntil { get; set; }

    /// <summary>The local day of the last lock, as yyyymmdd.</summary>
    public int LockDay { get; set; }

    /// <summary>The locks of that day.</summary>
    public int LocksOfDay { get; set; }

    /// <summary>When the row was changed last, for retention.</summary>
    public DateTimeOffset TouchedAt { get; set; }
}
