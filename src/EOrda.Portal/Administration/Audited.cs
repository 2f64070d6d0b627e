using EOrda.Accounts.Audit;
using EOrda.Portal.Problems;
using EOrda.Portal.Sessions;

namespace EOrda.Portal.Administration;

/// <summary>The audit trail of administration: a command is in it before it is decided, so that none is decided that is not in it.</summary>
internal static class Audited
{
    /// <summary>Records what the caller is about to do to a locality or a kindergarten of it.</summary>
    /// <exception cref="ProblemException">It cannot be recorded; then it is not done.</exception>
    public static async Task RecordAsync(HttpContext context, AuditEntry entry)
    {
        var recorded = await context.RequestServices.GetRequiredService<AuditTrail>().Record(Caller.Of(context), entry, CancellationToken.None);
        if (!recorded.IsGiven)
        {
            throw new ProblemException(StaffProblems.Of(recorded.Refusal));
        }
    }
}
