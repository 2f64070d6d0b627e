using System.ComponentModel.DataAnnotations;
using EOrda.Actors.Routing;

namespace EOrda.Actors.Hosting;

/// <summary>The bounds of a node's actors. The defaults suit one machine that serves a country. Public ones are an operator's to choose.</summary>
public sealed record ActorsBounds
{
    // A process ends, and its caller hears how, before the caller gives up.
    private const double ProcessShare = 0.75;

    /// <summary>Requests of a node that may wait for replies; one more is refused with <see cref="BusyException"/>.</summary>
    [Range(1, Courier.MostSlots)]
    public int Waiting { get; init; } = 100_000;

    /// <summary>Requests of a node that may wait for one entity.</summary>
    public int WaitingForEntity { get; init; } = 20_000;

    /// <summary>How long a request waits for its reply before its outcome is unknown.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:10:00")]
    public TimeSpan ReplyTimeout { get; init; } = TimeSpan.FromSeconds(20);

    /// <summary>Processes that may run on a node; one more is refused with <see cref="BusyException"/>.</summary>
    public int Processes { get; init; } = 20_000;

    /// <summary>Bytes of an entity's pages that may wait for the database; at the bound commands are refused with <see cref="BusyException"/>.</summary>
    public int UnstoredBytes { get; init; } = 8 << 20;

    /// <summary>Pages of a <see cref="GatheringTime"/> that are closed at once; the others are gathered until its end.</summary>
    public int GatheringFrom { get; init; } = 16;

    /// <summary>How long pages are gathered.</summary>
    public TimeSpan GatheringTime { get; init; } = TimeSpan.FromMilliseconds(5);

    /// <summary>Records after which an entity saves a snapshot.</summary>
    public int RecordsPerSnapshot { get; init; } = 500_000;

    /// <summary>A queue that nobody asked or watched for so long is passivated. Not near its locality's release.</summary>
    public TimeSpan IdleBeforePassivation { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>Answers kept for repeated keys, an entity.</summary>
    public int KeysKept { get; init; } = 4_000_000;

    /// <summary>How long a repeated key gets the first answer.</summary>
    public TimeSpan KeyLifetime { get; init; } = TimeSpan.FromHours(24);

    /// <summary>Commands of one application that an entity decides on one UTC date; more are refused with <see cref="BusyException"/>, for this application alone.</summary>
    public int KeysOfApplication { get; init; } = 1_000;

    /// <summary>After a failure nothing is tried for so long; who is refused for want of room is told to ask again after it.</summary>
    public TimeSpan RetryAfter { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>Shortest time between two live updates of a queue.</summary>
    public TimeSpan LiveInterval { get; init; } = TimeSpan.FromMilliseconds(100);

    /// <summary>Watches of one node that may run on one queue.</summary>
    public int WatchesPerQueue { get; init; } = 1_000;

    /// <summary>How long a request waits for its reply before it is sent again: a message can be lost while an entity moves.</summary>
    internal TimeSpan AskAgainAfter => TimeSpan.FromTicks(Math.Min(TimeSpan.FromSeconds(3).Ticks, ReplyTimeout.Ticks));

    /// <summary>How long a process is run before who waits hears that it is busy, or, once some step was taken, that the outcome is unknown.</summary>
    internal TimeSpan ProcessTime { get => field == TimeSpan.Zero ? ReplyTimeout * ProcessShare : field; init; }

    /// <summary>How long a step waits for its reply before it is asked again. Longer than a page takes on a slow disk: the step asked again only finds its reply.</summary>
    internal TimeSpan StepTimeout { get; init; } = TimeSpan.FromSeconds(3);

    /// <summary>How often an entity looks for processes in its state that are not at their end; what it finds twice it has run again. Longer than nearly all take.</summary>
    internal TimeSpan UnfinishedAfter { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>Bytes of a page from which on it is closed. Pages of the race grew to 18 MB without a bound; databases and replay take 1 MB well.</summary>
    internal int PageBytes { get; init; } = 1 << 20;

    /// <summary>Records from which on a queue saves a snapshot before it is passivated: fewer are replayed in some 20 ms.</summary>
    internal int RecordsBeforeRest { get; init; } = 5_000;

    /// <summary>Requests of a queue that may wait until the localities have noted it, or the node has looked whether it knows everything: some ms, so few come.</summary>
    internal int HeldRequests { get; init; } = 1_000;

    /// <summary>How often a node renews its watch of a queue: who lost the last update sees it so much later. A queue forgets a node that has missed five renewals.</summary>
    internal TimeSpan WatchRenewal { get; init; } = TimeSpan.FromSeconds(2);
}
