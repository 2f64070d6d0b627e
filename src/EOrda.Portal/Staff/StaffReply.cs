using EOrda.Accounts;
using EOrda.Portal.Json;
using EOrda.Portal.Problems;

namespace EOrda.Portal.Staff;

/// <summary>What a command of staff is answered with.</summary>
internal static class StaffReply
{
    /// <summary>Done, or the refusal.</summary>
    public static IResult Done(HttpContext context, Outcome<Done> outcome) =>
        outcome.IsGiven ? Reply.With(context, DoneView.Instance, ApiJson.Web.DoneView) : StaffProblems.Result(outcome.Refusal);
}
