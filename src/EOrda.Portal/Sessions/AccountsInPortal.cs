using EOrda.Accounts;
using EOrda.Accounts.Codes;
using EOrda.Accounts.Database;
using EOrda.Portal.Hosting;

namespace EOrda.Portal.Sessions;

/// <summary>Joins the accounts to the portal (docs/people.md).</summary>
internal static class AccountsInPortal
{
    /// <summary>Where the accounts of a portal are.</summary>
    public static AccountsPlace PlaceOf(PortalSettings settings) => new(settings.Data, settings.Database);

    /// <summary>Brings the database of the accounts up to date and adds them, with sessions in cookies and the gate that looks at them.</summary>
    /// <param name="services">The services. A <see cref="TimeProvider"/> has to be among them when the portal starts.</param>
    /// <param name="settings">The settings.</param>
    /// <param name="isPlain">True where the portal was told to do without TLS.</param>
    /// <exception cref="AccountsStartException">The database or its key cannot be used.</exception>
    public static void Add(IServiceCollection services, PortalSettings settings, bool isPlain)
    {
        var start = AccountsStart.Prepare(PlaceOf(settings)).GetAwaiter().GetResult();
        services.AddSingleton<ICodeSender>(new CodeOutbox(settings.Data));
        services.AddAccounts(start, new AccountOptions());
        services.AddSingleton(new SessionCookies(isPlain));
        services.AddSingleton<ForeignRequests>();
    }
}
