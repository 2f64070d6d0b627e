namespace EOrda.Queues.Applications;

/// <summary>Why an application is archived or stop-listed.</summary>
public enum Cause : byte
{
    /// <summary>Neither archived nor stop-listed.</summary>
    None,

    /// <summary>Archived: the applicant took it back.</summary>
    Withdrawn,

    /// <summary>Archived: the entitlement was refused in review (special, sanatorium).</summary>
    Refused,

    /// <summary>Archived: the child has its place.</summary>
    Enrolled,

    /// <summary>Archived: referrals expired unused more often than is allowed.</summary>
    MissedTwice,

    /// <summary>Archived: the first 1 June on or after the age limit has come.</summary>
    TooOld,

    /// <summary>Stop-listed by the clean-up; archived when not prolonged in it.</summary>
    NotProlonged,

    /// <summary>Stop-listed: a referral expired unused.</summary>
    ReferralExpired,
}
