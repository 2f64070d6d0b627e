using EOrda.Actors;
using EOrda.Portal.Hosting;
using EOrda.Portal.Json;
using EOrda.Portal.Problems;
using EOrda.Portal.Reservations;
using EOrda.Portal.Secrets;
using EOrda.Queues.Time;
using NodaTime;
using NodaTime.Text;

namespace EOrda.Portal.Rehearsal;

/// <summary>What the load tool asks of a rehearsal: a morning, a later time of day, and a request that does nothing to compare with. Mapped only with <c>--rehearsal</c>.</summary>
internal static class RehearsalEndpoints
{
    private const int MostPlaces = 100_000;
    private static readonly LocalTimePattern TimeOfDay = LocalTimePattern.CreateWithInvariantCulture("HH:mm:ss");
    private static readonly ReservationView Nothing = new(["R-000000-00000"], new Moment(0));

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost("/api/rehearsal/morning", BeginMorning).ExcludeFromDescription();
        routes.MapPost("/api/rehearsal/clock", MoveClock).ExcludeFromDescription();
        routes.MapPost("/api/rehearsal/nothing", (Delegate)DoNothing).ExcludeFromDescription();
    }

    private static async Task<IResult> BeginMorning(HttpContext context, RehearsalRun run, IQueues queues, ApplicationSecrets secrets)
    {
        if (Proof.Refusal(context, secrets, ParentsFile.TokenOf) is { } refusal)
        {
            return refusal;
        }

        var request = await RequestBody.ReadAsync(context, ApiJson.Web.MorningRequest);
        if (request.Places is < 0 or > MostPlaces)
        {
            throw new BadInputException("places", Fault.NotANumber(0, MostPlaces));
        }

        var release = await run.BeginMorningAsync(queues, request.Places, Read(request.Clock), context.RequestAborted);
        return Reply.With(context, new MorningView(queues.Now, release), ApiJson.Web.MorningView);
    }

    private static async Task<IResult> MoveClock(HttpContext context, RehearsalRun run, IQueues queues, ApplicationSecrets secrets)
    {
        if (Proof.Refusal(context, secrets, ParentsFile.TokenOf) is { } refusal)
        {
            return refusal;
        }

        await run.MoveClockAsync(Read((await RequestBody.ReadAsync(context, ApiJson.Web.ClockRequest)).Clock), context.RequestAborted);
        return Reply.With(context, new Time.TimeView(queues.Now), ApiJson.Web.TimeView);
    }

    private static async Task<IResult> DoNothing(HttpContext context)
    {
        await RequestBody.ReadAsync(context, ApiJson.Web.ReserveRequest);
        return Reply.With(context, Nothing, ApiJson.Web.ReservationView);
    }

    private static LocalTime Read(string clock) =>
        TimeOfDay.Parse(clock) is { Success: true, Value: var time } ? time : throw new BadInputException("clock", Fault.WrongType);
}

/// <summary>Asks for the next morning.</summary>
/// <param name="Places">How many places become available at its release.</param>
/// <param name="Clock">The local time of day to go on to, <c>HH:mm:ss</c>.</param>
internal sealed record MorningRequest(int Places, string Clock);

/// <summary>A morning that has begun.</summary>
/// <param name="Now">The instant now.</param>
/// <param name="Release">When its places become available.</param>
internal sealed record MorningView(Moment Now, Moment Release);

/// <summary>Asks for a later time of the same day.</summary>
/// <param name="Clock">The local time of day, <c>HH:mm:ss</c>.</param>
internal sealed record ClockRequest(string Clock);
