using EOrda.Portal.Hosting;
using EOrda.Portal.Live;

namespace EOrda.Portal.Admission;

/// <summary>Lets live connections in: so many of all, so many of an address, and none that another site's page opens.</summary>
internal sealed class LiveEntrance(ServerLimits limits, LiveLimits live, UnderWay underWay, LiveCalls calls, LiveOrigins origins, LiveMetrics metrics, Refusals refusals)
{
    private int open;

    /// <summary>Lets a request in or answers it. A live connection is one request for as long as it is open.</summary>
    /// <param name="context">The request.</param>
    /// <param name="caller">The key of its address.</param>
    /// <param name="next">What opens the connection.</param>
    public async Task EnterAsync(HttpContext context, int? caller, RequestDelegate next)
    {
        if (!origins.MayAsk(context.Request))
        {
            refusals.ForeignOrigin(context);
            return;
        }

        // To open a connection is a call too: each is known for a while even where nothing follows.
        if (!calls.MayCall(caller) || !underWay.LiveOfAddresses.TryEnter(caller))
        {
            refusals.OfAddress(context);
            return;
        }

        try
        {
            if (Interlocked.Increment(ref open) > limits.WebSockets)
            {
                refusals.Busy(context);
                return;
            }

            MeteredUpgrade.Around(context, live, metrics.CalledTooFast);
            await next(context);
        }
        finally
        {
            Interlocked.Decrement(ref open);
            underWay.LiveOfAddresses.Leave(caller);
        }
    }
}
