using EOrda.Queues.Rules;
using Microsoft.AspNetCore.Http.Features;

namespace EOrda.Portal.Problems;

/// <summary>Writes a problem as the whole response, in the caller's language.</summary>
internal static class ProblemWriter
{
    /// <summary>The content type of a problem.</summary>
    public const string ContentType = "application/problem+json; charset=utf-8";

    public static Task WriteAsync(HttpContext context, Problem problem, TimeSpan? retryAfter = null)
    {
        var language = Begin(context, problem);
        if (retryAfter is { } wait)
        {
            context.Response.Headers.RetryAfter = Math.Max(1, (long)Math.Ceiling(wait.TotalSeconds)).ToString();
        }

        return EndAsync(context, problem.In(language));
    }

    public static Task WriteAsync(HttpContext context, string field, Fault fault)
    {
        var language = Begin(context, Problem.BadInput);
        return EndAsync(context, Problem.BadInput.In(language, field, fault.In(language)));
    }

    /// <summary>True when the request's body is larger than what is taken off a connection, so that nothing can follow it.</summary>
    public static bool LeavesBody(HttpContext context) =>
        context.Request.ContentLength is { } length && length > context.Features.Get<IHttpMaxRequestBodySizeFeature>()?.MaxRequestBodySize;

    private static Language Begin(HttpContext context, Problem problem)
    {
        var language = Languages.Wanted(context.Request.Headers.AcceptLanguage);
        var response = context.Response;
        response.StatusCode = problem.Status;
        response.ContentType = ContentType;
        response.Headers.ContentLanguage = Languages.TagOf(language);
        response.Headers.Vary = "Accept-Language";
        response.Headers.CacheControl = "no-store";
        if (problem.Status == StatusCodes.Status408RequestTimeout || LeavesBody(context))
        {
            // The rest of the body is not waited for, so nothing can follow it.
            response.Headers.Connection = "close";
        }

        if (problem.Status == StatusCodes.Status401Unauthorized)
        {
            response.Headers.WWWAuthenticate = "Bearer";
        }

        return language;
    }

    private static Task EndAsync(HttpContext context, ReadOnlyMemory<byte> body)
    {
        context.Response.ContentLength = body.Length;
        return context.Response.Body.WriteAsync(body, context.RequestAborted).AsTask();
    }
}

/// <summary>A problem as a handler's result.</summary>
internal sealed class ProblemResult(Problem problem, TimeSpan? retryAfter = null) : IResult
{
    private static readonly ProblemResult[] OfReasons = [.. Enum.GetValues<Reason>().Select(reason => new ProblemResult(Problem.Of(reason)))];

    /// <summary>The result of a refusal; the same object each time.</summary>
    public static ProblemResult Of(Reason reason) => OfReasons[(int)reason];

    /// <inheritdoc/>
    public Task ExecuteAsync(HttpContext httpContext) => ProblemWriter.WriteAsync(httpContext, problem, retryAfter);
}

/// <summary>A field of the request is not what it should be, as a handler's result.</summary>
internal sealed class BadInputResult(string field, Fault fault) : IResult
{
    /// <inheritdoc/>
    public Task ExecuteAsync(HttpContext httpContext) => ProblemWriter.WriteAsync(httpContext, field, fault);
}
