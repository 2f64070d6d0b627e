using EOrda.Queues.Rules;
using EOrda.Queues.Time;
using NodaTime;

namespace EOrda.Queues.Referrals;

/// <summary>A live referral (rules, section 7).</summary>
internal sealed class Referral
{
    public required string Number { get; init; }

    public required Moment IssuedAt { get; init; }

    public required LocalDate IssuedOn { get; init; }

    public required LocalDate LastValid { get; set; }

    public required bool Verified { get; set; }

    public bool Extended { get; set; }

    /// <summary>The instant from which it can no longer be cancelled.</summary>
    public Moment CancellableUntil(LocalityRules rules) => IssuedAt.PlusHours(rules.CancelHours);
}
