using EOrda.Actors;
using EOrda.Portal.Json;
using EOrda.Portal.OpenApi;
using EOrda.Portal.Problems;
using EOrda.Portal.Secrets;
using EOrda.Queues;
using EOrda.Queues.Applications;
using EOrda.Queues.Names;
using EOrda.Queues.Places;
using EOrda.Queues.Rules;
using EOrda.Queues.Time;

namespace EOrda.Portal.Demonstration;

/// <summary>Gives away the secrets of invented parents. Mapped in Development only.</summary>
internal static class DemonstrationEndpoints
{
    private const int FirstOfTheOrder = 12;
    private const int AroundTheWindow = 3;

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapGet("/api/demo/parents", ListParents)
            .WithTags("Demonstration")
            .WithSummary("Invented parents of a queue with their secrets (Development only)")
            .Describes<ParentsView>("The first of the order, those around the end of the window, the last, and those with siblings.", StatusCodes.Status404NotFound);

    private static async Task<IResult> ListParents(HttpContext context, IQueueNode node, ApplicationSecrets secrets, string? queue)
    {
        if (!QueueKey.TryParse(queue ?? "", out var key) || !node.Directory.Localities.ContainsKey(key.Locality))
        {
            return ProblemResult.Of(Reason.BadQueue);
        }

        var found = await node.Look(key, Choose, context.RequestAborted);
        var parents = found.Select(a => new ParentView(
            a.Application,
            secrets.Of(a.Application),
            a.Position,
            a.Category,
            [.. InventedFamilies.SiblingsOf(a.Application, key).Select(s => new SiblingView(s.Application, secrets.Of(s.Application), s.Queue.ToString()))]));
        return Reply.With(context, new ParentsView(key.ToString(), [.. parents]), ApiJson.Web.ParentsView);
    }

    private static List<ApplicationState> Choose(Queue queue, Moment at)
    {
        var nextWindow = (int)queue.Rules.WindowSize(queue.PlacesAt(at).Count(p => p.State is PlaceState.Locked || p.Access == Access.Priority));
        return
        [
            .. queue.OrderFrom(1, FirstOfTheOrder)
                .Concat(queue.OrderFrom(Math.Max(1, nextWindow - AroundTheWindow + 1), 2 * AroundTheWindow))
                .Concat(queue.OrderFrom(Math.Max(1, queue.WaitingCount), 1))
                .Concat(InventedFamilies.WithSiblings(queue.Key))
                .Distinct()
                .Select(queue.Find)
                .OfType<ApplicationState>()
                .Where(a => a.Status != Status.Archived),
        ];
    }
}
