using EOrda.Portal.Applications;
using EOrda.Portal.Problems;

namespace EOrda.Portal.Secrets;

/// <summary>Asks a request for its application's secret.</summary>
internal static class Proof
{
    private const string Scheme = "Bearer ";

    /// <summary>True when the request carries the application's secret in <c>Authorization: Bearer …</c>. Throws for nothing that a request can carry.</summary>
    public static bool IsGiven(HttpContext context, ApplicationSecrets secrets, string application)
    {
        var header = context.Request.Headers.Authorization;
        return header is [{ } value]
            && value.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase)
            && Identifier.IsPlausible(application)
            && secrets.Proves(application, value.AsSpan(Scheme.Length).Trim());
    }

    /// <summary>Checks <c>Authorization: Bearer …</c>.</summary>
    /// <exception cref="ProblemException">The secret is missing or wrong.</exception>
    public static void Demand(HttpContext context, ApplicationSecrets secrets, string application)
    {
        if (!IsGiven(context, secrets, application))
        {
            throw new ProblemException(Problem.Unauthorized);
        }
    }
}
