namespace EOrda.Actors;

/// <summary>Every bound of a node. The defaults suit one machine that serves a country.</summary>
public sealed record NodeOptions
{
    /// <summary>Messages that may wait in one entity's mailbox; one more is refused with <see cref="BusyException"/>.</summary>
    public int MailboxCapacity { get; init; } = 20_000;

    /// <summary>Messages an entity runs before it gives its thread back and seals what it has decided.</summary>
    public int MessagesPerRun { get; init; } = 512;

    /// <summary>Messages with which an entity runs though the journal has not begun with what it sealed last; fewer wait for that.</summary>
    public int MessagesWorthARun { get; init; } = 4;

    /// <summary>Records of one entity that may be on their way to disk, about; at the bound the entity waits and its mailbox fills.</summary>
    public int RecordsInFlight { get; init; } = 8_192;

    /// <summary>Bytes of records that go into one transaction, about; a single commit may be larger.</summary>
    public int TransactionBytes { get; init; } = 4 << 20;

    /// <summary>
    /// Shortest time between the beginnings of two transactions while each has <see cref="GatheringFrom"/> commits or more: a transaction costs by the
    /// entities in it, and in a moment each entity gathers several records. Zero, which the portal's option cannot say: no wait.
    /// </summary>
    public TimeSpan GatheringTime { get; init; } = TimeSpan.FromMilliseconds(3);

    /// <summary>Commits in one transaction from which on the next one waits for its time.</summary>
    public int GatheringFrom { get; init; } = 32;

    /// <summary>Entities that may exist on the node.</summary>
    public int EntityCapacity { get; init; } = 200_000;

    /// <summary>Commands over several entities that may be under way; one more is refused with <see cref="BusyException"/>.</summary>
    public int JointTurns { get; init; } = 20_000;

    /// <summary>Answers kept for repeated keys, an entity; at the bound commands are refused with <see cref="BusyException"/> until old ones expire.</summary>
    public int KeysKept { get; init; } = 4_000_000;

    /// <summary>How long a repeated key gets the first answer.</summary>
    public TimeSpan KeyLifetime { get; init; } = TimeSpan.FromHours(24);

    /// <summary>Records after which an entity writes a snapshot when nobody has asked it for ten seconds; after four times as many it writes one at once, which holds it up by some 4 µs an application.</summary>
    public int RecordsPerSnapshot { get; init; } = 500_000;

    /// <summary>An entity that nobody asked or watched for so long is put to rest: its snapshot is written and its memory given back.</summary>
    public TimeSpan IdleBeforePassivation { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>Shortest time between two live updates of a queue.</summary>
    public TimeSpan LiveInterval { get; init; } = TimeSpan.FromMilliseconds(100);

    /// <summary>Changes of the order told in one live update; more make it a call to reload.</summary>
    public int LiveChanges { get; init; } = 1_000;

    /// <summary>Watches that may run on one queue.</summary>
    public int WatchesPerQueue { get; init; } = 1_000;

    /// <summary>How long commands are refused at once after the journal failed, before the next one tries it again.</summary>
    public TimeSpan JournalPause { get; init; } = TimeSpan.FromSeconds(1);
}
