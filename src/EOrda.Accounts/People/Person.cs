namespace EOrda.Accounts.People;

/// <summary>An account. A parent is known by IIN and phone, staff by login; what tells who it is lies encrypted beside keyed hashes to find it by.</summary>
internal sealed class Person
{
    public required Guid Id { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public byte[]? IinKey { get; set; }

    public string? ProtectedIin { get; set; }

    public byte[]? PhoneKey { get; set; }

    public string? ProtectedPhone { get; set; }

    /// <summary>When the owner changed the number last; null until the first change.</summary>
    public DateTimeOffset? PhoneChangedAt { get; set; }

    public byte[]? LoginKey { get; set; }

    public string? ProtectedLogin { get; set; }

    public string? ProtectedName { get; set; }

    public string? PasswordHash { get; set; }

    public string? ProtectedAuthenticator { get; set; }

    /// <summary>The step of 30 seconds whose code was taken last: a code is taken once.</summary>
    public long AuthenticatorStep { get; set; }

    public DateTimeOffset? BlockedUntil { get; set; }

    public string? BlockReason { get; set; }

    public bool IsBlocked(DateTimeOffset now) => BlockedUntil > now;

    public Refusal BlockedRefusal(DateTimeOffset now) => new(Reasons.Blocked, BlockedUntil - now, BlockReason);
}

/// <summary>A role that a member of staff has, or had.</summary>
internal sealed class RoleGrant
{
    public required Guid Id { get; init; }

    public required Guid PersonId { get; init; }

    public required Role Role { get; init; }

    public required string Scope { get; init; }

    public required DateTimeOffset GrantedAt { get; init; }

    public DateTimeOffset? RevokedAt { get; set; }

    public Duty Duty => new(Role, Scope);
}
