using System.Diagnostics;
using EOrda.Portal.Health;
using EOrda.Portal.Hosting;
using EOrda.Portal.Live;
using EOrda.Portal.Problems;

namespace EOrda.Portal.Admission;

/// <summary>
/// The first that a request meets. What is too much is refused here, before anything is looked up, read or asked: one address too fast, all together too fast, or
/// more requests under way than can be answered in good time. Health always passes; live connections are bounded by their own number.
/// </summary>
internal sealed class AdmissionGate(RequestDelegate next, Rates rates, WorkInFlight work, ServerLimits limits, AdmissionMetrics metrics)
{
    private const int LatestReturn = 2;
    private static readonly PathString Api = "/api";
    private static readonly QuickRefusal Busy = new(Problem.Busy);
    private static readonly QuickRefusal TooMany = new(Problem.TooManyRequests);

    private uint turnedAway;
    private int webSockets;

    public Task InvokeAsync(HttpContext context)
    {
        var path = context.Request.Path;
        if (path.StartsWithSegments(HealthEndpoints.Address, StringComparison.Ordinal))
        {
            return next(context);
        }

        if (rates.Take(context.Connection.RemoteIpAddress) is { } wait)
        {
            metrics.OfAddress();
            TooMany.Write(context, (int)Math.Ceiling(wait.TotalSeconds));
            return Task.CompletedTask;
        }

        if (!path.StartsWithSegments(Api, StringComparison.Ordinal))
        {
            return path == LiveHub.Address && context.Request.Headers.Upgrade.Count > 0 ? WatchAsync(context) : next(context);
        }

        if ((!HttpMethods.IsGet(context.Request.Method) && rates.Take() is not null) || !work.TryEnter())
        {
            TurnAway(context);
            return Task.CompletedTask;
        }

        return AnswerAsync(context);
    }

    private void TurnAway(HttpContext context)
    {
        metrics.Busy();

        // Not all in the same second again.
        Busy.Write(context, 1 + (int)(Interlocked.Increment(ref turnedAway) % LatestReturn));
    }

    /// <summary>A live connection is one request for as long as it is open.</summary>
    private async Task WatchAsync(HttpContext context)
    {
        try
        {
            if (Interlocked.Increment(ref webSockets) > limits.WebSockets)
            {
                TurnAway(context);
                return;
            }

            await next(context);
        }
        finally
        {
            Interlocked.Decrement(ref webSockets);
        }
    }

    private async Task AnswerAsync(HttpContext context)
    {
        var entered = Stopwatch.GetTimestamp();
        try
        {
            await next(context);
        }
        finally
        {
            work.Leave();
        }

        if (IsDecided(context))
        {
            work.Decided(entered);
        }
    }

    /// <summary>True for a command that the node has decided: what is turned down before that takes no time and says nothing of the others' wait.</summary>
    private static bool IsDecided(HttpContext context) =>
        !HttpMethods.IsGet(context.Request.Method)
        && context.Response.StatusCode is StatusCodes.Status200OK or StatusCodes.Status403Forbidden or StatusCodes.Status409Conflict or StatusCodes.Status422UnprocessableEntity;
}
