using EOrda.Actors;

namespace EOrda.Portal.Problems;

/// <summary>Turns what is thrown on the way, and what nobody answered, into a problem. Nothing of the inside of the portal leaves it.</summary>
internal sealed partial class FaultHandling(RequestDelegate next, ILogger<FaultHandling> logger)
{
    private static readonly TimeSpan AskAgainAfter = TimeSpan.FromSeconds(1);

    public async Task InvokeAsync(HttpContext context)
    {
        try
        {
            await next(context);
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            // Nobody is there to be answered; what was asked goes on.
            return;
        }
#pragma warning disable CA1031 // This is where every failure of a request ends.
        catch (Exception e) when (!context.Response.HasStarted)
#pragma warning restore CA1031
        {
            await AnswerAsync(context, e);
            return;
        }

        if (!context.Response.HasStarted && Unanswered(context.Response.StatusCode) is { } problem)
        {
            await ProblemWriter.WriteAsync(context, problem);
        }
    }

    private static Problem? Unanswered(int status) => status switch
    {
        StatusCodes.Status404NotFound => Problem.NotFound,
        StatusCodes.Status405MethodNotAllowed => Problem.MethodNotAllowed,
        StatusCodes.Status415UnsupportedMediaType => Problem.WrongContentType,
        _ => null,
    };

    private Task AnswerAsync(HttpContext context, Exception fault)
    {
        switch (fault)
        {
            case ProblemException e:
                return ProblemWriter.WriteAsync(context, e.Problem);
            case BadInputException e:
                return ProblemWriter.WriteAsync(context, e.Field, e.Fault);
            case BusyException e:
                return ProblemWriter.WriteAsync(context, Problem.Busy, e.RetryAfter);
            case NotRecordedException e:
                LogNotRecorded(e.Message);
                return ProblemWriter.WriteAsync(context, Problem.NotRecorded, e.RetryAfter);
            case OutcomeUnknownException e:
                LogOutcomeUnknown(e.Message);
                return ProblemWriter.WriteAsync(context, Problem.OutcomeUnknown, AskAgainAfter);
            case KeyReusedException:
                return ProblemWriter.WriteAsync(context, Problem.KeyReused);
            case BadHttpRequestException { StatusCode: StatusCodes.Status413PayloadTooLarge }:
                return ProblemWriter.WriteAsync(context, Problem.TooLarge);
            case BadHttpRequestException { StatusCode: StatusCodes.Status408RequestTimeout }:
                return ProblemWriter.WriteAsync(context, Problem.TooSlow);
            case BadHttpRequestException:
                return ProblemWriter.WriteAsync(context, "request", Fault.Unreadable);
            default:
                LogFailed(fault, context.Request.Method, (context.GetEndpoint() as RouteEndpoint)?.RoutePattern.RawText);
                return ProblemWriter.WriteAsync(context, Problem.Internal);
        }
    }

    [LoggerMessage(110, LogLevel.Error, "A decision was not recorded: {Reason}")]
    private partial void LogNotRecorded(string reason);

    [LoggerMessage(111, LogLevel.Warning, "The outcome of a command is not known: {Reason}")]
    private partial void LogOutcomeUnknown(string reason);

    [LoggerMessage(112, LogLevel.Error, "{Method} {Route} failed")]
    private partial void LogFailed(Exception fault, string method, string? route);
}
