using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.Http.Headers;
using Microsoft.Net.Http.Headers;

namespace EOrda.Portal.Json;

/// <summary>What a request is answered with: always a fresh look.</summary>
internal static class Reply
{
    private const int TagBytes = 12;

    /// <summary>200 with a value that nobody on the way keeps.</summary>
    public static IResult With<T>(HttpContext context, T value, JsonTypeInfo<T> type)
    {
        context.Response.Headers.CacheControl = "no-store";
        return TypedResults.Json(value, type);
    }

    /// <summary>200 with a value and its tag, or 304 where the caller names the tag: the caller has the same already.</summary>
    /// <param name="context">The request.</param>
    /// <param name="value">The value.</param>
    /// <param name="undated">The value without the instant of the look: what the tag is made of.</param>
    /// <param name="type">How it is written.</param>
    /// <param name="mayBeKept">True where the caller's own cache may keep it, to ask again with the tag; false of one family's matters.</param>
    public static IResult Tagged<T>(HttpContext context, T value, T undated, JsonTypeInfo<T> type, bool mayBeKept)
    {
        var tag = TagOf(JsonSerializer.SerializeToUtf8Bytes(undated, type));
        context.Response.Headers.CacheControl = mayBeKept ? "private, no-cache" : "no-store";
        context.Response.GetTypedHeaders().ETag = tag;
        return Names(context.Request.GetTypedHeaders(), tag) ? TypedResults.StatusCode(StatusCodes.Status304NotModified) : TypedResults.Json(value, type);
    }

    // Weak: the instant of the look differs.
    private static EntityTagHeaderValue TagOf(byte[] content) =>
        new($"\"{Convert.ToHexStringLower(SHA256.HashData(content).AsSpan(..TagBytes))}\"", isWeak: true);

    private static bool Names(RequestHeaders request, EntityTagHeaderValue tag) =>
        request.IfNoneMatch.Any(named => named.Compare(tag, useStrongComparison: false));
}
