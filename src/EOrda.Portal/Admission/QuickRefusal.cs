using System.Buffers;
using EOrda.Portal.Hosting;
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
    private static readonly StringValues NoSniff = "nosniff";
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
    /// <param name="retryAfter">Seconds after which to ask again.</param>
    public void Write(HttpContext context, int retryAfter)
    {
        var language = (int)Languages.Wanted(context.Request.Headers.AcceptLanguage);
        var response = context.Response;
        response.StatusCode = status;
        var headers = response.Headers;
        headers.ContentType = Type;
        headers.RetryAfter = Seconds[Math.Clamp(retryAfter, 1, LongestWait)];
        headers.ContentLanguage = Tags[language];
        headers.Vary = Vary;
        headers.CacheControl = NoStore;
        headers.XContentTypeOptions = NoSniff;
        if (ProblemWriter.LeavesBody(context))
        {
            headers.Connection = Close;
        }

        var body = bodies[language];
        headers.ContentLength = body.Length;
        if (!HttpMethods.IsHead(context.Request.Method))
        {
            response.BodyWriter.Write(body);
        }
    }
}
