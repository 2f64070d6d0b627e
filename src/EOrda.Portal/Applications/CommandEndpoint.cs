using EOrda.Actors;
using EOrda.Portal.Admission;
using EOrda.Portal.Idempotency;
using EOrda.Portal.Problems;
using EOrda.Queues;
using EOrda.Queues.Names;
using EOrda.Queues.Rules;

namespace EOrda.Portal.Applications;

/// <summary>What is common to every command of an application: its proof, its key, its body, and the telling of a refusal.</summary>
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
        Action<HttpContext, CountryDirectory, QueueKey, Reason>? refused = null)
    {
        var door = context.RequestServices.GetRequiredService<CommandDoor>();
        if (!door.TryEnter(context, path.Application))
        {
            return TypedResults.Empty;
        }

        try
        {
            var queues = context.RequestServices.GetRequiredService<IQueues>();
            var directory = await queues.Directory(context.RequestAborted);
            if (path.Find(directory, out var queue) is { } refusal)
            {
                return refusal;
            }

            var key = IdempotencyKey.Of(context, path.Application);

            // The body has come whole before the node is asked; and a caller that goes meanwhile does not give its slot to the next before the decision.
            var answer = await queues.Ask(await command(), key, queue, CancellationToken.None);
            context.Response.Headers.CacheControl = "no-store";
            if (answer is not Refusal { Reason: var reason })
            {
                return reply(answer);
            }

            refused?.Invoke(context, directory, queue, reason);
            return ProblemResult.Of(reason);
        }
        finally
        {
            door.Leave(path.Application);
        }
    }
}
