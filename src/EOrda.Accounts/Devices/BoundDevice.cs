namespace EOrda.Accounts.Devices;

/// <summary>A browser that an account is bound to.</summary>
internal sealed class BoundDevice
{
    public required Guid Id { get; init; }

    public required Guid PersonId { get; init; }

    /// <summary>The hash of the token in the browser's cookie.</summary>
    public required byte[] TokenHash { get; init; }

    /// <summary>SubjectPublicKeyInfo on P-256, or null where the browser keeps no key.</summary>
    public required byte[]? PublicKey { get; init; }

    public required DateTimeOffset BoundAt { get; init; }

    /// <summary>The keyed hash of the address of the last sign-in.</summary>
    public required byte[] LastAddress { get; set; }

    public DateTimeOffset? UnboundAt { get; set; }
}

/// <summary>A challenge that was signed and taken: it is taken once.</summary>
internal sealed class UsedChallenge
{
    public required byte[] Nonce { get; init; }

    public required DateTimeOffset ExpiresAt { get; init; }
}
