using EOrda.Portal.Secrets;

namespace EOrda.Portal.Admission;

/// <summary>What a command passes before its body is read: its proof, and the rates of those that have proved themselves. Nobody else can use these up.</summary>
internal sealed class CommandDoor(ApplicationSecrets secrets, ProofMetrics failures, Rates rates, UnderWay underWay, Refusals refusals)
{
    /// <summary>Lets a command in, or answers it. One that was let in is followed by one <see cref="Leave"/>.</summary>
    /// <param name="context">The request.</param>
    /// <param name="application">The application that it says it comes from.</param>
    public bool TryEnter(HttpContext context, string application)
    {
        var proof = Proof.Of(context, secrets, application);
        if (proof != ProofGiven.Right)
        {
            failures.Failed(proof);
            if (rates.TakeUnproved() is null)
            {
                Refusals.Unauthorized(context);
            }
            else
            {
                refusals.Unproved(context);
            }

            return false;
        }

        if (rates.TakeCommand() is not null)
        {
            refusals.Busy(context);
            return false;
        }

        var key = Callers.KeyOf(application);
        if (rates.TakeOfApplication(key) is { } wait)
        {
            refusals.OfApplication(context, wait);
            return false;
        }

        if (!underWay.OfApplications.TryEnter(key))
        {
            refusals.OfApplication(context);
            return false;
        }

        return true;
    }

    /// <summary>A command that was let in has been answered.</summary>
    public void Leave(string application) => underWay.OfApplications.Leave(Callers.KeyOf(application));
}
