using Microsoft.Net.Http.Headers;

namespace EOrda.Portal.Pages;

/// <summary>Serves the pages.</summary>
internal static class PageEndpoint
{
    // HEAD has become GET before it comes here; it is named so that a 405 tells of both.
    private static readonly string[] Methods = [HttpMethods.Get, HttpMethods.Head];

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapMethods("/{**path}", Methods, Serve).ExcludeFromDescription();

    private static Task Serve(HttpContext context, PageFiles files)
    {
        var response = context.Response;
        if (files.At(context.Request.Path) is not { } file)
        {
            response.StatusCode = StatusCodes.Status404NotFound;
            return Task.CompletedTask;
        }

        response.Headers.ETag = file.ETag;
        response.Headers.CacheControl = file.IsImmutable ? "public, max-age=31536000, immutable" : "no-cache";
        response.Headers.Vary = HeaderNames.AcceptEncoding;
        if (context.Request.Headers.IfNoneMatch == file.ETag)
        {
            response.StatusCode = StatusCodes.Status304NotModified;
            return Task.CompletedTask;
        }

        var compressed = AcceptsBrotli(context.Request);
        var bytes = compressed ? file.Brotli : file.Plain;
        response.ContentType = file.ContentType;
        response.ContentLength = bytes.Length;
        if (compressed)
        {
            response.Headers.ContentEncoding = "br";
        }

        return response.Body.WriteAsync(bytes, context.RequestAborted).AsTask();
    }

    private static bool AcceptsBrotli(HttpRequest request) =>
        StringWithQualityHeaderValue.TryParseList(request.Headers.AcceptEncoding, out var encodings)
        && encodings.Any(e => e.Value.Equals("br", StringComparison.OrdinalIgnoreCase) && e.Quality is null or > 0);
}
