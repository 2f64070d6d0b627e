using EOrda.Portal.Admission;
using EOrda.Portal.Problems;

namespace EOrda.Portal.Hosting;

/// <summary>Answers "starting, try again" to everything that needs the node, until it is there.</summary>
internal sealed class StartupGate(RequestDelegate next, NodeHost host)
{
    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(1);

    public Task InvokeAsync(HttpContext context) =>
        host.HasStarted || RequestKind.Of(context) is not { NeedsNode: true }
            ? next(context)
            : ProblemWriter.WriteAsync(context, Problem.Starting, RetryAfter);
}
