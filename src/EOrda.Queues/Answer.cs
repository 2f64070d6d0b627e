using EOrda.Queues.Applications;
using EOrda.Queues.Names;
using EOrda.Queues.Rules;
using EOrda.Queues.Time;

namespace EOrda.Queues;

/// <summary>What a command is answered (docs/replay.md, "ok gives" and "reasons").</summary>
public abstract record Answer
{
    /// <summary>The command took effect and there is nothing to add.</summary>
    public static readonly Answer Done = new Done();
}

/// <summary>The command took effect.</summary>
public sealed record Done : Answer;

/// <summary>The command changed nothing, for the first reason that applies. One instance a reason: refusing allocates nothing.</summary>
public sealed record Refusal : Answer
{
    private static readonly Refusal[] All = [.. Enum.GetValues<Reason>().Select(reason => new Refusal(reason))];

    private Refusal(Reason reason) => Reason = reason;

    /// <summary>Why.</summary>
    public Reason Reason { get; }

    /// <summary>The refusal for a reason.</summary>
    public static Refusal For(Reason reason) => All[(int)reason];
}

/// <summary>Where the application stands after the command.</summary>
/// <param name="Status">Its status.</param>
/// <param name="Position">1-based position, or null when it is not waiting.</param>
public sealed record Standing(Status Status, int? Position) : Answer;

/// <summary>Until when something is valid; at that instant it no longer is.</summary>
public sealed record ValidUntil(Moment Until) : Answer;

/// <summary>The applications that the clean-up stop-listed, in registration order.</summary>
public sealed record CleanedUp(IReadOnlyList<string> StopListed) : Answer;

/// <summary>Which queue a freed place serves, and from when it can be taken.</summary>
public sealed record PlaceFreed(QueueKey Queue, Moment AvailableAt) : Answer;

/// <summary>Places held, one an application in the order asked for, until an instant.</summary>
public sealed record PlacesReserved(IReadOnlyList<string> Places, Moment Until) : Answer;

/// <summary>One referral: its number, and until when it is valid.</summary>
public sealed record ReferralGiven(string Application, string Referral, Moment ValidUntil);

/// <summary>Referrals issued, in the order of the reservation.</summary>
public sealed record ReferralsGiven(IReadOnlyList<ReferralGiven> Referrals) : Answer;

/// <summary>From when the place that was given up can be taken again.</summary>
public sealed record PlaceReturns(Moment AvailableAt) : Answer;

/// <summary>When the application of a cancelled referral is back, and from when its place can be taken again.</summary>
public sealed record ReferralCancelled(Moment ReturnsAt, Moment AvailableAt) : Answer;

/// <summary>The child is enrolled.</summary>
/// <param name="Left">The place it held before in the same kind and now leaves, or null.</param>
public sealed record ChildEnrolled(string? Left) : Answer;

/// <summary>The child left its place, which can be taken again from an instant.</summary>
public sealed record PlaceLeft(string Place, Moment AvailableAt) : Answer;
