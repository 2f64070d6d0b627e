using EOrda.Accounts;
using EOrda.Accounts.People;
using EOrda.Accounts.Sessions;
using EOrda.Accounts.Staff;
using EOrda.Portal.Json;
using EOrda.Portal.OpenApi;
using EOrda.Portal.Problems;
using EOrda.Portal.Sessions;

namespace EOrda.Portal.Staff;

/// <summary>Enrolling, signing in and out, and choosing the role (P2).</summary>
internal static class SessionEndpoints
{
    private const string Enrolment = "/api/staff/enrolment";
    private const string Session = "/api/staff/session";

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost(Enrolment, Open)
            .WithTags("Staff")
            .WithSummary("Shows who opens a link of enrolment what to set the authenticator up with")
            .Accepts<EnrolmentRequest>("application/json")
            .DescribesStaff<EnrolmentView>("The link is good; nothing has changed.")
            .WithMetadata(Access.Strangers);
        routes.MapPost(Enrolment + "/completion", Complete)
            .WithTags("Staff")
            .WithSummary("Sets password and authenticator, and ends the link")
            .Accepts<EnrolmentCompletion>("application/json")
            .DescribesStaff<DoneView>("Enrolled; now sign in.")
            .WithMetadata(Access.Strangers);
        routes.MapPost(Session, SignIn)
            .WithTags("Staff")
            .WithSummary("Signs in with password and authenticator")
            .Accepts<SignInRequest>("application/json")
            .DescribesStaff<SessionView>("Signed in; the session is in the cookie.")
            .WithMetadata(Access.Strangers);
        routes.MapGet(Session, Show)
            .WithTags("Staff")
            .WithSummary("Who is signed in, in which role")
            .DescribesStaff<SessionView>("The session.")
            .WithMetadata(Access.Staff);
        routes.MapPost(Session + "/duty", Switch)
            .WithTags("Staff")
            .WithSummary("Goes on in another role of the same person")
            .Accepts<DutyView>("application/json")
            .DescribesStaffCommand<SessionView>("A new session in that role is in the cookie.")
            .WithMetadata(Access.Staff);
        routes.MapDelete(Session, SignOut)
            .WithTags("Staff")
            .WithSummary("Signs out")
            .DescribesStaffCommand<DoneView>("The session has ended.")
            .WithMetadata(Access.Staff);
    }

    private static async Task<IResult> Open(HttpContext context, StaffEnrolment enrolment)
    {
        var request = await RequestBody.ReadAsync(context, ApiJson.Web.EnrolmentRequest);
        var offer = await enrolment.Open(request.Token, context.RequestAborted);
        return offer.IsGiven
            ? Reply.With(
                context,
                new EnrolmentView(offer.Value.Login, offer.Value.AuthenticatorKey, offer.Value.AuthenticatorUri, QrCode.Of(offer.Value.AuthenticatorUri)),
                ApiJson.Web.EnrolmentView)
            : StaffProblems.Result(offer.Refusal);
    }

    private static async Task<IResult> Complete(HttpContext context, StaffEnrolment enrolment)
    {
        var request = await RequestBody.ReadAsync(context, ApiJson.Web.EnrolmentCompletion);
        return StaffReply.Done(context, await enrolment.Complete(request.Token, request.Password, request.Code, Caller.OriginOf(context), CancellationToken.None));
    }

    private static async Task<IResult> SignIn(HttpContext context, StaffSignIn signIn, SessionCookies cookies)
    {
        var request = await RequestBody.ReadAsync(context, ApiJson.Web.SignInRequest);
        var origin = Caller.OriginOf(context);
        return await Begun(context, cookies, origin, await signIn.SignIn(request.Login, request.Password, request.Code, duty: null, origin, CancellationToken.None));
    }

    private static async Task<IResult> Switch(HttpContext context, StaffSignIn signIn, SessionCookies cookies)
    {
        var request = await RequestBody.ReadAsync(context, ApiJson.Web.DutyView);
        var acting = Caller.Of(context);
        return await Begun(context, cookies, acting.Origin, await signIn.Switch(acting, RoleWords.Read("role", request.Role, request.Scope), CancellationToken.None));
    }

    private static Task<IResult> Show(HttpContext context, CancellationToken cancel) => Tell(context, Caller.Of(context), endedAnother: false, cancel);

    private static async Task<IResult> SignOut(HttpContext context, LiveSessions sessions, SessionCookies cookies)
    {
        var done = await sessions.SignOut(cookies.SessionOf(context.Request), Caller.OriginOf(context), CancellationToken.None);
        if (done.IsGiven)
        {
            cookies.End(context.Response);
        }

        return StaffReply.Done(context, done);
    }

    private static async Task<IResult> Begun(HttpContext context, SessionCookies cookies, Origin origin, Outcome<SignedIn> signedIn)
    {
        if (!signedIn.IsGiven)
        {
            return StaffProblems.Result(signedIn.Refusal);
        }

        cookies.Begin(context.Response, signedIn.Value.Token);
        return await Tell(context, new Acting(signedIn.Value.Session, origin), signedIn.Value.EndedAnother, context.RequestAborted);
    }

    private static async Task<IResult> Tell(HttpContext context, Acting acting, bool endedAnother, CancellationToken cancel)
    {
        var services = context.RequestServices;
        var person = await services.GetRequiredService<Persons>().Show(acting, acting.Session.PersonId, "", cancel);
        if (!person.IsGiven)
        {
            return StaffProblems.Result(person.Refusal);
        }

        var view = new SessionView(
            person.Value.Login ?? "",
            person.Value.Name ?? "",
            DutyView.Of(acting.Session.Duty),
            [.. person.Value.Duties.Select(DutyView.Of)],
            acting.Session.ExpiresAt,
            services.GetRequiredService<ForeignRequests>().TokenOf(acting.Session),
            endedAnother);
        return Reply.With(context, view, ApiJson.Web.SessionView);
    }
}
