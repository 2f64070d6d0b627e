using System.Text.Json.Serialization.Metadata;
using EOrda.Actors;
using EOrda.Portal.Admission;
using EOrda.Portal.Json;
using EOrda.Portal.OpenApi;
using EOrda.Portal.Problems;
using EOrda.Portal.Queues;
using EOrda.Portal.Secrets;
using EOrda.Queues;
using EOrda.Queues.Names;
using EOrda.Queues.Rules;
using EOrda.Queues.Time;

namespace EOrda.Portal.Applications;

/// <summary>An application's state and position for everyone; with its secret all of it, and why the position changed (rules, sections 3 and 10).</summary>
internal static class ApplicationEndpoints
{
    private static readonly QueryNumber Changes = new("changes", "how many changes of the position at most", 0, 100, 20);

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

    private static Task<IResult> Show(HttpContext context, IQueueNode node, ApplicationSecrets secrets, LookRates rates, [AsParameters] ApplicationPath path)
    {
        var (wrong, unknown) = (Changes.Read(context, out var most), path.Find(node, out var queue));
        if ((wrong ?? unknown) is { } refusal)
        {
            return Task.FromResult(refusal);
        }

        var application = path.Application;
        var proof = Proof.Of(context, secrets, application);
        if (proof == ProofGiven.Right)
        {
            return Look(context, node, queue, (look, at) => ApplicationView.Of(look, at, application, most), view => view with { At = default }, ApiJson.Web.ApplicationView);
        }

        if (proof != ProofGiven.None)
        {
            context.RequestServices.GetRequiredService<ProofMetrics>().Failed(proof);
        }

        if (rates.Take(Callers.KeyOf(context.Connection.RemoteIpAddress)) is { } wait)
        {
            context.RequestServices.GetRequiredService<AdmissionMetrics>().OfLook();
            return Task.FromResult<IResult>(new ProblemResult(Problem.TooManyRequests, wait));
        }

        return proof == ProofGiven.None
            ? Look(context, node, queue, (look, at) => PublicApplicationView.Of(look, at, application), view => view with { At = default }, ApiJson.Web.PublicApplicationView)
            : Task.FromResult<IResult>(new ProblemResult(Problem.Unauthorized));
    }

    private static async Task<IResult> Look<T>(
        HttpContext context,
        IQueueNode node,
        QueueKey queue,
        Func<Queue, Moment, T?> look,
        Func<T, T> undated,
        JsonTypeInfo<T> type)
        where T : class =>
        await node.Look(queue, look, context.RequestAborted) is { } view
            ? Reply.Tagged(context, view, undated(view), type, mayBeKept: false)
            : ProblemResult.Of(Reason.UnknownApplication);
}
