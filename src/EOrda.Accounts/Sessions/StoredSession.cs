using EOrda.Accounts.People;

namespace EOrda.Accounts.Sessions;

/// <summary>A session as it is stored: by the hash of its token.</summary>
internal sealed class StoredSession
{
    public required Guid Id { get; init; }

    public required byte[] TokenHash { get; init; }

    public required Guid PersonId { get; init; }

    public required Role Role { get; init; }

    public required string Scope { get; init; }

    public required Guid? DeviceId { get; init; }

    public required DateTimeOffset SignedInAt { get; init; }

    public required DateTimeOffset ExpiresAt { get; init; }

    public DateTimeOffset LastSeenAt { get; set; }

    public DateTimeOffset? EndedAt { get; set; }

    public SessionEnd? EndReason { get; set; }

    /// <summary>True for staff: their sessions and those of a parent are counted apart.</summary>
    public bool IsStaff => Role != Role.Parent;
}

/// <summary>Why a session ended. The numbers are stored.</summary>
internal enum SessionEnd
{
    /// <summary>By its owner.</summary>
    SignedOut = 1,

    /// <summary>By a newer sign-in.</summary>
    Superseded = 2,

    /// <summary>By staff or by a change of credentials or roles.</summary>
    Revoked = 3,
}
