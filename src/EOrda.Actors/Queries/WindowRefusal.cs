using EOrda.Queues;
using EOrda.Queues.Applications;
using EOrda.Queues.Rules;
using EOrda.Queues.Time;
using EOrda.Queues.Twins;

namespace EOrda.Actors.Queries;

/// <summary>Why an application alone, or siblings together, may not take places in priority access.</summary>
/// <param name="Reason">The refusal that a reservation would get.</param>
/// <param name="Until">Until when it would, where the clock ends that; else null.</param>
public sealed record WindowRefusal(Reason Reason, Moment? Until)
{
    /// <summary>
    /// Looks at what would keep them from it in the order in which a reservation is refused (docs/replay.md), but first at whether they are siblings: who names a
    /// stranger's application hears no more of it. Of several limits the one that ends last counts.
    /// </summary>
    /// <param name="members">One or more, of one locality and kind.</param>
    /// <returns>Null when they may.</returns>
    public static WindowRefusal? Of(IReadOnlyList<WindowMember> members)
    {
        if (members.DistinctBy(member => member.Application).Count() < members.Count || !FamilyTie.AreSiblings([.. members.Select(member => member.Tie)]))
        {
            return new WindowRefusal(Reason.NotSiblings, Until: null);
        }

        foreach (var member in members)
        {
            if (NotWaiting(member.Status) is { } reason)
            {
                return new WindowRefusal(reason, member.Until);
            }
        }

        if (members[0].FrozenUntil is { } release)
        {
            return new WindowRefusal(Reason.Frozen, release);
        }

        if (members.Max(member => member.HoldsUntil) is { } held)
        {
            return new WindowRefusal(Reason.AlreadyHolding, held);
        }

        if (members.Select(member => member.Limit).OfType<Limit>().MaxBy(limit => limit.Until) is { } atLimit)
        {
            return new WindowRefusal(atLimit.Reason, atLimit.Until);
        }

        return members.Any(member => member.IsInWindow) ? null : new WindowRefusal(Reason.OutsideWindow, Until: null);
    }

    private static Reason? NotWaiting(Status status) => status switch
    {
        Status.Waiting => null,
        Status.Review => Reason.UnderReview,
        Status.Returning => Reason.Returning,
        Status.StopListed => Reason.StopListed,
        Status.Referred => Reason.Referred,
        _ => Reason.Archived,
    };
}
