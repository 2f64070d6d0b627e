using EOrda.PeerPortal.Database;
using EOrda.Portal.Json;
using EOrda.Portal.Problems;
using EOrda.Portal.Rehearsal;
using EOrda.Portal.Reservations;
using EOrda.Portal.Secrets;
using EOrda.Portal.Time;
using EOrda.Queues.Time;
using NodaTime.Text;

namespace EOrda.PeerPortal.Morning;

/// <summary>The clock, and what the load tool asks of a rehearsal.</summary>
internal static class MorningEndpoints
{
    private static readonly LocalTimePattern TimeOfDay = LocalTimePattern.CreateWithInvariantCulture("HH:mm:ss");
    private static readonly ReservationView Nothing = new(["R-000000-00000"], new Moment(0));

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/api/time", (HttpContext context, PeerClock clock) => Reply.With(context, new TimeView(clock.Now), ApiJson.Web.TimeView));
        routes.MapGet("/health/ready", () => TypedResults.Ok());
        routes.MapPost("/api/rehearsal/morning", BeginMorning);
        routes.MapPost("/api/rehearsal/nothing", (Delegate)DoNothing);
    }

    private static async Task<IResult> BeginMorning(HttpContext context, PeerClock clock, RehearsalCity city, Loading loading, ApplicationSecrets secrets)
    {
        Proof.Demand(context, Proof.Of(context, secrets, ParentsFile.TokenOf));
        var request = await RequestBody.ReadAsync(context, ApiJson.Web.MorningRequest);
        if (TimeOfDay.Parse(request.Clock) is not { Success: true, Value: var time })
        {
            throw new BadInputException("clock", Fault.WrongType);
        }

        var morning = clock.Today.PlusDays(1);
        var release = PeerClock.ReleaseOn(morning);
        await loading.EndDayAsync(release, context.RequestAborted);
        await loading.AddPlacesAsync(city.Places(morning, request.Places), release, context.RequestAborted);
        clock.MoveToNextMorning(time);
        return Reply.With(context, new MorningView(clock.Now, release), ApiJson.Web.MorningView);
    }

    private static async Task<IResult> DoNothing(HttpContext context)
    {
        await RequestBody.ReadAsync(context, ApiJson.Web.ReserveRequest);
        return Reply.With(context, Nothing, ApiJson.Web.ReservationView);
    }
}
