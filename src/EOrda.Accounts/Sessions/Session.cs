using EOrda.Accounts.People;

namespace EOrda.Accounts.Sessions;

/// <summary>A live session.</summary>
/// <param name="Id">Its identifier; tells nothing of its token.</param>
/// <param name="PersonId">Whose.</param>
/// <param name="Duty">The role in which it acts.</param>
/// <param name="DeviceId">The bound device it was begun on, or null.</param>
/// <param name="SignedInAt">When it began.</param>
/// <param name="ExpiresAt">Its greatest age; a parent's can end earlier, by being idle.</param>
public sealed record Session(Guid Id, Guid PersonId, Duty Duty, Guid? DeviceId, DateTimeOffset SignedInAt, DateTimeOffset ExpiresAt);

/// <summary>Somebody has signed in.</summary>
/// <param name="Session">The session.</param>
/// <param name="Token">Its token, for the session cookie. Told once: the database has its hash.</param>
/// <param name="DeviceToken">The token of a device that was bound now, for the device cookie; null when none was.</param>
public sealed record SignedIn(Session Session, string Token, string? DeviceToken = null)
{
    /// <summary>The sessions that this one has ended.</summary>
    internal IReadOnlyList<Guid> Ended { get; init; } = [];

    /// <summary>True when an older session was ended by this one.</summary>
    public bool EndedAnother => Ended.Count > 0;

    /// <summary>Tells no token.</summary>
    public override string ToString() => Session.ToString();
}

/// <summary>A session that this node knew has ended.</summary>
public sealed class SessionEndedEventArgs(Guid sessionId, string reason) : EventArgs
{
    /// <summary>Which.</summary>
    public Guid SessionId { get; } = sessionId;

    /// <summary>A word of <see cref="Reasons"/>.</summary>
    public string Reason { get; } = reason;
}
