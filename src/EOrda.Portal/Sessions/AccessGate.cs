using EOrda.Accounts;
using EOrda.Accounts.Sessions;
using EOrda.Portal.Admission;
using EOrda.Portal.Problems;

namespace EOrda.Portal.Sessions;

/// <summary>
/// The one place where it is decided who may use an endpoint: by the session in the cookie, the role that it acts in, and the place that the route names, against
/// the endpoint's <see cref="Access"/>. Commands have to come from the portal's own pages besides. Handlers decide nothing of this.
/// </summary>
internal sealed class AccessGate(RequestDelegate next, LiveSessions sessions, SessionCookies cookies, ForeignRequests foreign, Rates rates, Refusals refusals)
{
    public Task InvokeAsync(HttpContext context)
    {
        var metadata = context.GetEndpoint()?.Metadata;
        var access = metadata?.GetMetadata<Access>();
        if (access is { IsOpen: true } || metadata?.GetMetadata<RequestKind>() is null)
        {
            // What has no kind is the framework's own answer that there is no such endpoint.
            return next(context);
        }

        return access is null ? ProblemWriter.WriteAsync(context, StaffProblems.Forbidden)
            : access.NeedsSession ? WithSessionAsync(context, access)
            : IsCommand(context.Request) && ForeignRequests.IsSentByAnother(context.Request) ? ProblemWriter.WriteAsync(context, StaffProblems.ForeignRequest)
            : next(context);
    }

    private static bool IsCommand(HttpRequest request) => !HttpMethods.IsGet(request.Method) && !HttpMethods.IsHead(request.Method);

    private async Task WithSessionAsync(HttpContext context, Access access)
    {
        var found = await sessions.Validate(cookies.SessionOf(context.Request), context.RequestAborted);
        if (!found.IsGiven)
        {
            await RefuseAsync(context, found.Refusal);
            return;
        }

        var session = found.Value;
        if (!access.Allows(session.Duty, context.Request.RouteValues))
        {
            await ProblemWriter.WriteAsync(context, StaffProblems.Forbidden);
            return;
        }

        if (IsCommand(context.Request) && (ForeignRequests.IsSentByAnother(context.Request) || !foreign.HasToken(context.Request, session)))
        {
            await ProblemWriter.WriteAsync(context, StaffProblems.ForeignRequest);
            return;
        }

        Caller.Set(context, new Acting(session, Caller.OriginOf(context) with { DeviceToken = cookies.DeviceOf(context.Request) }));
        await next(context);
    }

    // Who has no session proves nothing, and is told so at the rate of those who prove nothing.
    private async Task RefuseAsync(HttpContext context, Refusal refusal)
    {
        if (rates.TakeUnproved() is not null)
        {
            refusals.Unproved(context);
            return;
        }

        await ProblemWriter.WriteAsync(context, StaffProblems.Of(refusal), refusal.RetryAfter);
    }
}
