namespace EOrda.Portal.OpenApi;

/// <summary>Serves the OpenAPI document.</summary>
internal static class DocumentEndpoint
{
    private const string Address = $"/openapi/{PortalDocument.Name}.json";

    public static void Map(IEndpointRouteBuilder routes) => routes.MapGet(Address, Serve).ExcludeFromDescription();

    private static async Task Serve(HttpContext context, WrittenDocument document)
    {
        var (bytes, tag) = await document.ReadAsync();
        var response = context.Response;
        response.Headers.ETag = tag;
        response.Headers.CacheControl = "no-cache";
        if (context.Request.Headers.IfNoneMatch == tag)
        {
            response.StatusCode = StatusCodes.Status304NotModified;
            return;
        }

        response.ContentType = "application/json; charset=utf-8";
        response.ContentLength = bytes.Length;
        await response.Body.WriteAsync(bytes, context.RequestAborted);
    }
}
