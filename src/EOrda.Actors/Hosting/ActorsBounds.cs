namespace EOrda.Actors.Hosting;

/// <summary>The bounds of a node's actors. The defaults suit one machine that serves a country.</summary>
public sealed record ActorsBounds
{
    /// <summary>Requests of a node that may wait for replies; one more is refused with <see cref="BusyException"/>. At most 1,048,576.</summary>
    public int Waiting { get; init; } = 100_000;

    /// <summary>Requests of a node that may wait for one entity.</summary>
    public int WaitingForEntity { get; init; } = 20_000;

    /// <summary>How long a request waits for its reply before its outcome is unknown.</summary>
    public TimeSpan ReplyTimeout { get; init; } = TimeSpan.FromSeconds(20);

    /// <summary>Bytes of a page from which on it is closed.</summary>
    public int PageBytes { get; init; } = 1 << 20;

    /// <summary>Bytes of an entity's pages that may wait for the database; at the bound commands are refused with <see cref="BusyException"/>.</summary>
    public int UnstoredBytes { get; init; } = 8 << 20;

    /// <summary>Pages of a <see cref="GatheringTime"/> that are closed at once; the others are gathered until its end.</summary>
    public int GatheringFrom { get; init; } = 16;

    /// <summary>How long pages are gathered.</summary>
    public TimeSpan GatheringTime { get; init; } = TimeSpan.FromMilliseconds(5);

    /// <summary>Records after which an entity saves a snapshot.</summary>
    public int RecordsPerSnapshot { get; init; } = 500_000;

    /// <summary>Answers kept for repeated keys, an entity.</summary>
    public int KeysKept { get; init; } = 4_000_000;

    /// <summary>How long a repeated key gets the first answer.</summary>
    public TimeSpan KeyLifetime { get; init; } = TimeSpan.FromHours(24);

    /// <summary>After how long it is worth asking again after a failure or a refusal for want of room.</summary>
    public TimeSpan RetryAfter { get; init; } = TimeSpan.FromSeconds(1);
}
