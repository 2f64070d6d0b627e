using EOrda.Portal.Problems;

namespace EOrda.Portal.Secrets;

/// <summary>What a request shows of an application's secret.</summary>
internal enum ProofGiven
{
    /// <summary>Nothing: there is no <c>Authorization</c>.</summary>
    None,

    /// <summary>Something that is no secret of any application.</summary>
    Malformed,

    /// <summary>A secret, but not this application's.</summary>
    Wrong,

    /// <summary>The application's secret.</summary>
    Right,
}

/// <summary>Asks a request for its application's secret: <c>Authorization: Bearer …</c>.</summary>
internal static class Proof
{
    private const string Scheme = "Bearer ";

    /// <summary>What the request shows. Throws for nothing that a request can carry.</summary>
    public static ProofGiven Of(HttpContext context, ApplicationSecrets secrets, string application)
    {
        var header = context.Request.Headers.Authorization;
        return header.Count == 0 ? ProofGiven.None
            : header.Count > 1 || header[0] is not { } value || !value.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase) ? ProofGiven.Malformed
            : secrets.Check(application, value.AsSpan(Scheme.Length).Trim());
    }

    /// <summary>The answer where the request does not show the application's secret, which is then counted; else null.</summary>
    public static IResult? Refusal(HttpContext context, ApplicationSecrets secrets, string application)
    {
        var proof = Of(context, secrets, application);
        if (proof == ProofGiven.Right)
        {
            return null;
        }

        context.RequestServices.GetRequiredService<ProofMetrics>().Failed(proof);
        return new ProblemResult(Problem.Unauthorized);
    }

    /// <summary>Demands that a proof, in a header or a body, is right; one that is not is counted.</summary>
    /// <exception cref="ProblemException">It is not.</exception>
    public static void Demand(HttpContext context, ProofGiven proof)
    {
        if (proof != ProofGiven.Right)
        {
            context.RequestServices.GetRequiredService<ProofMetrics>().Failed(proof);
            throw new ProblemException(Problem.Unauthorized);
        }
    }
}
