using EOrda.Portal.Hosting;
using EOrda.Portal.Json;

namespace EOrda.Portal.Health;

/// <summary>Whether the process lives, and whether it can answer.</summary>
internal static class HealthEndpoints
{
    /// <summary>Under which address they are.</summary>
    public const string Address = "/health";

    private static readonly HealthView Live = new("live");
    private static readonly HealthView Ready = new("ready");
    private static readonly HealthView NotReady = new("starting");

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet(Address + "/live", (HttpContext context) => Reply.With(context, Live, ApiJson.Web.HealthView))
            .ExcludeFromDescription();
        routes.MapGet(Address + "/ready", (HttpContext context, NodeHost host) =>
            {
                context.Response.StatusCode = host.IsReady ? StatusCodes.Status200OK : StatusCodes.Status503ServiceUnavailable;
                return Reply.With(context, host.IsReady ? Ready : NotReady, ApiJson.Web.HealthView);
            })
            .ExcludeFromDescription();
    }
}

/// <summary>How the portal is.</summary>
/// <param name="Status"><c>live</c>, <c>ready</c> or <c>starting</c>.</param>
internal sealed record HealthView(string Status);
