using EOrda.Accounts;
using EOrda.Accounts.People;
using EOrda.Accounts.Staff;
using EOrda.Portal.Json;
using EOrda.Portal.OpenApi;
using EOrda.Portal.Problems;
using EOrda.Portal.Sessions;

namespace EOrda.Portal.Staff;

/// <summary>The accounts of staff: inviting, roles, blocks (P1, P2). Each in the audit trail with its reason, by the room of accounts.</summary>
internal static class StaffEndpoints
{
    private const string Address = "/api/administration/staff";
    private const string Person = Address + "/{person}";
    private static readonly Access Administrators = Access.Of(new Right(Role.Administrator));

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet(Address, List)
            .WithTags("Staff accounts")
            .WithSummary("The accounts of staff, a hundred at a time; after names the last one seen")
            .DescribesStaff<StaffView>("In the order in which they were made.")
            .WithMetadata(Administrators);
        Describe<InviteRequest, InvitationView>(routes.MapPost(Address, Invite), "Makes an account with one to five roles", "The link by which its owner enrols; told once.");
        Describe<ReasonRequest, InvitationView>(routes.MapPost(Person + "/enrolment", InviteAgain), "A new link for who lost password or authenticator; both end", "The link; told once.");
        Describe<DutyRequest, DoneView>(routes.MapPost(Person + "/duties", Grant), "Gives a role", "The role is there.");
        Describe<DutyRequest, DoneView>(routes.MapPost(Person + "/duties/removal", Revoke), "Takes a role; sessions in it end", "The role is not there.");
        Describe<BlockRequest, DoneView>(routes.MapPost(Person + "/block", Block), "Blocks an account, six months at most; its sessions end", "Blocked.");
        Describe<ReasonRequest, DoneView>(routes.MapPost(Person + "/block/removal", Unblock), "Ends a block", "Not blocked.");
    }

    private static void Describe<TRequest, TView>(RouteHandlerBuilder command, string summary, string success)
        where TRequest : notnull => command
            .WithTags("Staff accounts")
            .WithSummary(summary)
            .Accepts<TRequest>("application/json")
            .DescribesStaffCommand<TView>(success)
            .WithMetadata(Administrators);

    private static async Task<IResult> List(HttpContext context, Persons persons)
    {
        var after = context.Request.Query["after"];
        Guid? last = null;
        if (after.Count > 0)
        {
            last = Guid.TryParse(after.ToString(), out var read) ? read : throw new BadInputException("after", Fault.NotAnIdentifier(Duty.LongestScope));
        }

        var staff = await persons.Staff(Caller.Of(context), last, context.RequestAborted);
        if (!staff.IsGiven)
        {
            return StaffProblems.Result(staff.Refusal);
        }

        var page = staff.Value.Select(ViewOf).ToList();
        return Reply.With(context, new StaffView(page, page.Count == Persons.MostTaken ? page[^1].Person : null), ApiJson.Web.StaffView);
    }

    private static async Task<IResult> Invite(HttpContext context, StaffAccounts accounts)
    {
        var request = await RequestBody.ReadAsync(context, ApiJson.Web.InviteRequest);
        var duties = request.Duties.Select((duty, i) => RoleWords.Read($"duties[{i}].role", duty.Role, duty.Scope)).ToList();
        return Link(context, await accounts.Invite(Caller.Of(context), request.Login, request.Name, duties, request.Reason, CancellationToken.None));
    }

    private static async Task<IResult> InviteAgain(HttpContext context, StaffAccounts accounts, string person)
    {
        var request = await RequestBody.ReadAsync(context, ApiJson.Web.ReasonRequest);
        return Link(context, await accounts.InviteAgain(Caller.Of(context), Read(person), request.Reason, CancellationToken.None));
    }

    private static async Task<IResult> Grant(HttpContext context, StaffAccounts accounts, string person)
    {
        var request = await RequestBody.ReadAsync(context, ApiJson.Web.DutyRequest);
        return StaffReply.Done(context, await accounts.Grant(Caller.Of(context), Read(person), RoleWords.Read("role", request.Role, request.Scope), request.Reason, CancellationToken.None));
    }

    private static async Task<IResult> Revoke(HttpContext context, StaffAccounts accounts, string person)
    {
        var request = await RequestBody.ReadAsync(context, ApiJson.Web.DutyRequest);
        return StaffReply.Done(context, await accounts.Revoke(Caller.Of(context), Read(person), RoleWords.Read("role", request.Role, request.Scope), request.Reason, CancellationToken.None));
    }

    private static async Task<IResult> Block(HttpContext context, StaffAccounts accounts, string person)
    {
        var request = await RequestBody.ReadAsync(context, ApiJson.Web.BlockRequest);
        return StaffReply.Done(context, await accounts.Block(Caller.Of(context), Read(person), request.Until, request.Reason, CancellationToken.None));
    }

    private static async Task<IResult> Unblock(HttpContext context, StaffAccounts accounts, string person)
    {
        var request = await RequestBody.ReadAsync(context, ApiJson.Web.ReasonRequest);
        return StaffReply.Done(context, await accounts.Unblock(Caller.Of(context), Read(person), request.Reason, CancellationToken.None));
    }

    private static IResult Link(HttpContext context, Outcome<EnrolmentLink> link) => link.IsGiven
        ? Reply.With(context, new InvitationView(link.Value.PersonId, link.Value.Token, link.Value.ExpiresAt), ApiJson.Web.InvitationView)
        : StaffProblems.Result(link.Refusal);

    private static Guid Read(string person) =>
        Guid.TryParse(person, out var read) ? read : throw new ProblemException(StaffProblems.Of(new Refusal(Reasons.UnknownPerson)));

    private static StaffMemberView ViewOf(PersonView person) => new(
        person.Id, person.Login ?? "", person.Name ?? "", [.. person.Duties.Select(DutyView.Of)], person.IsEnrolled, person.BlockedUntil, person.BlockReason);
}
