using System.Buffers.Binary;
using EOrda.PeerPortal.Database;
using EOrda.PeerPortal.Morning;
using EOrda.Portal.Applications;
using EOrda.Portal.Idempotency;
using EOrda.Portal.Json;
using EOrda.Portal.Problems;
using EOrda.Portal.Referrals;
using EOrda.Portal.Reservations;
using EOrda.Portal.Secrets;

namespace EOrda.PeerPortal.Reservations;

/// <summary>Reserving, confirming and giving up.</summary>
internal static class ReservationEndpoints
{
    private const string Pattern = ApplicationPath.Pattern + "/reservation";
    private const int ReservationMinutes = 10;
    private const int ReferralDays = 5;

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost(Pattern, Reserve);
        routes.MapPost(Pattern + "/confirmation", Confirm);
        routes.MapDelete(Pattern, GiveUp);
    }

    private static async Task<IResult> Reserve(HttpContext context, [AsParameters] ApplicationPath path, ApplicationSecrets secrets, Commands commands, PeerClock clock)
    {
        var who = Begin(context, path, secrets);
        var request = await RequestBody.ReadAsync(context, ApiJson.Web.ReserveRequest);
        if (request.Place is null == request.Kindergarten is null || request.Siblings is not null)
        {
            throw new BadInputException("place", Fault.PlaceOrKindergarten);
        }

        var now = clock.Now;
        var decision = await commands.ReserveAsync(who, request.Place, request.Kindergarten, now, now.PlusMinutes(ReservationMinutes), PeerClock.IsFrozen(now), context.RequestAborted);
        return decision.Or(yes => Reply.With(context, new ReservationView([yes.Given!], yes.Until!.Value), ApiJson.Web.ReservationView));
    }

    private static async Task<IResult> Confirm(HttpContext context, [AsParameters] ApplicationPath path, ApplicationSecrets secrets, Commands commands, PeerClock clock)
    {
        var decision = await commands.ConfirmAsync(Begin(context, path, secrets), PeerClock.ReleaseOn(clock.Today.PlusDays(ReferralDays)), context.RequestAborted);
        return decision.Or(yes => Reply.With(context, new ReferralsView([new ReferralView(path.Application, yes.Given!, yes.Given!, yes.Until!.Value)]), ApiJson.Web.ReferralsView));
    }

    private static async Task<IResult> GiveUp(HttpContext context, [AsParameters] ApplicationPath path, ApplicationSecrets secrets, Commands commands, PeerClock clock)
    {
        var decision = await commands.GiveUpAsync(Begin(context, path, secrets), PeerClock.ReleaseOn(clock.Today.PlusDays(1)), context.RequestAborted);
        return decision.Or(yes => Reply.With(context, new PlaceReturnsView(yes.Until!.Value), ApiJson.Web.PlaceReturnsView));
    }

    /// <summary>The application's proof and the command's key: both as the portal asks for them.</summary>
    private static Asking Begin(HttpContext context, ApplicationPath path, ApplicationSecrets secrets)
    {
        Proof.Demand(context, Proof.Of(context, secrets, path.Application));
        Span<byte> key = stackalloc byte[16];
        BinaryPrimitives.WriteUInt128BigEndian(key, IdempotencyKey.Of(context, path.Application).Value);
        return new Asking($"{path.Locality}/{path.Kind}/{path.Cohort}", path.Application, new Guid(key, bigEndian: true));
    }
}
