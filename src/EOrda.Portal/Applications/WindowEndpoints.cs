using EOrda.Actors;
using EOrda.Portal.Json;
using EOrda.Portal.OpenApi;
using EOrda.Portal.Problems;
using EOrda.Portal.Secrets;
using EOrda.Queues.Rules;

namespace EOrda.Portal.Applications;

/// <summary>Whether an application, alone or with siblings, may take places in priority access now (rules, sections 5 and 9).</summary>
internal static class WindowEndpoints
{
    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapGet(ApplicationPath.Pattern + "/window", Show)
            .WithTags("Applications")
            .WithSummary("Whether an application, alone or together with siblings, may take places in priority access now")
            .WithMetadata(NamedSiblings.Parameter, OwnersDescription.Instance)
            .Describes<PermissionView>("What holds now.", StatusCodes.Status400BadRequest, StatusCodes.Status401Unauthorized, StatusCodes.Status404NotFound);

    private static async Task<IResult> Show(HttpContext context, IQueueNode node, ApplicationSecrets secrets, [AsParameters] ApplicationPath path)
    {
        var application = path.Application;
        if ((path.Find(node, out var own) ?? Proof.Refusal(context, secrets, application)) is { } refusal)
        {
            return refusal;
        }

        var members = new List<WindowMember>();
        foreach (var (queue, name) in NamedSiblings.Read(context, own).Prepend((own, application)))
        {
            // One queue after the other: nothing is decided by this, and a reservation looks again.
            if (await node.Look(queue, (found, at) => WindowMember.Of(found, at, name), context.RequestAborted) is not { } member)
            {
                return ProblemResult.Of(Reason.UnknownApplication);
            }

            members.Add(member);
        }

        return Reply.With(context, PermissionView.Of(members), ApiJson.Web.PermissionView);
    }
}
