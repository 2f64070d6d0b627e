using EOrda.Portal.Hosting;

namespace EOrda.Portal.Live;

/// <summary>
/// The sites whose pages may open live connections: the portal's own, and those that the operator names. A browser says in <c>Origin</c> whose page asks; a request
/// without it comes from no browser.
/// </summary>
internal sealed class LiveOrigins
{
    private readonly HashSet<string> known;

    private LiveOrigins(HashSet<string> known) => this.known = known;

    /// <summary>Reads origins (<c>--origins https://queue.example.kz</c>) with <c>;</c> between them.</summary>
    /// <exception cref="InvalidSettingException">One is none.</exception>
    public static LiveOrigins Parse(string? text) =>
        new((text ?? "").Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(Origin).ToHashSet(StringComparer.OrdinalIgnoreCase));

    /// <summary>True unless a foreign site's page asks.</summary>
    public bool MayAsk(HttpRequest request)
    {
        var origin = request.Headers.Origin;
        return origin.Count == 0 || (origin is [{ } only] && (IsOwn(only, request.Host) || known.Contains(only)));
    }

    /// <summary>True when an origin is the portal itself. Whether people's browsers speak TLS is not known here: a proxy may do that for the portal.</summary>
    public static bool IsOwn(string origin, HostString host) =>
        host.HasValue && origin.AsSpan().IndexOf("://") is var end and > 0 && origin.AsSpan(end + 3).Equals(host.Value, StringComparison.OrdinalIgnoreCase);

    private static string Origin(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https" && uri.GetLeftPart(UriPartial.Authority).Equals(text, StringComparison.OrdinalIgnoreCase)
            ? text
            : throw new InvalidSettingException($"--origins: '{text}' is not an origin such as https://queue.example.kz.");
}
