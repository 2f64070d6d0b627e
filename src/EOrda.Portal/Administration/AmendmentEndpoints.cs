using EOrda.Accounts.Audit;
using EOrda.Actors;
using EOrda.Portal.Idempotency;
using EOrda.Portal.Json;
using EOrda.Portal.OpenApi;
using EOrda.Portal.Problems;
using EOrda.Portal.Sessions;
using EOrda.Portal.Staff;
using EOrda.Queues.Rules;

namespace EOrda.Portal.Administration;

/// <summary>Amending a locality's rules and calendar: looked at as a difference, in force from an instant at least ten minutes ahead (P6; rules, section 10).</summary>
internal static class AmendmentEndpoints
{
    private const string Address = LocalityAdministrationEndpoints.OneAddress + "/amendments";
    private const int LeastMinutesAhead = 10;
    private const int MostDaysAhead = 366;

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost(Address + "/difference", Compare)
            .WithTags("Administration")
            .WithSummary("What changed rules would change; changes nothing")
            .Accepts<DifferenceRequest>("application/json")
            .DescribesStaffCommand<DifferenceView>("Each rule that would be another, after the amendments to come.")
            .WithMetadata(Permissions.OfLocality);
        routes.MapPost(Address, Amend)
            .WithTags("Administration")
            .WithSummary("Amends a locality's rules from an instant on")
            .Accepts<AmendRequest>("application/json")
            .DescribesStaffCommand<DifferenceView>("It will be in force within a minute after the instant.")
            .IsKeyed()
            .WithMetadata(Permissions.OfLocality);
        routes.MapPost(Address + "/{amendment}/withdrawal", Withdraw)
            .WithTags("Administration")
            .WithSummary("Withdraws an amendment whose instant has not come")
            .Accepts<ReasonRequest>("application/json")
            .DescribesStaffCommand<DoneView>("Withdrawn.")
            .WithMetadata(Permissions.OfLocality);
    }

    private static async Task<IResult> Compare(HttpContext context, IQueues queues, Amendments amendments, string locality)
    {
        var request = await RequestBody.ReadAsync(context, ApiJson.Web.DifferenceRequest);
        return await DifferenceAsync(context, queues, amendments, locality, request.Changes, DateTimeOffset.MaxValue, except: default) is { } changes
            ? Reply.With(context, new DifferenceView(changes), ApiJson.Web.DifferenceView)
            : ProblemResult.Of(Reason.UnknownLocality);
    }

    private static async Task<IResult> Amend(HttpContext context, IQueues queues, Amendments amendments, TimeProvider time, string locality)
    {
        var request = await RequestBody.ReadAsync(context, ApiJson.Web.AmendRequest);
        var reason = PlainText.ReadReason(request.Reason);
        var id = Amendments.IdOf(IdempotencyKey.Of(context, $"amendment {locality}"));

        // Whole milliseconds, as the rules know and the database keeps them.
        var from = DateTimeOffset.FromUnixTimeMilliseconds(request.From.ToUnixTimeMilliseconds());
        var isKept = await amendments.IsKeptAsync(id, locality, request.Changes, from, context.RequestAborted);
        var now = time.GetUtcNow();
        if (!isKept && (from < now.AddMinutes(LeastMinutesAhead) || from > now.AddDays(MostDaysAhead)))
        {
            throw new BadInputException("from", Fault.TooSoon(LeastMinutesAhead, MostDaysAhead));
        }

        if (await DifferenceAsync(context, queues, amendments, locality, request.Changes, from, id) is not { } changes)
        {
            return ProblemResult.Of(Reason.UnknownLocality);
        }

        if (isKept)
        {
            return Reply.With(context, new DifferenceView(changes), ApiJson.Web.DifferenceView);
        }

        if (changes.Count == 0)
        {
            throw new BadInputException("changes", Fault.NoChange);
        }

        var details = $"amendment={id:N} from={from.UtcDateTime:yyyy-MM-ddTHH:mm:ssZ} {string.Join(' ', changes.Select(change => change.Rule))}";
        await Audited.RecordAsync(context, new AuditEntry("rules-amended", "locality", locality) { Locality = locality, Details = details, Reason = reason });
        await amendments.AddAsync(id, locality, request.Changes, from, Caller.Of(context).Session.PersonId, CancellationToken.None);
        return Reply.With(context, new DifferenceView(changes), ApiJson.Web.DifferenceView);
    }

    private static async Task<IResult> Withdraw(HttpContext context, Amendments amendments, string locality, string amendment)
    {
        var request = await RequestBody.ReadAsync(context, ApiJson.Web.ReasonRequest);
        var reason = PlainText.ReadReason(request.Reason);
        if (!Guid.TryParse(amendment, out var id))
        {
            return new ProblemResult(StaffProblems.UnknownAmendment);
        }

        await Audited.RecordAsync(context, new AuditEntry("amendment-withdrawn", "locality", locality) { Locality = locality, Details = $"amendment={id:N}", Reason = reason });
        return await amendments.WithdrawAsync(id, locality, CancellationToken.None)
            ? Reply.With(context, DoneView.Instance, ApiJson.Web.DoneView)
            : new ProblemResult(StaffProblems.UnknownAmendment);
    }

    private static async Task<IReadOnlyList<RuleChange>?> DifferenceAsync(HttpContext context, IQueues queues, Amendments amendments, string locality, RulesDraft changes, DateTimeOffset at, Guid except)
    {
        var directory = await queues.Directory(context.RequestAborted);
        if (!directory.Localities.TryGetValue(locality, out var rules))
        {
            return null;
        }

        var before = await amendments.RulesAtAsync(rules[^1].Rules, locality, at, except, context.RequestAborted);
        return changes.TryAmend(before, out var after, out var fault) ? RulesView.Difference(before, after) : throw RulesFault.Of("changes", fault);
    }
}
