using EOrda.Actors.Queries;
using EOrda.Portal.Queues;
using EOrda.Queues;
using EOrda.Queues.Applications;
using EOrda.Queues.Names;
using EOrda.Queues.Order;
using EOrda.Queues.Time;

namespace EOrda.Portal.Applications;

/// <summary>An application as its owner sees it, who has shown its secret.</summary>
/// <param name="Application">Its number.</param>
/// <param name="Queue">Its queue.</param>
/// <param name="At">When it was looked at.</param>
/// <param name="Status">What it is doing.</param>
/// <param name="Position">Its position, unless it does not wait.</param>
/// <param name="Waiting">How many wait in the queue.</param>
/// <param name="Category">The category it stands under.</param>
/// <param name="Submitted">The instant that orders it.</param>
/// <param name="Cause">Why it is archived or stop-listed.</param>
/// <param name="Until">Stop-listed, returning, referred: its end.</param>
/// <param name="Place">The place it holds, is referred to or enrolled in.</param>
/// <param name="ReservedUntil">When its reservation ends.</param>
/// <param name="Window">Whether it may take a place in priority access now; null unless it waits.</param>
/// <param name="Referral">Referred: what can be done with the referral.</param>
/// <param name="Standing">What one needs to follow its position through the live updates.</param>
/// <param name="Changes">The latest changes of its position, newest first, each with its cause.</param>
internal sealed record ApplicationView(
    string Application,
    string Queue,
    Moment At,
    Status Status,
    int? Position,
    int Waiting,
    Category Category,
    Moment Submitted,
    string? Cause,
    Moment? Until,
    string? Place,
    Moment? ReservedUntil,
    WindowView? Window,
    LiveReferralView? Referral,
    StandingView? Standing,
    IReadOnlyList<ChangeView> Changes)
{
    /// <summary>The application as its queue knows it, or null when it is not of the queue.</summary>
    public static ApplicationView? Of(QueueKey queue, ApplicationReply reply)
    {
        if (reply.Found is not { State: var state } found)
        {
            return null;
        }

        return new ApplicationView(
            state.Application,
            queue.ToString(),
            reply.At,
            state.Status,
            state.Position,
            found.Waiting.Total,
            state.Category,
            state.Submitted,
            Words.Of(state.Cause),
            state.Until,
            state.Place,
            state.ReservedUntil,
            WindowView.Of(found.Window),
            LiveReferralView.Of(found.Referral),
            StandingView.Of(found),
            [.. found.Changes.Select(ChangeView.Of)]);
    }
}

/// <summary>A live referral.</summary>
/// <param name="CancellableUntil">The instant from which it can no longer be cancelled.</param>
/// <param name="Verified">False while staff have yet to confirm the benefit against the original documents.</param>
internal sealed record LiveReferralView(Moment CancellableUntil, bool Verified)
{
    public static LiveReferralView? Of(ReferralState? referral) => referral is null ? null : new(referral.CancellableUntil, referral.Verified);
}

/// <summary>Where a waiting application stands in the lanes (docs/api.md, "Following a position").</summary>
/// <param name="Lane">Its own lane.</param>
/// <param name="Submitted">Its submission instant in milliseconds since 1970.</param>
/// <param name="Number">Its registration number.</param>
/// <param name="OutOfTurn">How many out-of-turn applications stand before it in time.</param>
/// <param name="FirstPriority">How many first-priority ones.</param>
/// <param name="General">How many general ones.</param>
/// <param name="AsOf">The number of the latest change of the order that is taken into account.</param>
/// <param name="Waiting">How many wait in each lane, as of that change.</param>
/// <param name="Pattern">The pattern, as of that change.</param>
internal sealed record StandingView(
    Category Lane,
    long Submitted,
    int Number,
    int OutOfTurn,
    int FirstPriority,
    int General,
    long AsOf,
    WaitingView Waiting,
    PatternView Pattern)
{
    /// <summary>The standing of a waiting application; null of one that does not wait.</summary>
    public static StandingView? Of(FoundApplication found) => found.Lanes is not { } standing
        ? null
        : new StandingView(
            standing.Lane,
            standing.Submitted.UnixMilliseconds,
            standing.Number,
            standing.Before.OutOfTurn,
            standing.Before.FirstPriority,
            standing.Before.General,
            standing.AsOf,
            WaitingView.Of(found.Waiting),
            PatternView.Of(found.Pattern));
}

/// <summary>A change of a position.</summary>
/// <param name="At">When.</param>
/// <param name="Cause">Why: <c>filed</c>, <c>reviewed</c>, <c>referral</c>, <c>withdrawal</c>, <c>stop-list</c>, <c>age</c>, <c>stop-list-end</c>, <c>return</c>, <c>category</c>, <c>pattern</c>.</param>
/// <param name="Own">True when the application itself moved, false when somebody ahead of it did.</param>
/// <param name="From">The position before, or null.</param>
/// <param name="To">The position after, or null.</param>
internal sealed record ChangeView(Moment At, string Cause, bool Own, int? From, int? To)
{
    public static ChangeView Of(PositionChange change) => new(change.At, PositionCauses.WordOf(change.Cause), change.Own, change.From, change.To);
}
