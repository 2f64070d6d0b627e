using EOrda.Portal.Applications;
using EOrda.Portal.Json;
using EOrda.Portal.Localities;
using EOrda.Portal.OpenApi;
using EOrda.Portal.Problems;
using EOrda.Portal.Referrals;
using EOrda.Portal.Secrets;
using EOrda.Queues;

namespace EOrda.Portal.Reservations;

/// <summary>Reserving places, confirming and giving them up (rules, sections 6 and 9).</summary>
internal static class ReservationEndpoints
{
    private const string Pattern = ApplicationPath.Pattern + "/reservation";

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost(Pattern, Reserve)
            .WithTags("Reservations")
            .WithSummary("Reserves a place for ten minutes")
            .WithDescription("Names a place, or a kindergarten whose first suitable place is taken; with siblings, one place each at the same kindergarten, all or none. The body names each sibling's secret.")
            .Accepts<ReserveRequest>("application/json")
            .DescribesCommand<ReservationView>("Held until the instant given.");
        routes.MapPost(Pattern + "/confirmation", Confirm)
            .WithTags("Reservations")
            .WithSummary("Confirms the reservation: referrals are issued, for siblings reserved together all at once")
            .DescribesCommand<ReferralsView>("The referrals, in the order of the reservation.");
        routes.MapDelete(Pattern, Drop)
            .WithTags("Reservations")
            .WithSummary("Gives the reservation up, for siblings reserved together all at once")
            .DescribesCommand<PlaceReturnsView>("Given up; the place returns at the instant given.");
    }

    private static Task<IResult> Reserve(HttpContext context, [AsParameters] ApplicationPath path) =>
        CommandEndpoint.Ask(
            context,
            path,
            async () => CommandOf(context, path.Application, await RequestBody.ReadAsync(context, ApiJson.Web.ReserveRequest)),
            answer => Reply.With(context, ViewOf((PlacesReserved)answer), ApiJson.Web.ReservationView),
            PlacesAvailable.Tell);

    private static Task<IResult> Confirm(HttpContext context, [AsParameters] ApplicationPath path) =>
        CommandEndpoint.Ask(
            context,
            path,
            () => new(new Confirm(path.Application)),
            answer => Reply.With(context, ReferralsView.Of((ReferralsGiven)answer, context.RequestServices.GetRequiredService<LocalityNames>()), ApiJson.Web.ReferralsView));

    private static Task<IResult> Drop(HttpContext context, [AsParameters] ApplicationPath path) =>
        CommandEndpoint.Ask(
            context,
            path,
            () => new(new Drop(path.Application)),
            answer => Reply.With(context, new PlaceReturnsView(((PlaceReturns)answer).AvailableAt), ApiJson.Web.PlaceReturnsView));

    private static ReservationView ViewOf(PlacesReserved reserved) => new(reserved.Places, reserved.Until);

    private static Command CommandOf(HttpContext context, string application, ReserveRequest request)
    {
        if (request.Place is null == request.Kindergarten is null)
        {
            throw new BadInputException("place", Fault.PlaceOrKindergarten);
        }

        Check("place", request.Place);
        Check("kindergarten", request.Kindergarten);
        if (request.Siblings is null)
        {
            return new Reserve(application, request.Place, request.Kindergarten);
        }

        var kindergarten = request.Kindergarten ?? throw new BadInputException("siblings", Fault.SiblingsByKindergarten);
        return new ReserveBatch(Members(context, application, request.Siblings), kindergarten);
    }

    private static List<string> Members(HttpContext context, string application, IReadOnlyList<SiblingProof> siblings)
    {
        if (siblings.Count is 0 or > NamedSiblings.Most)
        {
            throw new BadInputException("siblings", Fault.HowManySiblings(NamedSiblings.Most));
        }

        var secrets = context.RequestServices.GetRequiredService<ApplicationSecrets>();
        var members = new List<string>(siblings.Count + 1) { application };
        foreach (var sibling in siblings)
        {
            if (sibling is null || !Identifier.IsPlausible(sibling.Application))
            {
                throw new BadInputException("siblings", Fault.NotAnApplication);
            }

            Proof.Demand(context, secrets.Check(sibling.Application, sibling.Secret));
            members.Add(sibling.Application);
        }

        return members;
    }

    private static void Check(string field, string? identifier)
    {
        if (identifier is not null && !Identifier.IsPlausible(identifier))
        {
            throw new BadInputException(field, Fault.NotAnIdentifier(Identifier.MaxLength));
        }
    }
}
