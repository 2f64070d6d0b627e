using EOrda.Portal.Problems;

namespace EOrda.Portal.Secrets;

/// <summary>Asks a request for its application's secret.</summary>
internal static class Proof
{
    private const string Scheme = "Bearer ";

    /// <summary>Checks <c>Authorization: Bearer …</c>.</summary>
    /// <exception cref="ProblemException">The secret is missing or wrong.</exception>
    public static void Demand(HttpContext context, ApplicationSecrets secrets, string application)
    {
        var header = context.Request.Headers.Authorization;
        if (header.Count != 1 || header[0] is not { } value || !value.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase)
            || !secrets.Proves(application, value.AsSpan(Scheme.Length).Trim()))
        {
            throw new ProblemException(Problem.Unauthorized);
        }
    }
}
