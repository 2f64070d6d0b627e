using EOrda.Portal.Applications;
using EOrda.Portal.Json;
using EOrda.Portal.OpenApi;
using EOrda.Queues;

namespace EOrda.Portal.Referrals;

/// <summary>Cancelling and extending a referral (rules, section 7).</summary>
internal static class ReferralEndpoints
{
    private const string Pattern = ApplicationPath.Pattern + "/referral";

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapDelete(Pattern, Cancel)
            .WithTags("Referrals")
            .WithSummary("Cancels the referral within the time for it; the application comes back to its place")
            .DescribesCommand<CancellationView>("Cancelled.");
        routes.MapPost(Pattern + "/extension", Extend)
            .WithTags("Referrals")
            .WithSummary("Extends the referral, once, on its last valid date")
            .Accepts<ExtendRequest>("application/json")
            .DescribesCommand<ExtensionView>("Extended.");
    }

    private static Task<IResult> Cancel(HttpContext context, [AsParameters] ApplicationPath path) =>
        CommandEndpoint.Ask(
            context,
            path,
            () => new(new Cancel(path.Application)),
            answer => Reply.With(context, ViewOf((ReferralCancelled)answer), ApiJson.Web.CancellationView));

    private static Task<IResult> Extend(HttpContext context, [AsParameters] ApplicationPath path) =>
        CommandEndpoint.Ask(
            context,
            path,
            async () => new Extend(path.Application, (await RequestBody.ReadAsync(context, ApiJson.Web.ExtendRequest)).Days),
            answer => Reply.With(context, new ExtensionView(((ValidUntil)answer).Until), ApiJson.Web.ExtensionView));

    private static CancellationView ViewOf(ReferralCancelled cancelled) => new(cancelled.ReturnsAt, cancelled.AvailableAt);
}
