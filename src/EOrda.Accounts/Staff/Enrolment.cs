namespace EOrda.Accounts.Staff;

/// <summary>A link by which a member of staff sets password and authenticator, once.</summary>
internal sealed class Enrolment
{
    public required Guid Id { get; init; }

    public required Guid PersonId { get; init; }

    public required byte[] TokenHash { get; init; }

    public required string ProtectedAuthenticator { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public required DateTimeOffset ExpiresAt { get; init; }

    /// <summary>When it was used or replaced.</summary>
    public DateTimeOffset? EndedAt { get; set; }

    /// <summary>Wrong codes of the authenticator so far.</summary>
    public int Tries { get; set; }
}
