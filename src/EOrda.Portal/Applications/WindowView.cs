using EOrda.Queues;
using EOrda.Queues.Names;
using EOrda.Queues.Time;

namespace EOrda.Portal.Applications;

/// <summary>Where a waiting application stands to the window of priority access (rules, section 5). Its owner's matter: it shows what the child holds and had.</summary>
/// <param name="Rank">One more than those ahead of it that could reserve now.</param>
/// <param name="Size">N: it is in the window when its rank is at most that. 0 when no place counts.</param>
/// <param name="May">True when it may take a place in priority access now.</param>
/// <param name="Reason">Why it may not, by the word of the refusal that it would get; with <c>outside-window</c> it may take places in open access. Null when it may.</param>
/// <param name="Until">Until when that reason holds, where the clock ends it; else null.</param>
internal sealed record WindowView(int Rank, int Size, bool May, string? Reason, Moment? Until)
{
    /// <summary>The view of an application; null unless it waits.</summary>
    public static WindowView? Of(Queue queue, Moment at, string application)
    {
        if (queue.WindowOf(application, at) is not { } standing || WindowMember.Of(queue, at, application) is not { } member)
        {
            return null;
        }

        var permission = PermissionView.Of([member]);
        return new WindowView(standing.Rank, standing.Size, permission.May, permission.Reason, permission.Until);
    }
}

/// <summary>Whether an application alone, or siblings together, may take places in priority access now.</summary>
/// <param name="May">True when they may: one of them is in the window of its own queue, and nothing keeps any of them from reserving.</param>
/// <param name="Reason">Why they may not, by the word of the refusal; with <c>outside-window</c> they may take places in open access. Null when they may.</param>
/// <param name="Until">Until when that reason holds, where the clock ends it; else null.</param>
internal sealed record PermissionView(bool May, string? Reason, Moment? Until)
{
    /// <summary>What is told of an application and of others that are not its siblings, or that nobody knows.</summary>
    public static readonly PermissionView NoSiblings = new(May: false, Words.Of(EOrda.Queues.Rules.Reason.NotSiblings), Until: null);

    /// <summary>The view of these, in the order named.</summary>
    /// <param name="members">One or more, of one locality and kind.</param>
    public static PermissionView Of(IReadOnlyList<WindowMember> members) =>
        WindowRefusal.Of(members) is { } refusal ? new PermissionView(May: false, Words.Of(refusal.Reason), refusal.Until) : new PermissionView(May: true, Reason: null, Until: null);
}
