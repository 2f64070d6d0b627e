using EOrda.Actors;
using EOrda.Actors.Queries;
using EOrda.Portal.Admission;
using EOrda.Portal.Json;
using EOrda.Portal.OpenApi;
using EOrda.Portal.Problems;
using EOrda.Portal.Queues;
using EOrda.Portal.Secrets;
using EOrda.Queues.Rules;

namespace EOrda.Portal.Applications;

/// <summary>An application's state and position for everyone; with its secret all of it, and why the position changed (rules, sections 3 and 10).</summary>
internal static class ApplicationEndpoints
{
    private static readonly QueryNumber Changes = new("changes", "how many changes of the position at most", 0, ApplicationQuery.MostChanges, 20);

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapGet(ApplicationPath.Pattern, Show)
            .WithTags("Applications")
            .WithSummary("An application's state and position; with its secret all of it, with the causes of the position's changes")
            .WithMetadata(Changes)
            .Describes<ApplicationView>(
                "The application now: all of it with its secret; without it only what a register shows.",
                StatusCodes.Status400BadRequest,
                StatusCodes.Status401Unauthorized,
                StatusCodes.Status404NotFound)
            .WithMetadata(new WithoutSecret(typeof(PublicApplicationView)))
            .IsTagged();

    private static async Task<IResult> Show(HttpContext context, IQueues queues, ApplicationSecrets secrets, LookRates rates, [AsParameters] ApplicationPath path)
    {
        var directory = await queues.Directory(context.RequestAborted);
        var (wrong, unknown) = (Changes.Read(context, out var most), path.Find(directory, out var queue));
        if ((wrong ?? unknown) is { } refusal)
        {
            return refusal;
        }

        var application = path.Application;
        var proof = Proof.Of(context, secrets, application);
        if (proof == ProofGiven.Right)
        {
            var reply = await queues.Query(queue, new ApplicationQuery(application, most), context.RequestAborted);
            return ApplicationView.Of(queue, reply) is { } view
                ? Reply.Tagged(context, view, view with { At = default }, ApiJson.Web.ApplicationView, mayBeKept: false)
                : ProblemResult.Of(Reason.UnknownApplication);
        }

        if (proof != ProofGiven.None)
        {
            context.RequestServices.GetRequiredService<ProofMetrics>().Failed(proof);
        }

        if (rates.Take(Callers.KeyOf(context.Connection.RemoteIpAddress)) is { } wait)
        {
            context.RequestServices.GetRequiredService<AdmissionMetrics>().OfLook();
            return new ProblemResult(Problem.TooManyRequests, wait);
        }

        if (proof != ProofGiven.None)
        {
            return new ProblemResult(Problem.Unauthorized);
        }

        var states = await queues.Query(queue, new StatesQuery(application), context.RequestAborted);
        return PublicApplicationView.Of(queue, states) is { } shown
            ? Reply.Tagged(context, shown, shown with { At = default }, ApiJson.Web.PublicApplicationView, mayBeKept: false)
            : ProblemResult.Of(Reason.UnknownApplication);
    }
}
