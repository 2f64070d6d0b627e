using EOrda.Actors;
using EOrda.Portal.Json;
using EOrda.Portal.OpenApi;
using EOrda.Queues.Names;

namespace EOrda.Portal.Queues;

/// <summary>A queue's summary, order and places (rules, section 10).</summary>
internal static class QueueEndpoints
{
    private static readonly QueryNumber FromPosition = new("from", "the first position of the page", 1, int.MaxValue, 1);
    private static readonly QueryNumber FromPlace = new("from", "the number of the first place of the page", 0, int.MaxValue, 0);
    private static readonly QueryNumber Count = new("count", "how many at most", 1, 500, 100);

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

    private static async Task<IResult> Show(HttpContext context, IQueueNode node, [AsParameters] QueuePath path)
    {
        if (path.Find(node, out var key) is { } unknown)
        {
            return unknown;
        }

        var view = await node.Look(key, QueueView.Of, context.RequestAborted);
        return Reply.Tagged(context, view, view with { At = default }, ApiJson.Web.QueueView, mayBeKept: true);
    }

    private static async Task<IResult> ShowOrder(HttpContext context, IQueueNode node, [AsParameters] QueuePath path)
    {
        if (Read(context, node, path, FromPosition, out var key, out var from, out var count) is { } refusal)
        {
            return refusal;
        }

        var view = await node.Look(
            key,
            (queue, at) => new OrderView(queue.Key.ToString(), at, queue.WaitingCount, from, queue.OrderFrom(from, count)),
            context.RequestAborted);
        return Reply.With(context, view, ApiJson.Web.OrderView);
    }

    private static async Task<IResult> ShowPlaces(HttpContext context, IQueueNode node, [AsParameters] QueuePath path)
    {
        if (Read(context, node, path, FromPlace, out var key, out var from, out var count) is { } refusal)
        {
            return refusal;
        }

        var view = await node.Look(
            key,
            (queue, at) =>
            {
                var all = queue.PlacesAt(at).ToList();
                var page = all.Skip(from).Take(count).Select((place, i) => PlaceEntry.Of(from + i, ShownPlace.Of(queue.Key, place)));
                return new PlacesView(queue.Key.ToString(), at, all.Count, from, [.. page]);
            },
            context.RequestAborted);
        return Reply.Tagged(context, view, view with { At = default }, ApiJson.Web.PlacesView, mayBeKept: true);
    }

    /// <summary>Reads what a page is asked for with.</summary>
    /// <returns>The answer where that is not what it should be, else null.</returns>
    private static IResult? Read(HttpContext context, IQueueNode node, QueuePath path, QueryNumber first, out QueueKey queue, out int from, out int count)
    {
        var (wrongFrom, wrongCount, unknown) = (first.Read(context, out from), Count.Read(context, out count), path.Find(node, out queue));
        return wrongFrom ?? wrongCount ?? unknown;
    }
}
