using EOrda.PeerPortal.Database;
using EOrda.PeerPortal.Morning;
using EOrda.Portal.Applications;
using EOrda.Portal.Json;
using EOrda.Portal.Problems;
using EOrda.Portal.Queues;
using EOrda.Queues.Applications;
using EOrda.Queues.Rules;
using Microsoft.Net.Http.Headers;

namespace EOrda.PeerPortal.Queues;

/// <summary>What polling browsers ask: the places, which a browser that has them already is not sent again, and its own statement.</summary>
internal static class QueueEndpoints
{
    private const string JsonType = "application/json; charset=utf-8";
    private static readonly QueryNumber FromPosition = new("from", "", 1, int.MaxValue, 1);
    private static readonly QueryNumber FromPlace = new("from", "", 0, int.MaxValue, 0);
    private static readonly QueryNumber Count = new("count", "", 1, 500, 100);

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet(QueuePath.Pattern + "/order", ShowOrder);
        routes.MapGet(QueuePath.Pattern + "/places", ShowPlaces);
        routes.MapGet(ApplicationPath.Pattern, ShowApplication);
    }

    private static async Task<IResult> ShowOrder(HttpContext context, QueuePages pages, PeerClock clock, string locality, string kind, string cohort)
    {
        var (wrongFrom, wrongCount) = (FromPosition.Read(context, out var from), Count.Read(context, out var count));
        if ((wrongFrom ?? wrongCount) is { } wrong)
        {
            return wrong;
        }

        return await pages.OfAsync(NameOf(locality, kind, cohort), context.RequestAborted) is { } page
            ? Reply.With(context, new OrderView(NameOf(locality, kind, cohort), clock.Now, page.Order.Count, from, [.. page.Order.Skip(from - 1).Take(count)]), ApiJson.Web.OrderView)
            : ProblemResult.Of(Reason.BadQueue);
    }

    private static async Task<IResult> ShowPlaces(HttpContext context, QueuePages pages, string locality, string kind, string cohort)
    {
        var (wrongFrom, wrongCount) = (FromPlace.Read(context, out var from), Count.Read(context, out var count));
        if ((wrongFrom ?? wrongCount) is { } wrong)
        {
            return wrong;
        }

        if (await pages.OfAsync(NameOf(locality, kind, cohort), context.RequestAborted) is not { } page)
        {
            return ProblemResult.Of(Reason.BadQueue);
        }

        var tag = $"\"{page.Version}\"";
        context.Response.Headers.CacheControl = "no-cache";
        context.Response.Headers.ETag = tag;
        return context.Request.Headers[HeaderNames.IfNoneMatch] == tag
            ? TypedResults.StatusCode(StatusCodes.Status304NotModified)
            : TypedResults.Bytes(page.Places(from, count), JsonType);
    }

    private static async Task<IResult> ShowApplication(
        HttpContext context,
        QueuePages pages,
        Lookups lookups,
        PeerClock clock,
        string locality,
        string kind,
        string cohort,
        string application)
    {
        var queue = NameOf(locality, kind, cohort);
        if (await pages.OfAsync(queue, context.RequestAborted) is not { } page)
        {
            return ProblemResult.Of(Reason.BadQueue);
        }

        if (await lookups.ApplicationAsync(application, queue, context.RequestAborted) is not { } found)
        {
            return ProblemResult.Of(Reason.UnknownApplication);
        }

        var view = new ApplicationView(
            application,
            queue,
            clock.Now,
            found.IsReferred ? Status.Referred : Status.Waiting,
            found.IsReferred ? null : page.PositionOf(application),
            page.Order.Count,
            found.Lane,
            found.Submitted,
            Cause: null,
            found.IsReferred ? found.PlaceUntil : null,
            found.Place,
            found.ReservedUntil,
            Window: null,
            Referral: null,
            Standing: null,
            Changes: []);
        return Reply.With(context, view, ApiJson.Web.ApplicationView);
    }

    private static string NameOf(string locality, string kind, string cohort) => $"{locality}/{kind}/{cohort}";
}
