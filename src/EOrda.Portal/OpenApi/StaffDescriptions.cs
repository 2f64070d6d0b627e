namespace EOrda.Portal.OpenApi;

/// <summary>Says of an endpoint of staff what it answers.</summary>
internal static class StaffDescriptions
{
    private static readonly int[] Problems =
    [
        StatusCodes.Status400BadRequest, StatusCodes.Status401Unauthorized, StatusCodes.Status403Forbidden, StatusCodes.Status404NotFound, StatusCodes.Status409Conflict,
        StatusCodes.Status413PayloadTooLarge, StatusCodes.Status415UnsupportedMediaType, StatusCodes.Status422UnprocessableEntity, StatusCodes.Status429TooManyRequests,
    ];

    /// <summary>What it gives, and that it can end in any problem of staff.</summary>
    public static RouteHandlerBuilder DescribesStaff<T>(this RouteHandlerBuilder endpoint, string success) => endpoint.Describes<T>(success, Problems);

    /// <summary>A command within a session: it takes the token against forgery.</summary>
    public static RouteHandlerBuilder DescribesStaffCommand<T>(this RouteHandlerBuilder endpoint, string success) =>
        endpoint.DescribesStaff<T>(success).WithMetadata(StaffCommandDescription.Instance);

    /// <summary>A command that the queues decide once by its key.</summary>
    public static RouteHandlerBuilder IsKeyed(this RouteHandlerBuilder endpoint) => endpoint.WithMetadata(KeyedDescription.Instance);
}

/// <summary>Marks a command of a session.</summary>
internal sealed class StaffCommandDescription
{
    public static readonly StaffCommandDescription Instance = new();
}

/// <summary>Marks a command of staff that takes a key.</summary>
internal sealed class KeyedDescription
{
    public static readonly KeyedDescription Instance = new();
}
