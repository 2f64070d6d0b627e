using EOrda.Accounts.People;

namespace EOrda.Accounts.Audit;

/// <summary>An entry of the audit trail as it is stored.</summary>
internal sealed class AuditRow
{
    public required long Sequence { get; init; }

    public required DateTimeOffset At { get; init; }

    public required Guid? PersonId { get; init; }

    public required Role? Role { get; init; }

    public required string Scope { get; init; }

    public required string Address { get; init; }

    public required Guid? DeviceId { get; init; }

    public required string Action { get; init; }

    public required string SubjectKind { get; init; }

    public required string SubjectId { get; init; }

    public required string Locality { get; init; }

    public required string Details { get; init; }

    public required string Reason { get; init; }

    public required byte[] Hash { get; init; }
}

/// <summary>Where the chain begins and ends. One row.</summary>
internal sealed class AuditHead
{
    public const int OnlyId = 1;

    public int Id { get; init; } = OnlyId;

    /// <summary>The last entry; 0 before the first.</summary>
    public long Sequence { get; set; }

    public byte[] Hash { get; set; } = new byte[32];

    /// <summary>The instant of the last entry: none later in the chain is earlier.</summary>
    public DateTimeOffset LastAt { get; set; }

    /// <summary>The last entry that retention has erased; the database lets no other be erased.</summary>
    public long ErasedThrough { get; set; }

    /// <summary>Its hash: what remains is chained to it.</summary>
    public byte[] ErasedHash { get; set; } = new byte[32];
}
