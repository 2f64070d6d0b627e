namespace EOrda.Model.Domain;

/// <summary>rules.md 1: the kinds of queue.</summary>
internal static class Kind
{
    public const string General = "general";
    public const string Special = "special";
    public const string Sanatorium = "sanatorium";

    public static readonly IReadOnlyList<string> All = [General, Special, Sanatorium];
}

/// <summary>rules.md 1: the categories.</summary>
internal static class Category
{
    public const string OutOfTurn = "out-of-turn";
    public const string FirstPriority = "first-priority";
    public const string General = "general";

    public static readonly IReadOnlyList<string> All = [OutOfTurn, FirstPriority, General];
}

/// <summary>replay.md, below "Commands": the statuses of an application.</summary>
internal static class Status
{
    public const string Review = "review";
    public const string Waiting = "waiting";
    public const string Returning = "returning";
    public const string StopListed = "stop-listed";
    public const string Referred = "referred";
    public const string Archived = "archived";
}

/// <summary>replay.md, below "Commands": why an application is archived or stop-listed.</summary>
internal static class Cause
{
    public const string Withdrawn = "withdrawn";
    public const string Refused = "refused";
    public const string Enrolled = "enrolled";
    public const string MissedTwice = "missed-twice";
    public const string TooOld = "too-old";
    public const string NotProlonged = "not-prolonged";
    public const string ReferralExpired = "referral-expired";
}

/// <summary>replay.md, below "Commands": the states of a place, and its access.</summary>
internal static class PlaceState
{
    public const string Reported = "reported";
    public const string Locked = "locked";
    public const string Available = "available";
    public const string Reserved = "reserved";
    public const string Referred = "referred";
    public const string Returning = "returning";
    public const string Enrolled = "enrolled";
    public const string Revoked = "revoked";
}

/// <summary>rules.md 5: who may take an available place.</summary>
internal static class Access
{
    public const string Priority = "priority";
    public const string Open = "open";
}
