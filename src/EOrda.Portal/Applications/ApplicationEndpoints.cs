using EOrda.Actors;
using EOrda.Portal.Json;
using EOrda.Portal.OpenApi;
using EOrda.Portal.Problems;
using EOrda.Portal.Queues;
using EOrda.Portal.Secrets;
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
            .WithMetadata(Changes, NamedSiblings.Parameter)
            .Describes<ApplicationView>("The application now.", StatusCodes.Status400BadRequest, StatusCodes.Status401Unauthorized, StatusCodes.Status404NotFound);

    private static async Task<IResult> Show(HttpContext context, IQueueNode node, [AsParameters] ApplicationPath path)
    {
        var (most, own, application) = (Changes.Read(context), path.In(node), path.Application);
        var siblings = NamedSiblings.Read(context, own);
        if (siblings.Count > 0)
        {
            Proof.Demand(context, context.RequestServices.GetRequiredService<ApplicationSecrets>(), application);
        }

        var view = await node.Look(own, (queue, at) => ApplicationView.Of(queue, at, application, most), context.RequestAborted);
        if (view is { Window: { } window } && siblings.Count > 0)
        {
            view = view with { Window = window with { Together = await NamedSiblings.TogetherAsync(node, own, application, siblings, context.RequestAborted) } };
        }

        return view is not null ? Reply.With(context, view, ApiJson.Web.ApplicationView) : ProblemResult.Of(Reason.UnknownApplication);
    }
}
