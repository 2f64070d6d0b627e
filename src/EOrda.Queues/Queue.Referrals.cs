using EOrda.Queues.Time;

namespace EOrda.Queues;

public sealed partial class Queue
{
    /// <summary>The application's live referral, or null.</summary>
    public ReferralState? ReferralOf(string application) =>
        FindApplication(application) is >= 0 and var index && Referrals.TryGetValue(index, out var referral)
            ? new ReferralState(referral.CancellableUntil(Rules), referral.Verified)
            : null;
}

/// <summary>A live referral as it stands (rules, section 7).</summary>
/// <param name="CancellableUntil">The instant from which it can no longer be cancelled.</param>
/// <param name="Verified">False while staff have yet to confirm the benefit against the originals.</param>
public sealed record ReferralState(Moment CancellableUntil, bool Verified);
