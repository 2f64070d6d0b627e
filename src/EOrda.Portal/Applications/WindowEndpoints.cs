using EOrda.Actors;
using EOrda.Actors.Queries;
using EOrda.Portal.Admission;
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

    private static async Task<IResult> Show(HttpContext context, IQueues queues, ApplicationSecrets secrets, LookRates rates, [AsParameters] ApplicationPath path)
    {
        var application = path.Application;
        if ((path.Find(await queues.Directory(context.RequestAborted), out var own) ?? Proof.Refusal(context, secrets, application)) is { } refusal)
        {
            return refusal;
        }

        var siblings = NamedSiblings.Read(context, own);
        foreach (var unused in siblings)
        {
            // A sibling is named without its secret, so naming one is a look at somebody's application.
            if (rates.Take(Callers.KeyOf(context.Connection.RemoteIpAddress)) is { } wait)
            {
                context.RequestServices.GetRequiredService<AdmissionMetrics>().OfLook();
                return new ProblemResult(Problem.TooManyRequests, wait);
            }
        }

        var members = new List<WindowMember>();
        foreach (var (queue, name) in siblings.Prepend((own, application)))
        {
            // One queue after the other: nothing is decided by this, and a reservation looks again.
            if (await queues.Query(queue, new WindowQuery(name), context.RequestAborted) is { Member: { } member })
            {
                members.Add(member);
            }
            else
            {
                // Whether somebody else's number is in a queue is not told.
                return name == application && queue == own
                    ? ProblemResult.Of(Reason.UnknownApplication)
                    : Reply.With(context, PermissionView.NoSiblings, ApiJson.Web.PermissionView);
            }
        }

        return Reply.With(context, PermissionView.Of(WindowRefusal.Of(members)), ApiJson.Web.PermissionView);
    }
}
