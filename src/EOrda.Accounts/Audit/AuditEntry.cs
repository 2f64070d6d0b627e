using EOrda.Accounts.Database;
using EOrda.Accounts.People;

namespace EOrda.Accounts.Audit;

/// <summary>What was done, on whose data, and why (P11).</summary>
/// <param name="Action">What: lower-case words joined by hyphens, at most 100 characters, such as <c>person-shown</c>.</param>
/// <param name="SubjectKind">The kind of the subject: <c>person</c>, <c>application</c>, …; at most 100 characters.</param>
/// <param name="SubjectId">The subject's identifier, never a name, an IIN or a phone; at most 100 characters.</param>
public sealed record AuditEntry(string Action, string SubjectKind, string SubjectId)
{
    /// <summary>The locality whose auditors see it; empty for those that concern none. At most 64 characters.</summary>
    public string Locality { get; init; } = "";

    /// <summary>What else the action was: identifiers and words, no personal data; at most 500 characters.</summary>
    public string Details { get; init; } = "";

    /// <summary>Why, in the words of who did it; at most 500 characters.</summary>
    public string Reason { get; init; } = "";

    internal void Check()
    {
        Check(Action, 1, AuditTables.LongestWord);
        Check(SubjectKind, 1, AuditTables.LongestWord);
        Check(SubjectId, 1, AuditTables.LongestWord);
        Check(Locality, 0, Duty.LongestScope);
        Check(Details, 0, AuditTables.LongestText);
        Check(Reason, 0, AuditTables.LongestText);
    }

    private static void Check(string field, int shortest, int longest)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(field.Length, shortest, nameof(field));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(field.Length, longest, nameof(field));
    }
}

/// <summary>Who did it.</summary>
/// <param name="PersonId">The account; null for the operator's command line and for callers whose account is not known.</param>
/// <param name="Duty">The role in which it was done, with its scope; null where there is no session.</param>
/// <param name="Address">The caller's address; <c>command-line</c> for the operator.</param>
/// <param name="DeviceId">The bound device, if it was one.</param>
public sealed record AuditActor(Guid? PersonId, Duty? Duty, string Address, Guid? DeviceId)
{
    /// <summary>The operator at the command line.</summary>
    public static AuditActor Operator { get; } = new(null, null, "command-line", null);

    internal static AuditActor Of(Acting acting) =>
        new(acting.Session.PersonId, acting.Session.Duty, acting.Origin.Address.ToString(), acting.Session.DeviceId);

    internal static AuditActor Of(Sessions.Session session, Origin origin) => new(session.PersonId, session.Duty, origin.Address.ToString(), session.DeviceId);

    internal static AuditActor Stranger(Origin origin) => new(null, null, origin.Address.ToString(), null);
}

/// <summary>An entry as it stands in the chain.</summary>
/// <param name="Sequence">Its place, from 1.</param>
/// <param name="At">When; never before the entry ahead of it.</param>
/// <param name="Actor">Who.</param>
/// <param name="Entry">What, on whose data, why.</param>
/// <param name="Hash">SHA-256 over the hash of the entry before it and all of the above.</param>
public sealed record AuditRecord(long Sequence, DateTimeOffset At, AuditActor Actor, AuditEntry Entry, string Hash);

/// <summary>Which entries; a filter that is null takes all.</summary>
public sealed record AuditQuery
{
    /// <summary>The most entries of one reply.</summary>
    public const int MostTaken = 200;

    /// <summary>By whom.</summary>
    public Guid? PersonId { get; init; }

    /// <summary>On what kind of data.</summary>
    public string? SubjectKind { get; init; }

    /// <summary>On whose data.</summary>
    public string? SubjectId { get; init; }

    /// <summary>Of which locality.</summary>
    public string? Locality { get; init; }

    /// <summary>What was done.</summary>
    public string? Action { get; init; }

    /// <summary>From this instant on.</summary>
    public DateTimeOffset? From { get; init; }

    /// <summary>Before this instant.</summary>
    public DateTimeOffset? Until { get; init; }

    /// <summary>Before this sequence: the last of the page before.</summary>
    public long? Before { get; init; }

    /// <summary>At most so many, 1 to <see cref="MostTaken"/>; the newest first.</summary>
    public int Take { get; init; } = 50;
}

/// <summary>What verification found.</summary>
/// <param name="Entries">How many entries were read.</param>
/// <param name="FaultAt">The sequence of the first entry that is missing or is not what was written; null when the chain holds.</param>
/// <param name="End">The end of the chain.</param>
public sealed record AuditVerdict(long Entries, long? FaultAt, AuditAnchor End)
{
    /// <summary>True when every entry is what was written.</summary>
    public bool Holds => FaultAt is null;
}

/// <summary>A place in the chain. Kept outside the database it shows later that nothing up to it was written anew or cut off.</summary>
/// <param name="Sequence">The last entry.</param>
/// <param name="Hash">Its hash, in hexadecimal.</param>
public sealed record AuditAnchor(long Sequence, string Hash);
