using EOrda.Accounts.Audit;
using EOrda.Actors;
using EOrda.Portal.Idempotency;
using EOrda.Portal.Json;
using EOrda.Portal.OpenApi;
using EOrda.Portal.Problems;
using EOrda.Portal.Staff;
using EOrda.Queues;
using EOrda.Queues.Rules;

namespace EOrda.Portal.Administration;

/// <summary>Registering a locality's kindergartens (P7). The queues decide first and the name is kept then; the same again mends what a crash left between.</summary>
internal static class KindergartenAdministrationEndpoints
{
    /// <summary>The address of a locality's kindergartens.</summary>
    public const string Address = LocalityAdministrationEndpoints.OneAddress + "/kindergartens";

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapPost(Address, Register)
            .WithTags("Administration")
            .WithSummary("Registers a kindergarten, or changes what one is called")
            .Accepts<RegisterRequest>("application/json")
            .DescribesStaffCommand<DoneView>("It is registered and called so.")
            .IsKeyed()
            .WithMetadata(Permissions.OfLocality);

    private static async Task<IResult> Register(HttpContext context, IQueues queues, StoredNames names, string locality)
    {
        var request = await RequestBody.ReadAsync(context, ApiJson.Web.RegisterRequest);
        var draft = KindergartenDraft.Read(request);
        var reason = PlainText.ReadReason(request.Reason);
        var key = IdempotencyKey.Of(context, draft.Named.Kindergarten);
        var directory = await queues.Directory(context.RequestAborted);
        if (!directory.Localities.ContainsKey(locality))
        {
            return ProblemResult.Of(Reason.UnknownLocality);
        }

        var entry = new AuditEntry("kindergarten-registered", "kindergarten", draft.Named.Kindergarten) { Locality = locality, Reason = reason };
        await Audited.RecordAsync(context, entry);
        var answer = await queues.Ask(new RegisterKindergarten(draft.Named.Kindergarten, locality, draft.Kind), key, queue: null, CancellationToken.None);
        if (answer is Refusal refusal)
        {
            if (refusal.Reason != Reason.DuplicateKindergarten)
            {
                return ProblemResult.Of(refusal.Reason);
            }

            directory = await queues.Directory(context.RequestAborted);
            if (!KindergartenImport.IsSame(directory, draft, locality))
            {
                return new ProblemResult(StaffProblems.KindergartenElsewhere);
            }
        }

        await names.SetAsync(locality, [draft.Named], CancellationToken.None);
        return Reply.With(context, DoneView.Instance, ApiJson.Web.DoneView);
    }
}
