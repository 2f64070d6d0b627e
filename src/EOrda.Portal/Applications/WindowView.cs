using EOrda.Actors.Queries;
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
    public static WindowView? Of(ApplicationWindow? window)
    {
        if (window is null)
        {
            return null;
        }

        var permission = PermissionView.Of(window.Refusal);
        return new WindowView(window.Rank, window.Size, permission.May, permission.Reason, permission.Until);
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

    /// <summary>The view of what keeps them from it; null when nothing does.</summary>
    public static PermissionView Of(WindowRefusal? refusal) =>
        refusal is null ? new PermissionView(May: true, Reason: null, Until: null) : new PermissionView(May: false, Words.Of(refusal.Reason), refusal.Until);
}
