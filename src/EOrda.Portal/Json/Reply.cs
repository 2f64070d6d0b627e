using System.Text.Json.Serialization.Metadata;

namespace EOrda.Portal.Json;

/// <summary>What a request is answered with: always a fresh look, never kept by anyone on the way.</summary>
internal static class Reply
{
    /// <summary>200 with a value.</summary>
    public static IResult With<T>(HttpContext context, T value, JsonTypeInfo<T> type)
    {
        context.Response.Headers.CacheControl = "no-store";
        return TypedResults.Json(value, type);
    }
}
