using System.Buffers.Text;
using System.Security.Cryptography;
using EOrda.Accounts.Sessions;
using EOrda.Portal.Live;
using Microsoft.AspNetCore.DataProtection;

namespace EOrda.Portal.Sessions;

/// <summary>
/// Tells commands of the portal's own pages from those that another site has a browser send (docs/decisions/0009-staff-in-the-portal.md). Two looks, each enough by itself:
/// what the browser says of the sender (<c>Sec-Fetch-Site</c>, <c>Origin</c>), and a token that only a page of this portal can have read, bound to the session.
/// </summary>
internal sealed class ForeignRequests(IDataProtectionProvider protection)
{
    /// <summary>The header of the token.</summary>
    public const string Header = "Antiforgery-Token";

    private const string FetchSite = "Sec-Fetch-Site";
    private const int LongestToken = 1_000;
    private readonly IDataProtector protector = protection.CreateProtector("EOrda.Portal.Antiforgery");

    /// <summary>The token of a session, for its pages.</summary>
    public string TokenOf(Session session) => Base64Url.EncodeToString(protector.Protect(session.Id.ToByteArray()));

    /// <summary>True when the browser says that another site's page sends it. A program that is no browser says nothing, and carries no cookie that it was not given.</summary>
    public static bool IsSentByAnother(HttpRequest request)
    {
        var site = request.Headers[FetchSite];
        return (site.Count > 0 && site.ToString() is not ("same-origin" or "none"))
            || (request.Headers.Origin is { Count: > 0 } origin && !LiveOrigins.IsOwn(origin.ToString(), request.Host));
    }

    /// <summary>True when the request carries the token of its session.</summary>
    public bool HasToken(HttpRequest request, Session session)
    {
        var token = request.Headers[Header].ToString();
        if (token.Length is 0 or > LongestToken || !Base64Url.IsValid(token))
        {
            return false;
        }

        try
        {
            return protector.Unprotect(Base64Url.DecodeFromChars(token)).AsSpan().SequenceEqual(session.Id.ToByteArray());
        }
        catch (CryptographicException)
        {
            return false;
        }
    }
}
