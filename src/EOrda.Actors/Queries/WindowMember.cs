using EOrda.Queues;
using EOrda.Queues.Applications;
using EOrda.Queues.Time;
using EOrda.Queues.Twins;

namespace EOrda.Actors.Queries;

/// <summary>What of an application decides whether it, or a batch that it is in, may take a place in priority access.</summary>
/// <param name="Application">Its number.</param>
/// <param name="Status">What it is doing.</param>
/// <param name="Until">Stop-listed, returning, referred: its end.</param>
/// <param name="FrozenUntil">The freeze's end; null when there is none now.</param>
/// <param name="HoldsUntil">Its reservation's end; null when it holds none.</param>
/// <param name="Limit">The limit that it is at; null when it is at none.</param>
/// <param name="IsInWindow">True when its rank is in the window of its queue.</param>
/// <param name="Tie">By what it shows whose sibling the child is.</param>
public sealed record WindowMember(
    string Application,
    Status Status,
    Moment? Until,
    Moment? FrozenUntil,
    Moment? HoldsUntil,
    Limit? Limit,
    bool IsInWindow,
    FamilyTie Tie)
{
    /// <summary>The application as its queue has it, at an instant up to which everything is settled; null when it is not of the queue.</summary>
    internal static WindowMember? Of(Queue queue, Moment at, string application)
    {
        if (queue.Find(application) is not { } found || queue.TieOf(application) is not { } tie)
        {
            return null;
        }

        var day = queue.Rules.Schedule.DayOf(at);
        var standing = queue.WindowOf(application, at);
        return new WindowMember(
            application,
            found.Status,
            found.Until,
            day.IsFrozen(at) ? day.Release : null,
            found.ReservedUntil,
            standing?.Limit,
            standing is { } waiting && waiting.Rank <= waiting.Size,
            tie);
    }
}
