using EOrda.Queues;
using EOrda.Queues.Applications;
using EOrda.Queues.Names;
using EOrda.Queues.Rules;
using EOrda.Queues.Time;
using EOrda.Queues.Twins;
using Refused = EOrda.Queues.Rules.Reason;

namespace EOrda.Portal.Applications;

/// <summary>Where a waiting application stands to the window of priority access (rules, section 5). Its owner's matter: it shows what the child holds and had.</summary>
/// <param name="Rank">One more than those ahead of it that could reserve now.</param>
/// <param name="Size">N: it is in the window when its rank is at most that. 0 when no place is in priority access.</param>
/// <param name="May">True when it may take a place in priority access now.</param>
/// <param name="Reason">Why it may not, by the word of the refusal it would get; with <c>outside-window</c> it may take places in open access. Null when it may.</param>
/// <param name="Until">Until when that reason holds, where the clock ends it; else null.</param>
/// <param name="Together">The same of all siblings that were named, as one; null when none were.</param>
internal sealed record WindowView(int Rank, int Size, bool May, string? Reason, Moment? Until, TogetherView? Together)
{
    /// <summary>The view of one application alone; null unless it waits.</summary>
    public static WindowView? Of(Queue queue, Moment at, string application)
    {
        if (queue.WindowOf(application, at) is not { } standing)
        {
            return null;
        }

        var permission = WindowPermission.Of([WindowMember.Of(queue, at, application)!.Value]);
        return new WindowView(standing.Rank, standing.Size, permission.May, permission.Word, permission.Until, Together: null);
    }
}

/// <summary>Whether siblings may take places in priority access together now.</summary>
/// <param name="May">True when they may: one of them is in the window of its own queue, and nothing keeps any of them from reserving.</param>
/// <param name="Reason">Why they may not; with <c>outside-window</c> they may take places in open access. Null when they may.</param>
/// <param name="Until">Until when that reason holds, where the clock ends it; else null.</param>
internal sealed record TogetherView(bool May, string? Reason, Moment? Until)
{
    /// <summary>The view of these, in the order named.</summary>
    public static TogetherView Of(IReadOnlyList<WindowMember> members)
    {
        var permission = WindowPermission.Of(members);
        return new TogetherView(permission.May, permission.Word, permission.Until);
    }
}

/// <summary>What of an application decides whether it, or a batch that it is in, may take a place in priority access.</summary>
/// <param name="Application">Its number.</param>
/// <param name="Status">What it is doing.</param>
/// <param name="Until">Stop-listed, returning, referred: its end.</param>
/// <param name="FrozenUntil">The freeze's end; null when there is none now.</param>
/// <param name="HoldsUntil">Its reservation's end; null when it holds none.</param>
/// <param name="Limit">The limit that it is at; null when it is at none.</param>
/// <param name="IsInWindow">True when its rank is in the window of its queue.</param>
/// <param name="Tie">By what it shows whose sibling the child is.</param>
internal readonly record struct WindowMember(string Application, Status Status, Moment? Until, Moment? FrozenUntil, Moment? HoldsUntil, Limit? Limit, bool IsInWindow, FamilyTie Tie)
{
    /// <summary>The application as its queue has it; null when it is not of the queue.</summary>
    public static WindowMember? Of(Queue queue, Moment at, string application)
    {
        if (queue.Find(application) is not { } found)
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
            standing is { } inQueue && inQueue.Rank <= inQueue.Size,
            queue.TieOf(application)!.Value);
    }
}

/// <summary>Whether some applications may take places in priority access together, or one alone.</summary>
/// <param name="Reason">Why not; null when they may.</param>
/// <param name="Until">Until when that holds, where the clock ends it.</param>
internal readonly record struct WindowPermission(Reason? Reason, Moment? Until)
{
    /// <summary>True when they may.</summary>
    public bool May => Reason is null;

    /// <summary>The reason's word.</summary>
    public string? Word => Reason is { } reason ? Words.Of(reason) : null;

    /// <summary>
    /// Looks at what would keep them from it in the order in which a reservation is refused (docs/replay.md), but first at whether they are siblings: who names a
    /// stranger's application hears no more of it. Of several limits the one that ends last counts.
    /// </summary>
    /// <param name="members">One or more, of one locality and kind.</param>
    public static WindowPermission Of(IReadOnlyList<WindowMember> members)
    {
        if (members.DistinctBy(member => member.Application).Count() < members.Count || !FamilyTie.AreSiblings([.. members.Select(member => member.Tie)]))
        {
            return new WindowPermission(Refused.NotSiblings, Until: null);
        }

        foreach (var member in members)
        {
            if (NotWaiting(member.Status) is { } reason)
            {
                return new WindowPermission(reason, member.Until);
            }
        }

        if (members[0].FrozenUntil is { } release)
        {
            return new WindowPermission(Refused.Frozen, release);
        }

        if (members.Max(member => member.HoldsUntil) is { } held)
        {
            return new WindowPermission(Refused.AlreadyHolding, held);
        }

        if (members.Select(member => member.Limit).OfType<Limit>().MaxBy(limit => limit.Until) is { } limit)
        {
            return new WindowPermission(limit.Reason, limit.Until);
        }

        return members.Any(member => member.IsInWindow) ? default : new WindowPermission(Refused.OutsideWindow, Until: null);
    }

    private static Reason? NotWaiting(Status status) => status switch
    {
        Status.Waiting => null,
        Status.Review => Refused.UnderReview,
        Status.Returning => Refused.Returning,
        Status.StopListed => Refused.StopListed,
        Status.Referred => Refused.Referred,
        _ => Refused.Archived,
    };
}
