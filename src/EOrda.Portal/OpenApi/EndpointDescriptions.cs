using EOrda.Portal.Problems;

namespace EOrda.Portal.OpenApi;

/// <summary>Says of an endpoint what it answers.</summary>
internal static class EndpointDescriptions
{
    private const string ProblemType = "application/problem+json";

    private static readonly int[] OfCommands =
    [
        StatusCodes.Status400BadRequest, StatusCodes.Status401Unauthorized, StatusCodes.Status403Forbidden, StatusCodes.Status404NotFound,
        StatusCodes.Status408RequestTimeout, StatusCodes.Status409Conflict, StatusCodes.Status413PayloadTooLarge, StatusCodes.Status415UnsupportedMediaType, StatusCodes.Status422UnprocessableEntity,
    ];

    /// <summary>A query: what it gives, and with which statuses it can end in a problem.</summary>
    public static RouteHandlerBuilder Describes<T>(this RouteHandlerBuilder endpoint, string success, params int[] problems)
    {
        endpoint.Produces<T>(StatusCodes.Status200OK, "application/json").WithMetadata(new SuccessDescription(success));
        foreach (var status in problems)
        {
            endpoint.Produces<ProblemView>(status, ProblemType);
        }

        return endpoint.Produces<ProblemView>(StatusCodes.Status503ServiceUnavailable, ProblemType);
    }

    /// <summary>A query whose answer carries a tag: asked again with <c>If-None-Match</c> it is 304 where nothing has changed.</summary>
    public static RouteHandlerBuilder IsTagged(this RouteHandlerBuilder endpoint) => endpoint.Produces(StatusCodes.Status304NotModified);

    /// <summary>A command of an application: what it gives; it takes a secret and a key, and can end in any problem of a command.</summary>
    public static RouteHandlerBuilder DescribesCommand<T>(this RouteHandlerBuilder endpoint, string success) =>
        endpoint.Describes<T>(success, OfCommands).WithMetadata(CommandDescription.Instance);
}

/// <summary>What the success of an endpoint means.</summary>
internal sealed record SuccessDescription(string Text);

/// <summary>Marks a query that only an application's owner may ask: it takes the secret.</summary>
internal sealed class OwnersDescription
{
    public static readonly OwnersDescription Instance = new();
}

/// <summary>What an endpoint answers where the application's secret is not shown; with it, what it describes.</summary>
internal sealed record WithoutSecret(Type Answer);

/// <summary>Marks the endpoint of a command.</summary>
internal sealed class CommandDescription
{
    public static readonly CommandDescription Instance = new();
}
