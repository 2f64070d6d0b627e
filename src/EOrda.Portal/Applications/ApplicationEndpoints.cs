using EOrda.Actors;
using EOrda.Portal.Json;
using EOrda.Portal.OpenApi;
using EOrda.Portal.Problems;
using EOrda.Portal.Queues;
using EOrda.Queues.Rules;

namespace EOrda.Portal.Applications;

/// <summary>An application's state, its position, and why that changed (rules, section 3).</summary>
internal static class ApplicationEndpoints
{
    private static readonly QueryNumber Changes = new("changes", "how many changes of the position at most", 0, 100, 20);

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapGet(ApplicationPath.Pattern, Show)
            .WithTags("Applications")
            .WithSummary("An application's state and position, with the causes of the position's changes")
            .WithMetadata(Changes)
            .Describes<ApplicationView>("The application now.", StatusCodes.Status400BadRequest, StatusCodes.Status404NotFound)
            .IsTagged();

    private static async Task<IResult> Show(HttpContext context, IQueueNode node, [AsParameters] ApplicationPath path)
    {
        var (wrong, unknown) = (Changes.Read(context, out var most), path.Find(node, out var queueKey));
        if ((wrong ?? unknown) is { } refusal)
        {
            return refusal;
        }

        var application = path.Application;
        return await node.Look(queueKey, (queue, at) => ApplicationView.Of(queue, at, application, most), context.RequestAborted) is { } view
            ? Reply.Tagged(context, view, view with { At = default }, ApiJson.Web.ApplicationView, mayBeKept: false)
            : ProblemResult.Of(Reason.UnknownApplication);
    }
}
