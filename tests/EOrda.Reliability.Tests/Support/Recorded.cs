using EOrda.Portal.Idempotency;
using EOrda.Queues;
using EOrda.Queues.Names;

namespace EOrda.Reliability.Tests.Support;

/// <summary>What a journal has of something that was asked over HTTP.</summary>
internal static class Recorded
{
    /// <summary>The key under which the command is recorded.</summary>
    public static CommandKey KeyOf(Asked asked) => IdempotencyKey.Of(asked.Who.Application, asked.Key);

    /// <summary>True when what was recorded is what was heard.</summary>
    public static bool IsSame(Heard heard, Answer? recorded) => recorded switch
    {
        Refusal a => !heard.IsYes && heard.Reason == Words.Of(a.Reason),
        PlacesReserved a => heard.IsYes && heard.Text == $$"""{"places":["{{a.Places.Single()}}"],"until":"{{a.Until}}"}""",
        ReferralsGiven { Referrals: [var a] } => heard.IsYes
            && heard.Text.StartsWith($$"""{"referrals":[{"application":"{{a.Application}}","referral":"{{a.Referral}}","number":""", StringComparison.Ordinal)
            && heard.Text.EndsWith($$""","validUntil":"{{a.ValidUntil}}"}]}""", StringComparison.Ordinal),
        PlaceReturns a => heard.IsYes && heard.Text == $$"""{"availableAt":"{{a.AvailableAt}}"}""",
        ReferralCancelled a => heard.IsYes && heard.Text == $$"""{"returnsAt":"{{a.ReturnsAt}}","availableAt":"{{a.AvailableAt}}"}""",
        _ => false,
    };
}
