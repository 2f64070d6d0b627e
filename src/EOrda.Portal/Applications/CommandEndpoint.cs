using EOrda.Actors;
using EOrda.Portal.Admission;
using EOrda.Portal.Idempotency;
using EOrda.Portal.Problems;
using EOrda.Portal.Secrets;
using EOrda.Queues;
using EOrda.Queues.Names;
using EOrda.Queues.Rules;

namespace EOrda.Portal.Applications;

/// <summary>What is common to every command of an application: its secret, its rate, its key, and the telling of a refusal.</summary>
internal static class CommandEndpoint
{
    /// <summary>Demands proof and a key, has the command decided, and answers with what it gave or with the refusal.</summary>
    /// <param name="context">The request.</param>
    /// <param name="path">The application.</param>
    /// <param name="command">Makes the command; asked when the proof has been given.</param>
    /// <param name="reply">Makes the answer of what the command gave.</param>
    /// <param name="refused">Adds to a refusal what may be known besides.</param>
    public static async Task<IResult> Ask(
        HttpContext context,
        ApplicationPath path,
        Func<ValueTask<Command>> command,
        Func<Answer, IResult> reply,
        Action<HttpContext, QueueKey, Reason>? refused = null)
    {
        var node = context.RequestServices.GetRequiredService<IQueueNode>();
        var queue = path.In(node);
        Proof.Demand(context, context.RequestServices.GetRequiredService<ApplicationSecrets>(), path.Application);
        if (context.RequestServices.GetRequiredService<Rates>().Take(path.Application) is { } wait)
        {
            context.RequestServices.GetRequiredService<AdmissionMetrics>().OfApplication();
            return new ProblemResult(Problem.TooManyRequests, wait);
        }

        var key = IdempotencyKey.Of(context, path.Application);
        var answer = await node.Ask(await command(), key, queue, context.RequestAborted);
        context.Response.Headers.CacheControl = "no-store";
        if (answer is not Refusal { Reason: var reason })
        {
            return reply(answer);
        }

        refused?.Invoke(context, queue, reason);
        return ProblemResult.Of(reason);
    }
}
