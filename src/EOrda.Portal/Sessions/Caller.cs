using System.Net;
using EOrda.Accounts;

namespace EOrda.Portal.Sessions;

/// <summary>Who asks: what <see cref="AccessGate"/> found out.</summary>
internal static class Caller
{
    private static readonly object Key = new();

    /// <summary>Where the request comes from.</summary>
    public static Origin OriginOf(HttpContext context) => new(context.Connection.RemoteIpAddress ?? IPAddress.None);

    /// <summary>The session of the request, and where that comes from. Only asked for behind an <see cref="Access"/> that needs a session.</summary>
    public static Acting Of(HttpContext context) => (Acting)context.Items[Key]!;

    /// <summary>Notes who asks.</summary>
    public static void Set(HttpContext context, Acting acting) => context.Items[Key] = acting;
}
