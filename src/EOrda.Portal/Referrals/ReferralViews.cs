using EOrda.Portal.Localities;
using EOrda.Queues;
using EOrda.Queues.Time;

namespace EOrda.Portal.Referrals;

/// <summary>Referrals issued, in the order of the reservation.</summary>
internal sealed record ReferralsView(IReadOnlyList<ReferralView> Referrals)
{
    public static ReferralsView Of(ReferralsGiven given, LocalityNames names) =>
        new([.. given.Referrals.Select(r => new ReferralView(r.Application, r.Referral, ReferralNumber.Of(r.Referral, names), r.ValidUntil))]);
}

/// <summary>A referral.</summary>
/// <param name="Application">The application it was issued to.</param>
/// <param name="Referral">Its identifier.</param>
/// <param name="Number">Its number for people.</param>
/// <param name="ValidUntil">The instant from which it is no longer valid.</param>
internal sealed record ReferralView(string Application, string Referral, string Number, Moment ValidUntil);

/// <summary>A referral that was cancelled.</summary>
/// <param name="ReturnsAt">When the application is back in the queue.</param>
/// <param name="AvailableAt">From when the place can be taken again.</param>
internal sealed record CancellationView(Moment ReturnsAt, Moment AvailableAt);

/// <summary>Asks for a longer referral.</summary>
/// <param name="Days">By how many calendar days.</param>
internal sealed record ExtendRequest(int Days);

/// <summary>A referral that was extended.</summary>
/// <param name="ValidUntil">The instant from which it is no longer valid.</param>
internal sealed record ExtensionView(Moment ValidUntil);
