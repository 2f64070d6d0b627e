using System.Buffers;
using EOrda.Portal.Problems;
using Microsoft.Extensions.Primitives;

namespace EOrda.Portal.Admission;

/// <summary>A problem that is answered thousands of times a second: everything about it is made once.</summary>
internal sealed class QuickRefusal
{
    private const int LongestWait = 60;

    private static readonly StringValues[] Seconds = [.. Enumerable.Range(0, LongestWait + 1).Select(s => new StringValues(s.ToString()))];
    private static readonly StringValues[] Tags = [.. Enum.GetValues<Language>().Select(language => new StringValues(Languages.TagOf(language)))];
    private static readonly StringValues Type = ProblemWriter.ContentType;
    private static readonly StringValues Vary = "Accept-Language";
    private static readonly StringValues NoStore = "no-store";
    private static readonly StringValues Bearer = "Bearer";
    private static readonly StringValues Close = "close";

    private readonly int status;
    private readonly byte[][] bodies;

    public QuickRefusal(Problem problem)
    {
        status = problem.Status;
        bodies = [.. Enum.GetValues<Language>().Select(language => problem.In(language).ToArray())];
    }

    /// <summary>Answers with it. It is sent when the request ends, all in one piece.</summary>
    /// <param name="context">The request.</param>
    /// <param name="retryAfter">After how long to ask again; null when there is no use in that.</param>
    public void Write(HttpContext context, TimeSpan? retryAfter = null)
    {
        var language = (int)Languages.Wanted(context.Request.Headers.AcceptLanguage);
        var response = context.Response;
        response.StatusCode = status;
        var headers = response.Headers;
        headers.ContentType = Type;
        headers.ContentLanguage = Tags[language];
        headers.Vary = Vary;
        headers.CacheControl = NoStore;
        if (retryAfter is { } wait)
        {
            headers.RetryAfter = Seconds[(int)Math.Clamp(Math.Ceiling(wait.TotalSeconds), 1, LongestWait)];
        }

        if (status == StatusCodes.Status401Unauthorized)
        {
            headers.WWWAuthenticate = Bearer;
        }

        if (ProblemWriter.LeavesBody(context))
        {
            headers.Connection = Close;
        }

        var body = bodies[language];
        headers.ContentLength = body.Length;
        response.BodyWriter.Write(body);
    }
}
