using EOrda.Actors;
using EOrda.Actors.Queries;
using EOrda.Portal.Json;
using EOrda.Portal.OpenApi;
using EOrda.Queues.Names;

namespace EOrda.Portal.Queues;

/// <summary>A queue's summary, order and places (rules, section 10).</summary>
internal static class QueueEndpoints
{
    private static readonly QueryNumber FromPosition = new("from", "the first position of the page", 1, int.MaxValue, 1);
    private static readonly QueryNumber FromPlace = new("from", "the number of the first place of the page", 0, int.MaxValue, 0);
    private static readonly QueryNumber Count = new("count", "how many at most", 1, PageSize.Most, 100);

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet(QueuePath.Pattern, Show)
            .WithTags("Queues")
            .WithSummary("A queue at a glance: who waits, which places there are")
            .Describes<QueueView>("The queue now.", StatusCodes.Status404NotFound)
            .IsTagged();
        routes.MapGet(QueuePath.Pattern + "/order", ShowOrder)
            .WithTags("Queues")
            .WithSummary("The order, a page at a time")
            .WithMetadata(FromPosition, Count)
            .Describes<OrderView>("The applications from a position on.", StatusCodes.Status400BadRequest, StatusCodes.Status404NotFound);
        routes.MapGet(QueuePath.Pattern + "/places", ShowPlaces)
            .WithTags("Queues")
            .WithSummary("The places with access and times, a page at a time")
            .WithMetadata(FromPlace, Count)
            .Describes<PlacesView>("The places in the order of registration.", StatusCodes.Status400BadRequest, StatusCodes.Status404NotFound)
            .IsTagged();
    }

    private static async Task<IResult> Show(HttpContext context, IQueues queues, [AsParameters] QueuePath path)
    {
        if (path.Find(await queues.Directory(context.RequestAborted), out var key) is { } unknown)
        {
            return unknown;
        }

        var view = QueueView.Of(key, await queues.Query(key, new SummaryQuery(), context.RequestAborted));
        return Reply.Tagged(context, view, view with { At = default }, ApiJson.Web.QueueView, mayBeKept: true);
    }

    private static async Task<IResult> ShowOrder(HttpContext context, IQueues queues, [AsParameters] QueuePath path)
    {
        if (Read(context, await queues.Directory(context.RequestAborted), path, FromPosition, out var key, out var from, out var count) is { } refusal)
        {
            return refusal;
        }

        var page = await queues.Query(key, new OrderQuery(from, count), context.RequestAborted);
        return Reply.With(context, new OrderView(key.ToString(), page.At, page.Waiting, from, page.Applications), ApiJson.Web.OrderView);
    }

    private static async Task<IResult> ShowPlaces(HttpContext context, IQueues queues, [AsParameters] QueuePath path)
    {
        if (Read(context, await queues.Directory(context.RequestAborted), path, FromPlace, out var key, out var from, out var count) is { } refusal)
        {
            return refusal;
        }

        var page = await queues.Query(key, new PlacesQuery(from, count), context.RequestAborted);
        var places = page.Places.Select((place, i) => PlaceEntry.Of(from + i, ShownPlace.Of(key, place)));
        var view = new PlacesView(key.ToString(), page.At, page.Total, from, [.. places]);
        return Reply.Tagged(context, view, view with { At = default }, ApiJson.Web.PlacesView, mayBeKept: true);
    }

    /// <summary>Reads what a page is asked for with.</summary>
    /// <returns>The answer where that is not what it should be, else null.</returns>
    private static IResult? Read(
        HttpContext context,
        CountryDirectory directory,
        QueuePath path,
        QueryNumber first,
        out QueueKey queue,
        out int from,
        out int count)
    {
        var (wrongFrom, wrongCount, unknown) = (first.Read(context, out from), Count.Read(context, out count), path.Find(directory, out queue));
        return wrongFrom ?? wrongCount ?? unknown;
    }
}
