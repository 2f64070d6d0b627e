namespace EOrda.Portal.Sessions;

/// <summary>
/// The cookies of the session and of the bound device. By default <c>__Host-</c> and <c>Secure</c>, whatever the request came by: a proxy may speak TLS for the portal.
/// Where the portal was told to do without TLS (Development, <c>--insecure</c>) browsers would refuse such cookies, so they have neither prefix nor <c>Secure</c> there.
/// </summary>
internal sealed class SessionCookies(bool isPlain)
{
    private readonly string session = Name("eorda-session", isPlain);
    private readonly string device = Name("eorda-device", isPlain);

    /// <summary>The token of the session; null where there is none.</summary>
    public string? SessionOf(HttpRequest request) => request.Cookies[session];

    /// <summary>The token of the bound device; null where there is none.</summary>
    public string? DeviceOf(HttpRequest request) => request.Cookies[device];

    /// <summary>Gives the browser a session. It lasts until the browser is closed or the session ends.</summary>
    public void Begin(HttpResponse response, string token) => response.Cookies.Append(session, token, Options());

    /// <summary>Takes the session from the browser.</summary>
    public void End(HttpResponse response) => response.Cookies.Delete(session, Options());

    private static string Name(string name, bool isPlain) => isPlain ? name : $"__Host-{name}";

    private CookieOptions Options() => new() { HttpOnly = true, Secure = !isPlain, SameSite = SameSiteMode.Lax, Path = "/", IsEssential = true };
}
