using EOrda.Queues;
using EOrda.Queues.Order;
using EOrda.Queues.Time;

namespace EOrda.Actors.Queries;

/// <summary>All that a queue knows of one application for its owner: position, window, referral, causes.</summary>
public sealed record ApplicationQuery : QueueQuery<ApplicationReply>
{
    /// <summary>The most changes of a position of one query.</summary>
    public const int MostChanges = 100;

    /// <summary>Asks for an application.</summary>
    /// <param name="application">The application's number.</param>
    /// <param name="changes">How many changes of its position at most, 0 to <see cref="MostChanges"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException">The number of changes is outside its bounds.</exception>
    public ApplicationQuery(string application, int changes)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(changes);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(changes, MostChanges);
        (Application, Changes) = (application, changes);
    }

    /// <summary>The application's number.</summary>
    public string Application { get; }

    /// <summary>How many changes of the position at most.</summary>
    public int Changes { get; }

    /// <inheritdoc/>
    internal override ApplicationReply AnswerFrom(QueriedQueue queried)
    {
        var (queue, at, _) = queried;
        return queue.Find(Application) is not { } state ? new ApplicationReply(at, Found: null) : new ApplicationReply(at, new FoundApplication(
            state,
            queue.Counts,
            queue.Pattern,
            ApplicationWindow.Of(queue, at, Application),
            queue.ReferralOf(Application),
            queue.StandingInLanes(Application),
            [.. queue.Explain(Application).Take(Changes)]));
    }
}

/// <summary>The reply to <see cref="ApplicationQuery"/>.</summary>
/// <param name="At">The instant of the reply.</param>
/// <param name="Found">The application; null when it is not of the queue.</param>
public sealed record ApplicationReply(Moment At, FoundApplication? Found);

/// <summary>An application with all that its queue knows of it.</summary>
/// <param name="State">What it is doing.</param>
/// <param name="Waiting">How many wait in each lane of the queue.</param>
/// <param name="Pattern">The pattern that merges the lanes.</param>
/// <param name="Window">Where it stands to the window of priority access; null unless it waits.</param>
/// <param name="Referral">Its live referral, or null.</param>
/// <param name="Lanes">Where it stands in the lanes; null unless it waits.</param>
/// <param name="Changes">The latest changes of its position, newest first.</param>
public sealed record FoundApplication(
    ApplicationState State,
    CategoryCounts Waiting,
    PriorityPattern Pattern,
    ApplicationWindow? Window,
    ReferralState? Referral,
    LaneStanding? Lanes,
    IReadOnlyList<PositionChange> Changes);

/// <summary>Where a waiting application stands to the window of priority access (rules, section 5).</summary>
/// <param name="Rank">One more than those ahead that could reserve now.</param>
/// <param name="Size">N: in the window when the rank is at most that. 0 when no place counts.</param>
/// <param name="Refusal">Why it may take no place in priority access now; null when it may.</param>
public sealed record ApplicationWindow(int Rank, int Size, WindowRefusal? Refusal)
{
    internal static ApplicationWindow? Of(Queue queue, Moment at, string application) =>
        queue.WindowOf(application, at) is { } standing && WindowMember.Of(queue, at, application) is { } member
            ? new ApplicationWindow(standing.Rank, standing.Size, WindowRefusal.Of([member]))
            : null;
}
