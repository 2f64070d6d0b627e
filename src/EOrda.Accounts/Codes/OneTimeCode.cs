namespace EOrda.Accounts.Codes;

/// <summary>A one-time code: hashed with a key, never the digits.</summary>
internal sealed class OneTimeCode
{
    /// <summary>The ticket that is shown with the digits.</summary>
    public required Guid Id { get; init; }

    public required CodePurpose Purpose { get; init; }

    /// <summary>Whose account: the keyed hash of the IIN, or of the person.</summary>
    public required byte[] Subject { get; init; }

    /// <summary>The keyed hash of the number; of an unknown IIN, what stands for its number.</summary>
    public required byte[] NumberKey { get; init; }

    /// <summary>The IIN, of which an account is made where there is none.</summary>
    public required string ProtectedIin { get; init; }

    /// <summary>The number; of an unknown IIN, nothing.</summary>
    public required string ProtectedPhone { get; init; }

    /// <summary>The keyed hash of the asking device or address.</summary>
    public required byte[] Asker { get; init; }

    /// <summary>True when the account knows the asking device or address.</summary>
    public required bool IsOwners { get; init; }

    public required byte[] CodeHash { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public required DateTimeOffset ExpiresAt { get; init; }

    public int Tries { get; set; }

    /// <summary>When it was used or replaced.</summary>
    public DateTimeOffset? EndedAt { get; set; }
}

/// <summary>What a code is for. A code of one purpose is wrong for all others. The numbers are stored.</summary>
public enum CodePurpose
{
    /// <summary>To sign in, also for the first time.</summary>
    SignIn = 1,

    /// <summary>To set a new password in place of a lost one.</summary>
    LostPassword = 2,

    /// <summary>To prove a new number.</summary>
    NewPhone = 3,
}
