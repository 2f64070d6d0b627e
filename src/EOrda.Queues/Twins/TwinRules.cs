using EOrda.Queues.Rules;

namespace EOrda.Queues.Twins;

/// <summary>
/// Why siblings cannot reserve together (rules, section 9; 000: 15-25), in one queue or across several.
/// The checks stand in the order of docs/replay.md, "reserve, reason by reason".
/// </summary>
internal static class TwinRules
{
    /// <summary>The first reason that applies, or null when there is none.</summary>
    /// <param name="members">The members in the order of the reservation.</param>
    /// <param name="facts">The facts of each queue that has any of them.</param>
    /// <param name="isFrozen">No reservation is made now.</param>
    /// <param name="isKindergarten">The kindergarten is known.</param>
    /// <param name="inWindow">Some member is in the window, these or others.</param>
    public static Reason? Fault(IReadOnlyList<BatchMember> members, IReadOnlyList<TwinFacts> facts, bool isFrozen, bool isKindergarten, bool inWindow)
    {
        var each = members.Select(member => FactsOf(member, facts)).ToList();
        if (each.Find(member => member.NotWaiting is not null) is { } notWaiting)
        {
            return notWaiting.NotWaiting;
        }

        if (!AreSiblings(members, each))
        {
            return Reason.NotSiblings;
        }

        if (isFrozen)
        {
            return Reason.Frozen;
        }

        if (!isKindergarten)
        {
            return Reason.UnknownKindergarten;
        }

        if (each.Exists(member => member.HoldsReservation))
        {
            return Reason.AlreadyHolding;
        }

        if (each.Exists(member => member.IsAtReferralLimit))
        {
            return Reason.ReferralLimit;
        }

        if (each.Exists(member => member.IsAtLapseLimit))
        {
            return Reason.LapseLimit;
        }

        return PlaceFault(facts, inWindow);
    }

    /// <summary>Why the places do not suffice; null when they do.</summary>
    public static Reason? PlaceFault(IReadOnlyList<TwinFacts> facts, bool inWindow)
    {
        if (facts.Any(queue => queue.Available < queue.Members.Count))
        {
            return Reason.NoPlace;
        }

        return !inWindow && facts.Any(queue => queue.Open < queue.Members.Count) ? Reason.OutsideWindow : null;
    }

    /// <summary>True when some member is in the window of its queue.</summary>
    public static bool AnyInWindow(IEnumerable<TwinFacts> facts) => facts.Any(queue => queue.Members.Any(member => member.IsInWindow));

    private static MemberFacts FactsOf(BatchMember member, IReadOnlyList<TwinFacts> facts) =>
        facts.First(queue => queue.Queue == member.Queue).Members.First(told => told.Application == member.Application);

    private static bool AreSiblings(IReadOnlyList<BatchMember> members, List<MemberFacts> each)
    {
        var queue = members[0].Queue;
        return members.All(member => member.Queue.Locality == queue.Locality && member.Queue.Kind == queue.Kind)
            && members.Distinct().Count() == members.Count
            && FamilyTie.AreSiblings(each.ConvertAll(told => new FamilyTie(told.Applicant, told.Born)));
    }
}
