using EOrda.Actors;
using EOrda.Portal.Json;
using EOrda.Portal.OpenApi;
using EOrda.Queues.Time;

namespace EOrda.Portal.Time;

/// <summary>The only clock that counts (rules, section 2).</summary>
internal static class TimeEndpoints
{
    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapGet("/api/time", (HttpContext context, IQueues queues) => Reply.With(context, new TimeView(queues.Now), ApiJson.Web.TimeView))
            .WithTags("Time")
            .WithSummary("The server's clock")
            .Describes<TimeView>("The instant now.");
}

/// <summary>The server's clock.</summary>
/// <param name="Now">The instant now, UTC with milliseconds.</param>
internal sealed record TimeView(Moment Now);
